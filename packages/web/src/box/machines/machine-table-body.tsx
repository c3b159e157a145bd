/** The rows in view; scrolling draws this part alone. */
import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ColumnId } from './columns.ts';
import type { CellRules } from './machine-cells.tsx';
import type { MachineRow } from './machine-row.ts';
import { MachineTableRow } from './machine-table-row.tsx';
import { HEAD_HEIGHT, ROW_HEIGHT, ROWS } from './table-roles.ts';
import { useDrawnRows } from './use-drawn-rows.ts';
import { usePrinting } from './use-printing.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

export interface MachineTableBodyProps {
  /** The rows of the page, in the order shown. */
  readonly rows: readonly MachineRow[];
  /** Place of the first row among all, from 0. */
  readonly start: number;
  /** How many machines are known, whatever the filters leave. */
  readonly known: number;
  readonly columns: readonly ColumnId[];
  readonly rules: CellRules;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (id: string, on: boolean, shift: boolean) => void;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Filled with the way to bring a row into view. */
  readonly scrollTo: { current: ((index: number) => void) | null };
}

/** Up to so many all rows are drawn: find-in-page and screen readers have them all. */
export const FEW = 80;

const rowOf = (target: EventTarget | null): string | undefined =>
  (target as Element | null)?.closest<HTMLElement>('tr[data-id]')?.dataset['id'];

export function MachineTableBody(props: MachineTableBodyProps) {
  const { rows, start, selected, scroller } = props;
  const printing = usePrinting();
  const body = useRef<HTMLTableSectionElement>(null);
  const { seen, wanted, scrollTo } = useVirtualRows({
    count: rows.length,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    scroller,
    all: rows.length <= FEW || printing,
  });
  props.scrollTo.current = scrollTo;
  const drawn = useDrawnRows({ rows, seen, wanted, atOnce: printing, keeps: props.known > FEW, body });
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the focus does the same below
    <tbody
      {...ROWS}
      ref={body}
      class="machine-rows"
      style={`--height:${rows.length * ROW_HEIGHT}px`}
      onMouseOver={(event) => setPointed(rowOf(event.target))}
      onMouseLeave={() => setPointed(undefined)}
      onFocusIn={(event) => setFocused(rowOf(event.target))}
      onFocusOut={() => setFocused(undefined)}
    >
      {drawn.map(({ row, at, element }) => (
        <MachineTableRow
          key={element}
          row={row}
          at={at}
          index={start + at + 2}
          columns={props.columns}
          rules={props.rules}
          isSelected={row !== null && selected.has(row.id)}
          isReached={row !== null && (row.id === pointed || row.id === focused)}
          onSelect={props.onSelect}
        />
      ))}
    </tbody>
  );
}
