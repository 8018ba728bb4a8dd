/** Sizes at which screens are arranged otherwise, in cells. */

// From here on the three columns stand side by side; below, one pane and a breadcrumb.
export const WIDE_COLUMNS = 100;
// Lists, card and lane map above each other.
export const TALL_ROWS = 30;
// A side pane of properties beside the SQL.
export const SIDE_COLUMNS = 116;
