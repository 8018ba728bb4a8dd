/**
 * One selected model after a warm start: `node one-model.js PROJECT_DIR`. Prints CPU milliseconds of the start and of the
 * first compile of a model in the middle of the graph, and the rate of compiling all others after it.
 */
import { openSession } from '../src/session/index.js';

const [, , projectDir = '.'] = process.argv;
const { signal } = new AbortController();

const session = openSession({ projectDir }, { env: process.env });
const models = [...session.manifest.nodes.values()].filter(
  ({ resourceType, dependsOn }) => resourceType === 'model' && dependsOn.length > 0,
);
const startMs = cpuMs();
const middle = models[Math.floor(models.length / 2)];
if (middle === undefined) throw new Error('there is no model');
const one = await session.compile(middle.id, { signal });
if (one.compiledSql === null) throw new Error(one.diagnostics[0]?.message);
const oneMs = cpuMs() - startMs;
for (const { id } of models) await session.compile(id, { signal });
const allMs = cpuMs() - startMs - oneMs;
await session.close();
console.log(
  JSON.stringify({ startMs, oneMs, modelsASecond: Math.round((models.length / allMs) * 1000) }),
);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
