/** The list as a table: sorted by TanStack Table, only the rows in view are drawn, live without rows jumping. */
import { m } from '@rsb/messages';
import { useTable } from '@tanstack/preact-table';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Cell } from '../../api/observable.ts';
import { useObservable } from '../../api/observable.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBox, useSignedIn } from '../box-context.tsx';
import { machinePath } from '../router.ts';
import type { MachineActions } from './actions.ts';
import { type ColumnId, columns, columnsAt, features, SELECT_WIDTH, widthsAt } from './columns.ts';
import type { ListView } from './list-view.ts';
import { MachineHead } from './machine-head.tsx';
import type { MachineRow } from './machine-row.ts';
import { MachineTableBody } from './machine-table-body.tsx';
import { type PageChoice, pageOf } from './table-foot.tsx';
import { useElementWidth } from './use-element-width.ts';
import { useHeldOrder } from './use-held-order.ts';
import { usePrinting } from './use-printing.ts';
import { useRowKeys } from './use-row-keys.ts';
import './machine-table.css';

export interface MachineListProps {
  /** All rows: they are sorted once, whatever the filters. */
  readonly rows: readonly MachineRow[];
  /** Those that the filters leave. */
  readonly shown: readonly MachineRow[];
  readonly now: number;
  readonly page: PageChoice;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly actions: MachineActions;
  readonly view: Cell<ListView>;
  /** Since when the page is without the box (box time). */
  readonly lostAt: number | null;
}

/** Paper has room for all columns (`machine-table.css` draws them smaller). */
const PAPER = 1440;

export function MachineTable(props: MachineListProps) {
  const { rows, page, selected, onSelect, actions } = props;
  const lang = useLang();
  const view = useObservable(props.view);
  const { router, listTop } = useBox();
  const signedIn = useSignedIn();
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<((index: number) => void) | null>(null);
  const screenWidth = useElementWidth(scroller, window.innerWidth);
  const width = usePrinting() ? PAPER : screenWidth;
  const { shown, widths: chosen, order: places } = view;
  // While a column is drawn wider none leaves the page: that is decided by how wide the columns are at first.
  const columnVisibility = useMemo(() => columnsAt(width, { shown, widths: {} }), [width, shown]);
  const visible = useMemo(() => places.filter((id) => columnVisibility[id]), [places, columnVisibility]);
  const widths = useMemo(() => widthsAt(width, columnVisibility, chosen), [width, columnVisibility, chosen]);
  const whole = SELECT_WIDTH + visible.reduce((sum, id) => sum + widths[id], 0);

  const sorted = useSortedIds(rows, view, columnVisibility);
  const filtered = useMemo(() => {
    if (props.shown.length === rows.length) return sorted;
    const left = new Set(props.shown.map((row) => row.id));
    return sorted.filter((id) => left.has(id));
  }, [sorted, props.shown, rows.length]);
  const { order, moved, sortAgain, pointer } = useHeldOrder(
    filtered,
    `${view.sorting.id} ${view.sorting.desc} ${page.at} ${page.size}`,
  );
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const { start, ids } = useMemo(() => pageOf(order, page), [order, page]);
  const select = useRowKeys({
    ids,
    selected,
    onSelect,
    onRead: signedIn ? (id) => actions.read([id]) : null,
    focus: (id, index) => {
      const link = () => scroller.current?.querySelector<HTMLElement>(`a[data-row="${CSS.escape(id)}"]`);
      scrollTo.current?.(index);
      // A row out of view is drawn only after the list was scrolled to it.
      if (link()) link()?.focus();
      else requestAnimationFrame(() => link()?.focus());
    },
  });
  useLayoutEffect(() => {
    const list = scroller.current;
    if (!list) return undefined;
    list.scrollTop = listTop.get();
    return () => listTop.set(list.scrollTop);
  }, [listTop]);
  const allSelected = ids.length > 0 && ids.every((id) => selected.has(id));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds the order, and rows lead where their link leads
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter works on the link of the row
    <div
      ref={scroller}
      class={`table-scroll${selected.size > 0 ? ' table-selecting' : ''}${whole > width ? ' table-wide' : ''}`}
      onMouseEnter={() => pointer(true)}
      onMouseLeave={() => pointer(false)}
      onClick={(event) => {
        const target = event.target as HTMLElement;
        if (target.closest('a, button, label, input, form') || window.getSelection()?.toString()) return;
        const id = target.closest<HTMLElement>('tr[data-id]')?.dataset.id;
        if (id !== undefined) router.go(machinePath(id));
      }}
    >
      {moved > 0 && (
        <p class="moved" role="status">
          {m.rows_moved({ count: moved, rows: formatCount(moved, lang) }, lang)} ·{' '}
          <button type="button" onClick={sortAgain}>
            {m.sort_again({}, lang)}
          </button>
        </p>
      )}
      <table
        class="table"
        aria-rowcount={order.length + 1}
        aria-label={m.tab_machines({}, lang)}
        style={{ width: `${whole}px` }}
      >
        <colgroup>
          <col style={{ width: `${SELECT_WIDTH}px` }} />
          {visible.map((id) => (
            <col key={id} style={{ width: `${widths[id]}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="head col-select">
              <span class="select-box">
                <Checkbox
                  checked={allSelected}
                  mixed={!allSelected && ids.some((id) => selected.has(id))}
                  label={m.select_all({}, lang)}
                  onChange={(on) => onSelect(on ? new Set([...selected, ...ids]) : new Set())}
                />
              </span>
            </th>
            {visible.map((id) => (
              <MachineHead key={id} id={id} view={props.view} width={widths[id]} visible={visible} />
            ))}
          </tr>
        </thead>
        <MachineTableBody
          ids={ids}
          byId={byId}
          start={start}
          columns={visible.join(' ')}
          now={props.now}
          lostAt={props.lostAt}
          selected={selected}
          signedIn={signedIn}
          onSelect={select}
          actions={actions}
          scroller={scroller}
          scrollTo={scrollTo}
        />
      </table>
    </div>
  );
}

function useSortedIds(
  rows: readonly MachineRow[],
  view: ListView,
  columnVisibility: Readonly<Record<ColumnId, boolean>>,
): readonly string[] {
  // The same objects as long as nothing changed: a new one would sort all rows again.
  const state = useMemo(
    () => ({ sorting: [{ id: view.sorting.id, desc: view.sorting.desc }], columnVisibility }),
    [view.sorting.id, view.sorting.desc, columnVisibility],
  );
  const table = useTable({ features, columns, data: rows, getRowId: idOf, state, enableSortingRemoval: false });
  const sorted = table.getRowModel().rows;
  return useMemo(() => sorted.map((row) => row.id), [sorted]);
}

const idOf = (row: MachineRow): string => row.id;
