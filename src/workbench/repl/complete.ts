/**
 * What may come next in a line: by what stands before the cursor.
 */
import type { NodeId } from '../../base/index.js';
import { type Manifest, resolveRef, resolveSource } from '../../manifest/index.js';
import { listCtes, SNOWFLAKE_FUNCTIONS } from '../../sql/index.js';
import { METADATA_TABLES } from '../metadata/metadata-rows.js';
import { aliasesIn, namesRead, selectedNames } from './select-list.js';

export interface CompletionFacts {
  readonly manifest: Manifest;
  /** After `:`; none where no verbs are typed. */
  readonly verbs: readonly string[];
  /** Macros as a template calls them: `name` or `package.name`. */
  readonly macros: readonly string[];
  /** Names of the notebook's queries and parameters, for `cell('` and `param('`. */
  readonly cells: readonly string[];
  readonly parameters: readonly string[];
  /** Columns of a node, as described and as built. */
  readonly columnsOf: (id: NodeId) => Promise<readonly string[]>;
}

export interface Completion {
  /** What the word may become, sorted. */
  readonly matches: readonly string[];
  /** The word before the cursor that they stand for. */
  readonly word: string;
}

const KEYWORDS =
  'all and any as asc between by case cast coalesce count cross date_trunc dateadd datediff desc describe distinct else end exists false from full group having ilike in inner is join lateral left like limit max min not null nulls on or order outer over partition qualify right select sum then true try_cast union using values when where with'.split(
    ' ',
  );
const SCOPE = ['config', 'env_var', 'graph', 'ref', 'source', 'target', 'this', 'var'];

const IN_NOTEBOOK = ['cell', 'param'];

const VERB = /^\s*:\s*(?<word>\w*)$/u;
const NODE_ARGUMENT = /^\s*:\s*\w+\s(?:.*\s)?[+@]?(?<word>[\w.]*)$/u;
const CELL = /\b(?<kind>cell|param)\(\s*['"](?<word>\w*)$/u;
const REF = /\bref\(\s*(?:'[^']*'\s*,\s*|"[^"]*"\s*,\s*)?['"](?<word>\w*)$/u;
const SOURCE = /\bsource\(\s*['"](?<word>\w*)$/u;
const SOURCE_TABLE = /\bsource\(\s*['"](?<source>\w+)['"]\s*,\s*['"](?<word>\w*)$/u;
const MEMBER = /(?<owner>[A-Za-z_]\w*)\.(?<word>\w*)$/u;
const AFTER_FROM = /\b(?:from|join)\s+(?<word>\w*)$/iu;
const WORD = /(?<word>[A-Za-z_][\w.]*)?$/u;
/** A relation of a statement, with the name that it is given there. */
const RELATION =
  /(?:\bfrom|\bjoin|,)\s*\{\{\s*(?<kind>ref|source)\(\s*['"](?<first>\w+)['"](?:\s*,\s*['"](?<second>\w+)['"])?\s*\)\s*\}\}(?:\s+(?:as\s+)?(?<alias>[A-Za-z_]\w*))?/giu;
// Shorter words mean columns and keywords more often than one of hundreds of functions.
const MIN_FUNCTION = 3;
const NO_ALIAS =
  /^(?:where|join|left|right|inner|full|cross|on|using|group|order|limit|having|qualify|union)$/iu;

/**
 * @param before the statement up to the cursor, lines before the current one included.
 * @param whole the statement as far as it is known, for relations that are named after the cursor.
 */
export async function complete(
  before: string,
  whole: string,
  facts: CompletionFacts,
): Promise<Completion> {
  const { manifest } = facts;
  const verb = VERB.exec(before)?.groups?.['word'];
  if (verb !== undefined) return matching(verb, facts.verbs);
  const argument = NODE_ARGUMENT.exec(before)?.groups?.['word'];
  if (argument !== undefined) return matching(argument, nodeNames(manifest));
  const cell = CELL.exec(before)?.groups;
  if (cell !== undefined) {
    return matching(cell['word'] ?? '', cell['kind'] === 'cell' ? facts.cells : facts.parameters);
  }
  const ref = REF.exec(before)?.groups?.['word'];
  if (ref !== undefined) return matching(ref, nodeNames(manifest));
  const table = SOURCE_TABLE.exec(before)?.groups;
  if (table !== undefined) {
    const tables = sourcesOf(manifest).filter((one) => one.sourceName === table['source']);
    return matching(
      table['word'] ?? '',
      tables.map(({ name }) => name),
    );
  }
  const source = SOURCE.exec(before)?.groups?.['word'];
  if (source !== undefined)
    return matching(
      source,
      sourcesOf(manifest).map(({ sourceName }) => sourceName),
    );
  if (isInTemplate(before)) {
    return matching(WORD.exec(before)?.groups?.['word'] ?? '', [
      ...SCOPE,
      ...IN_NOTEBOOK.filter(() => facts.cells.length > 0),
      ...facts.macros,
    ]);
  }
  return await inSql(before, whole, facts);
}

async function inSql(before: string, whole: string, facts: CompletionFacts): Promise<Completion> {
  const { manifest } = facts;
  const member = MEMBER.exec(before)?.groups;
  if (member !== undefined) {
    const word = member['word'] ?? '';
    const owner = (member['owner'] ?? '').toLowerCase();
    if (owner === 'dbt')
      return matching(
        word,
        METADATA_TABLES.map(({ name }) => name),
      );
    return matching(word, await columnsCalled(owner, whole, facts));
  }
  const relation = AFTER_FROM.exec(before)?.groups?.['word'];
  if (relation !== undefined) {
    const names = nodeNames(manifest).filter((name) => name.startsWith(relation.toLowerCase()));
    const tables = METADATA_TABLES.map(({ name }) => `dbt.${name}`);
    const ctes = listCtes(withoutMarker(whole)).map(({ name }) => name.toLowerCase());
    return {
      word: relation,
      matches: [
        ...ctes.filter((name) => name.startsWith(relation.toLowerCase())),
        ...tables.filter((name) => name.startsWith(relation.toLowerCase())),
        ...names.map((name) => `{{ ref('${name}') }}`),
      ],
    };
  }
  const word = WORD.exec(before)?.groups?.['word'] ?? '';
  const ids = new Set(relationsIn(whole, manifest).values());
  const columns = await Promise.all([...ids].map(async (id) => await facts.columnsOf(id)));
  const isUpper = word !== '' && word === word.toUpperCase();
  const keywords = isUpper ? KEYWORDS.map((one) => one.toUpperCase()) : KEYWORDS;
  const functions = word.length < MIN_FUNCTION ? [] : SNOWFLAKE_FUNCTIONS;
  const names = isUpper ? functions : functions.map((name) => name.toLowerCase());
  return matching(word, [...columns.flat(), ...keywords, ...names]);
}

/** Columns of what a statement calls so: a node, or a CTE by its name or alias. */
async function columnsCalled(
  owner: string,
  whole: string,
  facts: CompletionFacts,
): Promise<readonly string[]> {
  const id = relationsIn(whole, facts.manifest).get(owner);
  if (id !== undefined) return await facts.columnsOf(id);
  const ctes = listCtes(withoutMarker(whole));
  const name = aliasesIn(whole).get(owner) ?? owner;
  const cte = ctes.find((one) => one.name.toLowerCase() === name);
  if (cte === undefined) return [];
  const found: string[] = [];
  for (const column of selectedNames(cte.bodySql)) {
    if (column !== '*') {
      found.push(column);
      continue;
    }
    const nodes = [...relationsIn(cte.bodySql, facts.manifest).values()];
    for (const node of nodes) found.push(...(await facts.columnsOf(node)));
    // A CTE reads those above it; what stands below, itself too, would never end.
    const above = ctes.slice(0, ctes.indexOf(cte));
    const read = namesRead(cte.bodySql).filter((one) =>
      above.some((other) => other.name.toLowerCase() === one),
    );
    const before = whole.slice(0, cte.startOffset).replace(/,\s*$/u, '');
    for (const one of read) found.push(...(await columnsCalled(one, before, facts)));
  }
  return [...new Set(found)];
}

/** A cell's marker is no SQL. */
function withoutMarker(text: string): string {
  return text.replace(/^--[ \t]*%%.*\n/u, '');
}

function matching(word: string, names: readonly string[]): Completion {
  const start = word.toLowerCase();
  const found = names.filter((name) => name.toLowerCase().startsWith(start));
  return { word, matches: [...new Set(found)].toSorted() };
}

/** Nodes by the names that their statement calls them: alias, else the node's own. */
function relationsIn(text: string, manifest: Manifest): ReadonlyMap<string, NodeId> {
  const found = new Map<string, NodeId>();
  for (const { groups } of text.matchAll(RELATION)) {
    const { kind, first = '', second, alias } = groups ?? {};
    const id =
      kind?.toLowerCase() === 'source'
        ? resolveSource(manifest, first, second ?? '', manifest.projectName)
        : resolveRef(
            manifest,
            {
              name: second ?? first,
              packageName: second === undefined ? null : first,
              version: null,
            },
            manifest.projectName,
          );
    const name = alias === undefined || NO_ALIAS.test(alias) ? (second ?? first) : alias;
    if (id !== undefined) found.set(name.toLowerCase(), id);
  }
  return found;
}

function isInTemplate(text: string): boolean {
  const opened = Math.max(text.lastIndexOf('{{'), text.lastIndexOf('{%'));
  return opened > Math.max(text.lastIndexOf('}}'), text.lastIndexOf('%}'));
}

function nodeNames(manifest: Manifest): readonly string[] {
  return [...manifest.nodes.values()]
    .filter(({ resourceType }) => ['model', 'seed', 'snapshot'].includes(resourceType))
    .map(({ name }) => name)
    .toSorted();
}

function sourcesOf(
  manifest: Manifest,
): readonly { readonly sourceName: string; readonly name: string }[] {
  return [...manifest.nodes.values()].filter((node) => node.resourceType === 'source');
}
