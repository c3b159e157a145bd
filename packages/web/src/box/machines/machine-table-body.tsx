/** The rows in view; scrolling draws this part alone. */
import type { RefObject, VNode } from 'preact';
import type { ColumnId } from './columns.ts';
import type { CellRules } from './machine-cells.tsx';
import type { MachineRow } from './machine-row.ts';
import { MachineTableRow } from './machine-table-row.tsx';
import { HEAD_HEIGHT, ROW_HEIGHT, ROWS } from './table-roles.ts';
import { usePrinting } from './use-printing.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

export interface MachineTableBodyProps {
  /** The rows of the page, in the order shown. */
  readonly rows: readonly MachineRow[];
  /** Place of the first row among all, from 0. */
  readonly start: number;
  readonly columns: readonly ColumnId[];
  readonly rules: CellRules;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (id: string, on: boolean, shift: boolean) => void;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Filled with the way to bring a row into view. */
  readonly scrollTo: { current: ((index: number) => void) | null };
}

/** Below this all rows are drawn: find-in-page and screen readers have them all. */
const FEW = 80;

export function MachineTableBody(props: MachineTableBodyProps) {
  const { rows, start, selected, scroller } = props;
  const printing = usePrinting();
  const virtual = useVirtualRows({
    count: rows.length,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    scroller,
    all: rows.length <= FEW || printing,
  });
  props.scrollTo.current = virtual.scrollTo;
  const drawn: VNode[] = [];
  for (let at = virtual.first; at < virtual.end; at += 1) {
    const row = rows[at];
    if (!row) continue;
    drawn.push(
      <MachineTableRow
        key={row.id}
        row={row}
        at={at}
        index={start + at + 2}
        columns={props.columns}
        rules={props.rules}
        isSelected={selected.has(row.id)}
        onSelect={props.onSelect}
      />,
    );
  }
  return (
    <tbody {...ROWS} class="machine-rows" style={`--height:${rows.length * ROW_HEIGHT}px`}>
      {drawn}
    </tbody>
  );
}
