/** Sizes at which screens are arranged otherwise, in cells. */

// Below it there is room for one pane of the graph, with a breadcrumb.
export const NARROW_COLUMNS = 70;
// From here on the three columns stand side by side; below, the neighbours are stacked beside the node.
export const WIDE_COLUMNS = 100;
// Lists, card and lane map above each other.
export const TALL_ROWS = 30;
// A side pane of properties beside the SQL.
export const SIDE_COLUMNS = 116;
// From here on what is a key away elsewhere stands beside it: the source beside the compiled SQL, the log beside the timeline.
export const SPREAD_COLUMNS = 170;
