export { commentOn } from './comment-on.js';
export { endMembers } from './end-members.js';
export { fillAsDbt } from './fill-cache.js';
export { runHooks } from './hooks.js';
export { RunDriver } from './run-driver.js';
export { run, type RunOptions } from './runner.js';
export { runSchedule } from './scheduler.js';
export { sourceLine } from './source-line.js';
