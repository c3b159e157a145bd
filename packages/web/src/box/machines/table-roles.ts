/**
 * The table is laid out as blocks, so that a row that comes or goes costs nothing to the others; a browser then no longer
 * takes it for a table unless its elements say what they are (WAI-ARIA 1.2, "table").
 */
export const TABLE = { role: 'table' } as const;
export const ROWS = { role: 'rowgroup' } as const;
export const COLUMN_HEAD = { role: 'columnheader' } as const;
export const ROW = { role: 'row' } as const;
export const CELL = { role: 'cell' } as const;
export const UNSEEN = { role: 'presentation' } as const;
export const ROW_HEAD = { role: 'rowheader' } as const;

/** Height of a row and of the head in px, as `machine-table.css` has it. */
export const ROW_HEIGHT = 44;
export const HEAD_HEIGHT = 44;
