export { connectionFields } from './connection-fields.js';
export { connectionOptions } from './connection-options.js';
export { shownFields } from './connection-sources.js';
export { openSnowflake } from './open-snowflake.js';
export { policyOf } from './policy.js';
