export { type Opening, openWorkbench, type WorkbenchIo } from './open-workbench.js';
