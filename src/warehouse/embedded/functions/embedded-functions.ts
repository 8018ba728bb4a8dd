/** Every function of ours that translated SQL may call. */
import type { NativeFunction } from '../../duckdb/native-function.js';
import { ADDRESSES } from './addresses.js';
import { CIPHERS } from './ciphers.js';
import { FLATTEN } from './flatten.js';
import { MATCH_ROWS } from './match-rows.js';
import { SKETCHES } from './sketches.js';
import { TEXT_SEARCH } from './text-search.js';
import { TEXTS } from './texts.js';

export const EMBEDDED_FUNCTIONS: readonly NativeFunction[] = [
  ...ADDRESSES,
  ...CIPHERS,
  FLATTEN,
  MATCH_ROWS,
  ...SKETCHES,
  ...TEXT_SEARCH,
  ...TEXTS,
];
