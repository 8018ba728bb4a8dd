/**
 * Reads a project again when its files change.
 */
import { displayLines, messageOf } from '../base/index.js';
import { absolutePath, relativePath, watchFolder } from '../platform/index.js';
import type { Emit } from '../events/index.js';
import type { Workplace } from './workplace.js';

/** What a project is read from; everything else that changes in its folder is of no concern. */
const READ = /\.(?:sql|py|yml|yaml|md|csv|js)$|(?:^|\/)\.(?:env|dbtignore)$/iu;

/**
 * Watches until the returned function is called. Listeners of the session hear of a new manifest; one that says the same
 * as the last is not told.
 *
 * @param emit hears why a project could not be read; the last that could stays.
 */
export function watchProject(workplace: Workplace, emit: Emit): () => void {
  const { project } = workplace.parsed;
  const { rootDir } = project;
  const target = absolutePath(project.packages[0]?.config.targetPath ?? 'target', rootDir);
  const written = [
    `${relativePath(rootDir, target)}/`,
    'logs/',
    '.dagbook/',
    '.git/',
    'node_modules/',
  ];
  const isEntered = (path: string): boolean =>
    !written.some((folder) => path.startsWith(folder)) && !path.endsWith('/node_modules/');
  return watchFolder(rootDir, {
    isEntered,
    isWatched: (path) => READ.test(path) && isEntered(path),
    onChange: () => {
      try {
        workplace.refresh();
      } catch (error) {
        const message = displayLines(messageOf(error));
        emit({ type: 'log', level: 'warn', message, nodeId: null });
      }
    },
  });
}
