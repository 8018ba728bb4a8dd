/**
 * A number of whatever type an aggregate is given: text and VARIANT become floating point, as on Snowflake, and all else stays.
 *
 * DuckDB picks the form by the type while it binds, so it costs nothing when a statement runs.
 */
import type { Written } from './scope.js';

const NAME = 'main."__NUMBER"';

/** Makes the macro where translated statements run; does nothing where it is. */
export const NUMBER_MACRO: string = `CREATE MACRO IF NOT EXISTS ${NAME}(x VARCHAR) AS CAST(x AS DOUBLE), (x VARIANT) AS CAST(x AS DOUBLE), (x) AS x`;

const NUMBERS: ReadonlySet<unknown> = new Set(['float', 'integer', 'decimal', 'nonzero']);

/** A value as a number. */
export function asNumber(value: Written): Written {
  if (NUMBERS.has(value.hint)) return value;
  const hint = value.hint === 'text' || value.hint === 'variant' ? ('float' as const) : value.hint;
  return { text: `${NAME}(${value.text})`, hint };
}
