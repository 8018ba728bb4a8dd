export { internalPackages, libraryFiles } from './library.js';
export type { LibraryFile } from './library-file.js';
