export { openWorkbench } from './open-workbench.js';
