/** The list as a table: sorted by TanStack Table, only the rows in view are drawn, live without rows jumping. */
import { m } from '@rsb/messages';
import { useTable } from '@tanstack/preact-table';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Cell } from '../../api/observable.ts';
import { useObservable } from '../../api/observable.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { HeadCell } from '../../components/DataTable.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBox, useLive, useSignedIn } from '../box-context.tsx';
import { machinePath } from '../router.ts';
import type { MachineActions } from './actions.ts';
import { columnHead } from './column-heads.tsx';
import {
  COLUMN_IDS,
  type ColumnId,
  columns,
  columnsAt,
  features,
  neededWidth,
  SELECT_WIDTH,
  WIDTHS,
} from './columns.ts';
import { holdOrder } from './held-order.ts';
import type { ListView } from './list-view.ts';
import type { MachineRow } from './machine-row.ts';
import { MachineTableRow } from './machine-table-row.tsx';
import type { PageChoice } from './table-foot.tsx';
import { useElementWidth } from './use-element-width.ts';
import { usePrinting } from './use-printing.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import './machine-table.css';

export interface MachineListProps {
  readonly rows: readonly MachineRow[];
  readonly now: number;
  readonly page: PageChoice;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly actions: MachineActions;
  readonly view: Cell<ListView>;
  /** Since when the page is without the box (box time). */
  readonly lostAt: number | null;
}

const ROW = 44;
const HEAD = 44;
/** Below this all rows are drawn: find-in-page and screen readers have them all. */
const FEW = 80;
/** Columns that take what is left over of a wide window, with their shares. */
const GROWING: Readonly<Partial<Record<ColumnId, number>>> = { name: 3, state: 2, model: 3, location: 4, serial: 1 };

export function MachineTable(props: MachineListProps) {
  const { rows, page, selected, onSelect } = props;
  const lang = useLang();
  const view = useObservable(props.view);
  const { router } = useBox();
  const signedIn = useSignedIn();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller, window.innerWidth);
  const printing = usePrinting();
  const shown = useMemo(() => columnsAt(width, view.shown), [width, view.shown]);
  const visible = COLUMN_IDS.filter((id) => shown[id]);

  const table = useTable({
    features,
    columns: columns as never,
    data: rows,
    getRowId: (row: MachineRow) => row.id,
    state: { sorting: [{ id: view.sorting.id, desc: view.sorting.desc }], columnVisibility: shown },
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const { order, moved, sortAgain, pointer } = useHeldOrder(
    sorted.map((row) => row.id),
    `${view.sorting.id} ${view.sorting.desc} ${page.at} ${page.size}`,
  );
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const start = page.at * page.size || 0;
  const paged = order.slice(start, page.size === Number.POSITIVE_INFINITY ? undefined : start + page.size);
  const virtual = useVirtualRows({
    count: paged.length,
    rowHeight: ROW,
    headHeight: HEAD,
    scroller,
    all: paged.length <= FEW || printing,
  });

  const anchor = useRef<string | null>(null);
  const select = (id: string, on: boolean, shift: boolean) => {
    const next = new Set(selected);
    const from = shift && anchor.current ? paged.indexOf(anchor.current) : -1;
    const to = paged.indexOf(id);
    for (const each of from < 0 ? [id] : paged.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      if (on) next.add(each);
      else next.delete(each);
    }
    anchor.current = id;
    onSelect(next);
  };
  const focusRow = (index: number) => {
    const id = paged[Math.max(0, Math.min(paged.length - 1, index))];
    if (id === undefined) return;
    virtual.scrollTo(paged.indexOf(id));
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`a[data-row="${CSS.escape(id)}"]`)?.focus(),
    );
  };
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target.closest('input:not([type="checkbox"]), select, dialog, [popover]')
    )
      return;
    const id = target.closest<HTMLElement>('tr[data-id]')?.dataset.id;
    const at = id === undefined ? -1 : paged.indexOf(id);
    const inList = at >= 0 || target === document.body;
    if (!inList) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      focusRow(at + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (id !== undefined && event.key === 'x') select(id, !selected.has(id), event.shiftKey);
    else if (id !== undefined && event.key === 'r' && signedIn) props.actions.read([id]);
  };
  const latestOnKey = useRef(onKey);
  latestOnKey.current = onKey;
  const latestSelect = useRef(select);
  latestSelect.current = select;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => latestOnKey.current(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  const onRowSelect = useRef((id: string, on: boolean, shift: boolean) => latestSelect.current(id, on, shift)).current;

  const extra = Math.max(0, width - neededWidth(shown));
  const shares = visible.reduce((sum, id) => sum + (GROWING[id] ?? 0), 0);
  const widthOf = (id: ColumnId) => WIDTHS[id] + Math.floor(shares > 0 ? (extra * (GROWING[id] ?? 0)) / shares : 0);
  const allSelected = paged.length > 0 && paged.every((id) => selected.has(id));
  const drawn: ComponentChildren[] = [];
  for (let index = virtual.first; index < virtual.end; index += 1) {
    const row = byId.get(paged[index] ?? '');
    if (row)
      drawn.push(
        <MachineTableRow
          key={row.id}
          row={row}
          index={start + index + 2}
          columns={visible.join(' ')}
          locale={lang.locale}
          now={props.now}
          lostAt={props.lostAt}
          isSelected={selected.has(row.id)}
          signedIn={signedIn}
          onSelect={onRowSelect}
          actions={props.actions}
        />,
      );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds the order, and rows lead where their link leads
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter works on the link of the row
    <div
      ref={scroller}
      class={selected.size > 0 ? 'table-scroll table-selecting' : 'table-scroll'}
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
        aria-rowcount={rows.length + 1}
        aria-label={m.tab_machines({}, lang)}
        style={{ minWidth: `${neededWidth(shown)}px` }}
      >
        <colgroup>
          <col style={{ width: `${SELECT_WIDTH}px` }} />
          {visible.map((id) => (
            <col key={id} style={{ width: `${widthOf(id)}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="head col-select">
              <span class="select-box">
                {' '}
                <Checkbox
                  checked={allSelected}
                  mixed={!allSelected && paged.some((id) => selected.has(id))}
                  label={m.select_all({}, lang)}
                  onChange={(on) => onSelect(on ? new Set([...selected, ...paged]) : new Set())}
                />
              </span>{' '}
            </th>
            {visible.map((id) => {
              const head = columnHead(id, lang);
              const sorting = view.sorting.id === id ? (view.sorting.desc ? 'desc' : 'asc') : false;
              return (
                <HeadCell
                  key={id}
                  class={`col-${id}`}
                  first={head.first}
                  second={head.second}
                  title={head.title}
                  numeric={head.numeric ?? false}
                  sorted={sorting}
                  onSort={() => props.view.set({ ...view, sorting: { id, desc: sorting === 'asc' } })}
                />
              );
            })}
          </tr>
        </thead>
        <tbody>
          {virtual.before > 0 && <Spacer height={virtual.before} />}
          {drawn}
          {virtual.after > 0 && <Spacer height={virtual.after} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden="true">
      <td style={{ height: `${height}px`, padding: 0 }} />
    </tr>
  );
}

function useHeldOrder(sorted: readonly string[], wish: string) {
  const inside = useRef(false);
  const held = useRef<{ readonly wish: string; readonly order: readonly string[] }>({ wish, order: sorted });
  const [, redraw] = useState(0);
  const isHeld = inside.current && held.current.wish === wish;
  const { order, moved } = isHeld ? holdOrder(held.current.order, sorted) : { order: sorted, moved: 0 };
  held.current = { wish, order };
  return {
    order,
    moved,
    sortAgain: () => {
      held.current = { wish, order: sorted };
      redraw((times) => times + 1);
    },
    pointer: (isInside: boolean) => {
      inside.current = isInside;
      if (!isInside && moved > 0) redraw((times) => times + 1);
    },
  };
}
