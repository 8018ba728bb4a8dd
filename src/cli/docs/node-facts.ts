/**
 * The short facts of a node, kind by kind.
 */
import { assertNever, isJsonObject, type JsonObject } from '../../base/index.js';
import type {
  ExposureNode,
  FreshnessThreshold,
  ManifestNode,
  SourceNode,
} from '../../manifest/index.js';
import { constraintText, inlineText, scalarText, textAt } from './data-text.js';
import { plainSummary } from './markdown.js';
import { isSafeUrl } from './markdown-inline.js';
import { hrefOf, type Scribe } from './scribe.js';
import type { Fact } from './view.js';

/** Config that the page shows in a place of its own, or that says nothing to a reader. */
const SHOWN_ELSEWHERE = new Set([
  'access',
  'contract',
  'description',
  'docs',
  'enabled',
  'group',
  'meta',
  'tags',
]);

/** Facts with a value, in reading order. */
export function nodeFacts(scribe: Scribe, node: ManifestNode): readonly Fact[] {
  const relation = 'relationName' in node ? node.relationName : null;
  const facts = [
    fact('Relation', relation, 'code'),
    ...kindFacts(scribe, node),
    ...groupFacts(scribe, node),
    chips('Tags', node.tags),
    fact('File', node.originalFilePath, 'code'),
    fact('Described in', descriptionFile(node), 'code'),
  ];
  return facts.filter((one) => one !== null);
}

function kindFacts(scribe: Scribe, node: ManifestNode): readonly (Fact | null)[] {
  switch (node.resourceType) {
    case 'model':
      return [
        fact('Unique key', configText(node.config, 'unique_key'), 'code'),
        fact('Deprecated from', node.deprecationDate),
        fact('Constraints', node.constraints.map(constraintText).join('; ')),
      ];
    case 'snapshot':
      return [
        fact('Strategy', configText(node.config, 'strategy')),
        fact('Unique key', configText(node.config, 'unique_key'), 'code'),
        fact('Updated at', configText(node.config, 'updated_at'), 'code'),
        fact('Checked columns', configText(node.config, 'check_cols'), 'code'),
      ];
    case 'source':
      return sourceFacts(node);
    case 'exposure':
      return exposureFacts(node);
    case 'test':
      return [
        linkFact('Tests', node.attachedNode === null ? [] : [node.attachedNode], scribe),
        fact('Column', node.columnName, 'code'),
      ];
    case 'unit_test':
      return [linkFact('Tests', [node.testedNode], scribe)];
    case 'operation':
      return [fact('Runs at', node.event, 'code')];
    case 'seed':
      return [
        fact('Rows', scribe.input.seedRows.get(node.id)?.rowCount.toLocaleString('en') ?? null),
      ];
    case 'analysis':
    case 'function':
    case 'metric':
    case 'saved_query':
    case 'semantic_model':
      return [];
    default:
      return assertNever(node);
  }
}

function sourceFacts(node: SourceNode): readonly (Fact | null)[] {
  const { freshness } = node;
  return [
    fact('Source', node.sourceName, 'code'),
    fact('Loader', node.loader),
    // Where a table has no description of its own, its page shows this one at the top.
    node.description === ''
      ? null
      : fact('About the source', plainSummary(node.sourceDescription, 240)),
    fact('Loaded at', node.loadedAtField ?? node.loadedAtQuery, 'code'),
    fact('Warns after', thresholdText(freshness?.warnAfter ?? null)),
    fact('Fails after', thresholdText(freshness?.errorAfter ?? null)),
    fact('Freshness filter', freshness?.filter ?? null, 'code'),
  ];
}

function exposureFacts(node: ExposureNode): readonly (Fact | null)[] {
  return [
    fact('Label', node.label),
    fact('Maturity', node.maturity),
    ownerFact(node.owner),
    node.url === null
      ? null
      : {
          label: 'Address',
          values: [{ text: node.url, href: isSafeUrl(node.url) ? node.url : null, look: 'text' }],
        },
  ];
}

function groupFacts(scribe: Scribe, node: ManifestNode): readonly (Fact | null)[] {
  const name = 'group' in node ? node.group : null;
  if (name === null) return [];
  const group = [...scribe.input.manifest.groups.values()].find((one) => one.name === name);
  return [fact('Group', name), group === undefined ? null : ownerFact(group.owner)];
}

/** An owner's name and mail, then whatever else is said of it. */
function ownerFact(owner: JsonObject): Fact | null {
  const name = textAt(owner, 'name');
  const email = textAt(owner, 'email');
  const others = Object.entries(owner).filter(([key]) => key !== 'name' && key !== 'email');
  const values = [
    ...(name === null ? [] : [{ text: name, href: null, look: 'text' as const }]),
    ...(email === null ? [] : [{ text: email, href: mailto(email), look: 'text' as const }]),
    ...others.map(([key, value]) => ({
      text: `${key}: ${scalarText(value)}`,
      href: null,
      look: 'text' as const,
    })),
  ];
  return values.length === 0 ? null : { label: 'Owner', values };
}

function mailto(email: string): string | null {
  return /^[^\s@?&#]+@[^\s@?&#]+$/u.test(email) ? `mailto:${email}` : null;
}

/** The short text of an owner, for tables. */
export function ownerText(owner: JsonObject): string {
  return textAt(owner, 'name') ?? textAt(owner, 'email') ?? '';
}

/** Config as it was set anywhere, merged, without what stands elsewhere on the page. */
export function configRows(
  node: ManifestNode,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.keys(node.unrenderedConfig)
    .filter((name) => !SHOWN_ELSEWHERE.has(name))
    .sort()
    .flatMap((name) => {
      const value = node.config[name] ?? null;
      if (value === null || (Array.isArray(value) && value.length === 0)) return [];
      const text =
        isJsonObject(value) || Array.isArray(value) ? hookText(value) : scalarText(value);
      return text === '' ? [] : [{ name, value: text }];
    });
}

/** Lists of hooks read as their SQL, everything else on one line. */
function hookText(value: JsonObject | readonly JsonObject[string][]): string {
  if (!Array.isArray(value)) return inlineText(value);
  return value
    .map((item: JsonObject[string]) =>
      isJsonObject(item) && typeof item['sql'] === 'string' ? item['sql'] : scalarText(item),
    )
    .join(', ');
}

function configText(config: JsonObject, key: string): string | null {
  const value = config[key] ?? null;
  return value === null ? null : inlineText(value);
}

function thresholdText(threshold: FreshnessThreshold | null): string | null {
  if (threshold === null) return null;
  return `${threshold.count} ${threshold.period}${threshold.count === 1 ? '' : 's'}`;
}

/** `package://models/x.yml` without its package. */
function descriptionFile(node: ManifestNode): string | null {
  const patch = 'patchPath' in node ? node.patchPath : null;
  const file = patch?.replace(/^[^:]*:\/\//u, '') ?? null;
  return file === node.originalFilePath ? null : file;
}

function fact(label: string, text: string | null, look: 'text' | 'code' = 'text'): Fact | null {
  if (text === null || text === '') return null;
  return { label, values: [{ text, href: null, look }] };
}

function chips(label: string, texts: readonly string[]): Fact | null {
  if (texts.length === 0) return null;
  return { label, values: texts.map((text) => ({ text, href: null, look: 'chip' })) };
}

function linkFact(label: string, ids: readonly string[], scribe: Scribe): Fact | null {
  if (ids.length === 0) return null;
  return {
    label,
    values: ids.map((id) => ({ text: scribe.linkTo(id).label, href: hrefOf(id), look: 'text' })),
  };
}
