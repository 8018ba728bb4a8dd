/** Every function of ours that translated SQL may call. */
import type { NativeFunction } from '../../duckdb/native-function.js';
import { MATCH_ROWS } from './match-rows.js';

export const EMBEDDED_FUNCTIONS: readonly NativeFunction[] = [MATCH_ROWS];
