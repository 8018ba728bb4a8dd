/**
 * `docs generate`: the project as one HTML page, with dbt's manifest.json and catalog.json beside it.
 */
import { catalogJson } from '../../artifacts/index.js';
import { display, type NodeId } from '../../base/index.js';
import { absolutePath, joinPath, relativePath, writeAtomic } from '../../platform/index.js';
import type { CompiledNode, ProjectSession } from '../../session/index.js';
import type { DocsInput } from '../docs/docs-input.js';
import { docsView } from '../docs/docs-view.js';
import { documentedMacros } from '../docs/documented-macros.js';
import { type Built, compileAll, readBuilt } from '../docs/gather.js';
import { readLastFreshness } from '../docs/last-freshness.js';
import { renderDocs } from '../docs/render-page.js';
import { readSeedRows } from '../docs/seed-rows.js';
import type { Io } from '../io.js';
import { type ProjectFlags, type SelectionFlags, selectionOf } from '../options.js';
import { VERSION } from '../version.js';
import { withSession } from '../with-session.js';

export type DocsFlags = ProjectFlags &
  SelectionFlags & {
    /** False leaves compiled SQL out. */
    readonly compile?: boolean;
    /** True asks the warehouse nothing, as dbt's flag of that name. */
    readonly emptyCatalog?: boolean;
    /** Where the page goes, instead of `index.html` in the target folder. */
    readonly output?: string;
  };

const NOTHING_BUILT: Built = { columns: new Map(), types: new Map(), problems: [] };

/** Nodes that do not compile and a warehouse that cannot be had leave gaps in the page, and no more. */
export async function docsCommand(io: Io, flags: DocsFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: true }, async ({ session, signal }) => {
    const say = (text: string): void => {
      if (flags.quiet !== true) io.note(text);
    };
    const { ids } = session.select({ ...selectionOf(flags), command: 'docs' });
    const compiled: ReadonlyMap<NodeId, CompiledNode> =
      flags.compile === false ? new Map() : await compileAll({ session, signal }, ids);
    const built =
      flags.emptyCatalog === true
        ? NOTHING_BUILT
        : await readBuilt({ session, signal }, flags.compile === false ? undefined : ids);
    for (const problem of built.problems)
      say(io.errorStyle.yellow(`warning: not all is known of what is built: ${display(problem)}`));
    const failed = [...compiled.values()].filter(({ compiledSql }) => compiledSql === null).length;
    if (failed > 0)
      say(io.errorStyle.yellow(`warning: ${failed} nodes did not compile; their pages say why.`));

    const targetDir = targetFolder(session);
    const file =
      flags.output === undefined
        ? joinPath(targetDir, 'index.html')
        : absolutePath(flags.output, io.cwd);
    const page = renderDocs(docsView(docsInput(session, compiled, built, targetDir)));
    session.writeManifest(compiledTexts(compiled));
    writeAtomic(joinPath(targetDir, 'catalog.json'), catalogText(session, built));
    writeAtomic(file, page);
    say(`${session.manifest.nodes.size} nodes documented, ${built.columns.size} of them as built.`);
    io.print(display(relativePath(io.cwd, file)));
    return 0;
  });
}

function docsInput(
  session: ProjectSession,
  compiled: ReadonlyMap<NodeId, CompiledNode>,
  built: Built,
  targetDir: string,
): DocsInput {
  const { manifest, facts, parsed } = session;
  const nodes = [...manifest.nodes.values()];
  const [root] = parsed.project.packages;
  return {
    projectName: facts.projectName,
    targetName: facts.targetName,
    engine: facts.engine,
    version: VERSION,
    generatedAt: new Date(parsed.facts.now()),
    manifest,
    macros: root === undefined ? [] : documentedMacros(root, parsed.registry.all(), manifest.docs),
    compiled,
    columns: built.columns,
    states: new Map(nodes.map((node) => [node.id, session.stateOf(node.id)])),
    freshness: readLastFreshness(joinPath(targetDir, 'sources.json')),
    seedRows: new Map(
      nodes.flatMap((node) => {
        const rows = node.resourceType === 'seed' ? readSeedRows(node) : null;
        return rows === null ? [] : [[node.id, rows] as const];
      }),
    ),
  };
}

function catalogText(session: ProjectSession, { columns, types, problems }: Built): string {
  const { facts } = session.parsed;
  const content = catalogJson({
    manifest: session.manifest,
    entries: [...columns].map(([nodeId, found]) => ({
      nodeId,
      relationType: types.get(nodeId) ?? null,
      columns: found,
    })),
    errors: problems,
    dbtVersion: facts.dbtVersion,
    invocationId: facts.invocationId,
    generatedAt: new Date(facts.now()),
  });
  return JSON.stringify(content);
}

function compiledTexts(compiled: ReadonlyMap<NodeId, CompiledNode>): ReadonlyMap<NodeId, string> {
  return new Map(
    [...compiled].flatMap(([id, { compiledSql }]) =>
      compiledSql === null ? [] : [[id, compiledSql] as const],
    ),
  );
}

function targetFolder(session: ProjectSession): string {
  const { project } = session.parsed;
  const targetPath = project.packages[0]?.config.targetPath ?? 'target';
  return absolutePath(targetPath, project.rootDir);
}
