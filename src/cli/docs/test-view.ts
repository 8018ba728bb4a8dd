/**
 * Tests as rows: what is asserted, and when it fails.
 */
import type { JsonObject } from '../../base/index.js';
import type { TestNode } from '../../manifest/index.js';
import { inlineText, textAt } from './data-text.js';
import type { Scribe } from './scribe.js';
import type { TestView } from './view.js';

/** Arguments that say where the test stands, not what it asserts. */
const PLACE = new Set(['model', 'column_name']);

export function testView(scribe: Scribe, node: TestNode): TestView {
  const { testMetadata } = node;
  const label =
    testMetadata === null
      ? node.name
      : [testMetadata.namespace, testMetadata.name].filter((part) => part !== null).join('.');
  return {
    link: scribe.linkToNode(node, label),
    argumentsText: testMetadata === null ? '' : argumentsText(testMetadata.kwargs),
    conditions: testConditions(node.config),
    columnName: node.columnName,
  };
}

function argumentsText(kwargs: JsonObject): string {
  return Object.entries(kwargs)
    .filter(([name]) => !PLACE.has(name))
    .map(([name, value]) => `${name}: ${inlineText(value)}`)
    .join(' · ');
}

/** What differs from dbt's defaults: severity, thresholds, filters. */
export function testConditions(config: JsonObject): readonly string[] {
  const conditions: string[] = [];
  const severity = (textAt(config, 'severity') ?? 'error').toLowerCase();
  if (severity !== 'error') conditions.push(`severity ${severity}`);
  const thresholds = [
    ['error_if', 'fails if'],
    ['warn_if', 'warns if'],
  ] as const;
  for (const [key, words] of thresholds) {
    const threshold = config[key];
    if (typeof threshold === 'string' && threshold !== '!= 0')
      conditions.push(`${words} ${threshold}`);
  }
  const { where, limit } = config;
  if (typeof where === 'string') conditions.push(`where ${where}`);
  if (typeof limit === 'number') conditions.push(`limit ${limit}`);
  if (config['store_failures'] === true) conditions.push('stores failures');
  return conditions;
}
