import { RULES } from './functions/rules.js';

/** Names of Snowflake's functions that are known here, in upper case, sorted. */
export const SNOWFLAKE_FUNCTIONS: readonly string[] = Object.keys(RULES).toSorted();
