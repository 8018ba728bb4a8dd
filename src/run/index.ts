export {
  type Build,
  type BuildFacts,
  type BuildReason,
  changesSince,
  reasonText,
} from './build-facts.js';
export { commentOn } from './comment-on.js';
export { endMembers } from './end-members.js';
export { fillAsDbt } from './fill-cache.js';
export { adapterResponse, phasesOf } from './result-value.js';
export { runHooks } from './hooks.js';
export { type Journal, type JournalEntry, readJournal } from './journal.js';
export { RunDriver } from './run-driver.js';
export { isNoOp, type NoOpNode, type RunNode } from './run-node.js';
export { run, type RunOptions } from './runner.js';
export { runSchedule } from './scheduler.js';
export { sourceLine } from './source-line.js';
