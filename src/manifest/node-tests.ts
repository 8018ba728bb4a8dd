/**
 * The generic tests that properties write under models, seeds and snapshots.
 */
import type { Json } from '../base/index.js';
import { type Draft, isEnabled } from './draft.js';
import { genericTest, type TestTarget, type WrittenTest } from './generic-tests.js';
import type { NodeProperties } from './node-properties.js';
import type { ParseScope } from './parse-scope.js';

const TESTED = new Set(['models', 'seeds', 'snapshots']);

/** Drafts of all tests below nodes, in the order of the properties. */
export function nodeTests(
  scope: ParseScope,
  properties: Iterable<NodeProperties>,
  drafts: readonly Draft[],
): readonly Draft[] {
  const byName = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = keyOf(draft.packageName, draft.name, draft.version);
    if (isEnabled(draft) || !byName.has(key)) byName.set(key, draft);
  }
  return [...properties]
    .filter((one) => TESTED.has(one.entry.key))
    .flatMap((one) => {
      const packageName = one.entry.source.owner.name;
      const attached = byName.get(keyOf(packageName, one.entry.name, one.version));
      const target = targetOf(one, attached);
      return testsOf(one).flatMap((written) => {
        const draft = genericTest(scope, target, written);
        if (draft === undefined) return [];
        draft.attachedNode = attached?.id ?? null;
        return [draft];
      });
    });
}

function keyOf(packageName: string, name: string, version: string | number | null): string {
  return `${packageName} ${name} ${version ?? ''}`;
}

function targetOf(properties: NodeProperties, attached: Draft | undefined): TestTarget {
  const { entry, version } = properties;
  const { name } = entry;
  return {
    entry,
    kind: 'node',
    nameInTest: version === null ? name : `${name}_v${version}`,
    reference: version === null ? `ref('${name}')` : `ref('${name}', version='${version}')`,
    refs: [{ name, packageName: null, version }],
    sources: [],
    group: attached?.group ?? null,
  };
}

/** Column by column, then the tests of the whole. */
function testsOf(properties: NodeProperties): readonly WrittenTest[] {
  const ofColumns = properties.columns.flatMap((column) => {
    const { name, quote, tags } = column.properties;
    const isQuoted = quote === true || (quote === null && properties.quotesColumns);
    return column.tests.map((test: Json, at): WrittenTest => ({
      test,
      path: [...column.testsPath, at],
      columnName: isQuoted ? `"${name}"` : name,
      tags,
    }));
  });
  const ofWhole = properties.tests.map((test, at): WrittenTest => ({
    test,
    path: [...properties.testsPath, at],
    columnName: null,
    tags: [],
  }));
  return [...ofColumns, ...ofWhole];
}
