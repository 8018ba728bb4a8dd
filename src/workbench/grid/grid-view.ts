/**
 * How much of the terminal the grid has: known without drawing, because the cursor scrolls by it.
 */

/** Longer cells are cut, until the user asks for their whole width. */
export const MAX_COLUMN_WIDTH = 36;
export const WIDE_COLUMN_WIDTH = 400;

// Header and footer of the program, border above and below, names, types, rule.
const ROWS_AROUND = 2 + 2 + 3;
// Border and one space on each side.
const COLUMNS_AROUND = 4;

/** Rows and cells that the data screen has for the result itself. */
export function gridView(size: { readonly columns: number; readonly rows: number }): {
  readonly width: number;
  readonly height: number;
} {
  return {
    width: Math.max(1, size.columns - COLUMNS_AROUND),
    height: Math.max(1, size.rows - ROWS_AROUND),
  };
}
