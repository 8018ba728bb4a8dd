/**
 * Finds the files of a package and says what each is read as.
 */
import { absolutePath, isFile, joinPath, listFiles, readText } from '../platform/index.js';
import { ignorePatterns, type IsIgnored } from './ignore.js';
import type { FileKind, ProjectConfig, SourceFile } from './project.js';

interface Search {
  readonly kind: FileKind;
  readonly paths: readonly string[];
  readonly extensions: readonly string[];
}

/**
 * Lists a package's files, kind by kind in the order in which dbt parses them, each kind folder by folder.
 *
 * A file may be listed under two kinds (a generic test's folder may also be a macro folder), never twice under one.
 */
export function discoverFiles(rootDir: string, config: ProjectConfig): readonly SourceFile[] {
  const isIgnored = readIgnore(rootDir);
  const listings = new Map<string, ReturnType<typeof listFiles>>();
  const list = (folder: string): ReturnType<typeof listFiles> => {
    const known = listings.get(folder);
    if (known !== undefined) return known;
    const found = listFiles(folder);
    listings.set(folder, found);
    return found;
  };

  return searchesOf(config).flatMap(({ kind, paths, extensions }) => {
    const found = new Map<string, SourceFile>();
    for (const extension of extensions) {
      for (const searchedPath of paths) {
        for (const entry of list(absolutePath(searchedPath, rootDir))) {
          const originalFilePath = `${searchedPath.replace(/\/+$/u, '')}/${entry.path}`;
          if (!isWanted(entry.path, extension, kind) || isIgnored(originalFilePath)) continue;
          found.set(originalFilePath, {
            kind,
            searchedPath,
            path: entry.path,
            originalFilePath,
            file: entry.file,
          });
        }
      }
    }
    return [...found.values()];
  });
}

function searchesOf({ paths }: ProjectConfig): readonly Search[] {
  const below = (folder: string): readonly string[] =>
    paths.test.map((path) => `${path.replace(/\/+$/u, '')}/${folder}`);
  const everywhere = new Set(
    [
      ...paths.model,
      ...paths.seed,
      ...paths.snapshot,
      ...paths.analysis,
      ...paths.macro,
      ...paths.test,
      ...paths.function,
    ].map((path) => path.replace(/\/+$/u, '')),
  );
  return [
    { kind: 'macro', paths: paths.macro, extensions: ['.sql'] },
    { kind: 'generic_test', paths: below('generic'), extensions: ['.sql'] },
    { kind: 'model', paths: paths.model, extensions: ['.py', '.sql'] },
    { kind: 'snapshot', paths: paths.snapshot, extensions: ['.sql'] },
    { kind: 'analysis', paths: paths.analysis, extensions: ['.sql'] },
    { kind: 'singular_test', paths: paths.test, extensions: ['.sql'] },
    { kind: 'seed', paths: paths.seed, extensions: ['.csv'] },
    { kind: 'docs', paths: paths.docs, extensions: ['.md'] },
    { kind: 'properties', paths: [...everywhere], extensions: ['.yml', '.yaml'] },
    { kind: 'fixture', paths: below('fixtures'), extensions: ['.csv', '.sql'] },
    { kind: 'function', paths: paths.function, extensions: ['.py', '.js', '.sql'] },
  ];
}

function isWanted(path: string, extension: string, kind: FileKind): boolean {
  if (!path.toLowerCase().endsWith(extension)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Editors' drafts and hidden files begin so.
  if (/^[.#~!]/u.test(name) || name.length <= extension.length) return false;
  return kind !== 'singular_test' || !/^(?:generic|fixtures)\//u.test(path);
}

function readIgnore(rootDir: string): IsIgnored {
  const file = joinPath(rootDir, '.dbtignore');
  return isFile(file) ? ignorePatterns(readText(file)) : () => false;
}
