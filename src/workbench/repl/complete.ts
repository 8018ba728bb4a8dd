/**
 * What may come next in a line: by what stands before the cursor.
 */
import type { NodeId } from '../../base/index.js';
import { type Manifest, resolveRef, resolveSource } from '../../manifest/index.js';
import { METADATA_TABLES } from '../metadata/metadata-rows.js';
import { VERBS } from './verbs.js';

export interface CompletionFacts {
  readonly manifest: Manifest;
  /** Macros as a template calls them: `name` or `package.name`. */
  readonly macros: readonly string[];
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

const VERB = /^\s*:\s*(?<word>\w*)$/u;
const NODE_ARGUMENT = /^\s*:\s*\w+\s(?:.*\s)?[+@]?(?<word>[\w.]*)$/u;
const REF = /\bref\(\s*(?:'[^']*'\s*,\s*|"[^"]*"\s*,\s*)?['"](?<word>\w*)$/u;
const SOURCE = /\bsource\(\s*['"](?<word>\w*)$/u;
const SOURCE_TABLE = /\bsource\(\s*['"](?<source>\w+)['"]\s*,\s*['"](?<word>\w*)$/u;
const MEMBER = /(?<owner>[A-Za-z_]\w*)\.(?<word>\w*)$/u;
const AFTER_FROM = /\b(?:from|join)\s+(?<word>\w*)$/iu;
const WORD = /(?<word>[A-Za-z_][\w.]*)?$/u;
/** A relation of a statement, with the name that it is given there. */
const RELATION =
  /(?:\bfrom|\bjoin|,)\s*\{\{\s*(?<kind>ref|source)\(\s*['"](?<first>\w+)['"](?:\s*,\s*['"](?<second>\w+)['"])?\s*\)\s*\}\}(?:\s+(?:as\s+)?(?<alias>[A-Za-z_]\w*))?/giu;
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
  if (verb !== undefined)
    return matching(
      verb,
      VERBS.map(({ name }) => name),
    );
  const argument = NODE_ARGUMENT.exec(before)?.groups?.['word'];
  if (argument !== undefined) return matching(argument, nodeNames(manifest));
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
    return matching(WORD.exec(before)?.groups?.['word'] ?? '', [...SCOPE, ...facts.macros]);
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
    const id = relationsIn(whole, manifest).get(owner);
    return matching(word, id === undefined ? [] : await facts.columnsOf(id));
  }
  const relation = AFTER_FROM.exec(before)?.groups?.['word'];
  if (relation !== undefined) {
    const names = nodeNames(manifest).filter((name) => name.startsWith(relation.toLowerCase()));
    const tables = METADATA_TABLES.map(({ name }) => `dbt.${name}`);
    return {
      word: relation,
      matches: [
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
  return matching(word, [...columns.flat(), ...keywords]);
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
