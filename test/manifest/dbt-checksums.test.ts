import { expect, test } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { contractChecksum } from '../../src/manifest/index.js';
import { parseProject } from './parse.js';

// As dbt-core 1.12.6 has them in its manifest.
test.each([
  {
    project: 'state',
    id: 'model.states.contracted',
    checksum: 'b015f336bed893716cf7c066366a0ff35991140e94c225bb03d14a050de2c2a4',
  },
  {
    project: 'state',
    id: 'unit_test.states.int_orders.counts_cents',
    checksum: '66c4c509e7a2c437a1f3ecbddf6ce1eb175559f7546a74747d585d0d6c8ec29e',
  },
  {
    project: 'rules',
    id: 'unit_test.rules.stg_orders.',
    checksum: 'bfb682fdd3602659daabe577c61019fa068086fa5250e293b4a40d98774ca80a',
  },
  {
    project: 'rules',
    id: 'unit_test.rules.fct_orders.',
    checksum: 'a1031a8c3e1a3ce671b038140d5836935fb02481140e6222c994965e9a435773',
  },
])('$id', ({ project, id, checksum }) => {
  const { manifest } = parseProject(`test/fixtures/projects/${project}`);
  const node =
    manifest.nodes.get(nodeId(id)) ??
    [...manifest.nodes.values()].find((one) => one.id.startsWith(id));
  const found =
    node?.resourceType === 'model'
      ? contractChecksum(node)
      : node?.resourceType === 'unit_test'
        ? node.checksum
        : null;
  expect(found).toBe(checksum);
});
