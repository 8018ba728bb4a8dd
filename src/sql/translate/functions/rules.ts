/**
 * Every function that the translator knows, by upper-case name.
 */
import type { Rules } from '../rule.js';
import { AGGREGATES } from './aggregates.js';
import { ARRAYS } from './arrays.js';
import { BITS } from './bits.js';
import { CONDITIONALS } from './conditionals.js';
import { CONVERSIONS } from './conversions.js';
import { DATES } from './dates.js';
import { HASHES } from './hashes.js';
import { MAPS } from './maps.js';
import { NATIVE } from './native.js';
import { NUMBERS } from './numbers.js';
import { OBJECTS } from './objects.js';
import { PATTERNS } from './patterns.js';
import { SESSION } from './session.js';
import { SKETCHES } from './sketches.js';
import { STRINGS } from './strings.js';
import { WINDOWS } from './windows.js';

export const RULES: Rules = {
  ...AGGREGATES,
  ...ARRAYS,
  ...BITS,
  ...CONDITIONALS,
  ...CONVERSIONS,
  ...DATES,
  ...HASHES,
  ...MAPS,
  ...NATIVE,
  ...NUMBERS,
  ...OBJECTS,
  ...PATTERNS,
  ...SESSION,
  ...SKETCHES,
  ...STRINGS,
  ...WINDOWS,
};
