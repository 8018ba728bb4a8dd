/**
 * The tables of the node screen: columns as described and as built, tests with how they ended.
 */
import type { ManifestNode } from '../../manifest/index.js';
import { lookOfState, typeText, type Workbench } from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import { testsByColumn, type TestOfNode } from './node-facts.js';
import { errorRows } from './loaded-rows.js';
import { BLANK, piece, type Row, row, wrapped } from './rows.js';
import { agoText, plural } from './words.js';

interface ColumnFacts {
  readonly name: string;
  readonly described: string | null;
  readonly built: string | null;
  readonly description: string;
}

export function columnRows(
  workbench: Workbench,
  node: ManifestNode,
  width: number,
): readonly Row[] {
  const { columns: built } = workbench.store.get().node;
  const tests = testsByColumn(workbench.session.manifest, node.id);
  const all = mergedColumns(node, built.kind === 'ready' ? built.value : []);
  const note = buildNote(workbench, node, width);
  if (all.length === 0) return note.length > 0 ? note : [row('No columns are known.', 'muted')];
  const nameWidth = Math.min(
    Math.max(6, ...all.map(({ name }) => name.length)),
    Math.floor(width * 0.4),
  );
  const typeWidth = Math.min(22, Math.max(4, ...all.map((one) => typeOf(one).length)));
  return [
    ...note,
    [
      piece(padTo('column', nameWidth + 2), 'heading'),
      piece(padTo('type', typeWidth + 2), 'heading'),
      piece('tests', 'heading'),
    ],
    ...all.flatMap((column): readonly Row[] => {
      const own = tests.get(column.name.toLowerCase()) ?? [];
      const isMissing = built.kind === 'ready' && built.value.length > 0 && column.built === null;
      return [
        [
          piece(padTo(column.name, nameWidth + 2), isMissing ? 'warn' : 'text'),
          piece(padTo(typeOf(column), typeWidth + 2), 'muted'),
          ...own.flatMap((test) => testPieces(workbench, test)),
          piece(isMissing ? 'described, but not in the relation' : '', 'warn'),
        ],
        ...(column.description === ''
          ? []
          : wrapped(column.description, width, 'muted', '    ').slice(0, 3)),
      ];
    }),
  ];
}

export function testRows(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const tests = testsByColumn(workbench.session.manifest, node.id);
  if (tests.size === 0) {
    return [row('No tests. Add data_tests: to its columns in yaml, then ctrl-r.', 'muted')];
  }
  const names = [...tests.keys()].sort((left, right) => left.localeCompare(right, 'en'));
  return names.flatMap((column): readonly Row[] => [
    [piece(column === '' ? 'the whole node' : column, 'heading')],
    ...(tests.get(column) ?? []).flatMap((test) => testResult(workbench, test, width)),
    BLANK,
  ]);
}

function testResult(workbench: Workbench, test: TestOfNode, width: number): readonly Row[] {
  const state = workbench.states.stateOf(test.id);
  const look = lookOfState(state.state);
  const result = state.lastResult;
  const nowMs = workbench.store.get().nowMs;
  const when =
    result === null ? 'never run' : agoText(result.startedAtMs + result.durationMs, nowMs);
  const failures = result?.failures ?? 0;
  return [
    [
      piece(`  ${look.glyph} `, look.token),
      piece(padTo(test.label, 28)),
      piece(failures > 0 ? plural(failures, 'failing row') : '', 'fail'),
      piece(` ${when}`, 'muted'),
    ],
    ...(result?.message === null || result?.message === undefined || state.state !== 'failed'
      ? []
      : wrapped(result.message, width, 'fail', '      ').slice(0, 4)),
  ];
}

function testPieces(workbench: Workbench, test: TestOfNode): Row {
  const look = lookOfState(workbench.states.stateOf(test.id).state);
  return [piece(`${look.glyph} `, look.token), piece(`${test.label}  `, 'muted')];
}

function mergedColumns(
  node: ManifestNode,
  built: readonly { readonly name: string; readonly typeName: string }[],
): readonly ColumnFacts[] {
  const described = 'columns' in node ? [...node.columns.values()] : [];
  const byName = new Map(built.map((column) => [column.name.toLowerCase(), column]));
  const known = new Set(described.map(({ name }) => name.toLowerCase()));
  return [
    ...described.map((column) => ({
      name: column.name,
      described: column.dataType,
      built: byName.get(column.name.toLowerCase())?.typeName ?? null,
      description: column.description.trim(),
    })),
    ...built
      .filter(({ name }) => !known.has(name.toLowerCase()))
      .map(({ name, typeName }) => ({ name, described: null, built: typeName, description: '' })),
  ];
}

function typeOf(column: ColumnFacts): string {
  return cutEnd(typeText(column.built ?? column.described ?? ''), 22);
}

function buildNote(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const { columns } = workbench.store.get().node;
  if (columns.kind === 'loading') return [row('⟳ Asking the warehouse…', 'running')];
  if (columns.kind === 'failed') return errorRows(columns.error, width);
  if (columns.kind === 'ready' && columns.value.length === 0 && node.resourceType !== 'source') {
    return [
      row('Not built yet: these are the columns that the yaml describes. b builds it.', 'muted'),
    ];
  }
  return [];
}
