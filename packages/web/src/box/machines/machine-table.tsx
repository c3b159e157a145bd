/** The list as a table: only the rows in view are drawn, live without rows jumping. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Cell } from '../../api/observable.ts';
import { useObservable } from '../../api/observable.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useSignedIn } from '../box-context.tsx';
import { machinePath } from '../router.ts';
import type { MachineActions } from './actions.ts';
import { columnsAt, SELECT_WIDTH, widthsAt } from './columns.ts';
import type { ListView } from './list-view.ts';
import type { CellRules } from './machine-cells.tsx';
import { MachineHead } from './machine-head.tsx';
import type { MachineRow } from './machine-row.ts';
import { FEW, MachineTableBody } from './machine-table-body.tsx';
import { type PageChoice, pageOf } from './table-foot.tsx';
import { COLUMN_HEAD, ROW, ROWS, TABLE } from './table-roles.ts';
import { useElementWidth } from './use-element-width.ts';
import { useHeldOrder } from './use-held-order.ts';
import { usePrinting } from './use-printing.ts';
import { useRowKeys } from './use-row-keys.ts';
import './machine-table.css';

export interface MachineListProps {
  /** Those that the filters leave, in the order of the list. */
  readonly shown: readonly MachineRow[];
  /** How many there are without the filters. */
  readonly known: number;
  readonly now: number;
  /** Names what the reader filters by: rows keep their places only as long as that stays. */
  readonly wish: string;
  readonly page: PageChoice;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly actions: MachineActions;
  readonly view: Cell<ListView>;
  /** Since when the page is without the box (box time). */
  readonly lostAt: number | null;
  /** In the place of the rows where there are none. */
  readonly none: ComponentChildren;
}

/** Paper has room for all columns (`machine-table.css` draws them smaller). */
const PAPER = 1440;

export function MachineTable(props: MachineListProps) {
  const { page, selected, onSelect, actions } = props;
  const lang = useLang();
  const view = useObservable(props.view);
  const { router, listTop } = useBox();
  const signedIn = useSignedIn();
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTo = useRef<((index: number) => void) | null>(null);
  const screenWidth = useElementWidth(scroller, window.innerWidth);
  const printing = usePrinting();
  const width = printing ? PAPER : screenWidth;
  const { shown, widths: chosen, order: places } = view;
  // While a column is drawn wider none leaves the page: that is decided by how wide the columns are at first.
  const columnVisibility = useMemo(() => columnsAt(width, { shown, widths: {} }), [width, shown]);
  const visible = useMemo(() => places.filter((id) => columnVisibility[id]), [places, columnVisibility]);
  const widths = useMemo(() => widthsAt(width, columnVisibility, chosen), [width, columnVisibility, chosen]);
  const whole = SELECT_WIDTH + visible.reduce((sum, id) => sum + widths[id], 0);

  const { sorting } = view;
  const { order, moved, sortAgain, pointer } = useHeldOrder(
    props.shown,
    `${sorting.id} ${sorting.desc} ${page.at} ${page.size} ${props.wish}`,
  );
  const { start, paged } = useMemo(() => pageOf(order, page), [order, page]);
  const rules = useCellRules(props, signedIn);
  const select = useRowKeys({
    rows: paged,
    selected,
    onSelect,
    onRead: signedIn ? (id) => actions.read([id]) : null,
    focus: (id, index) => {
      const link = () => scroller.current?.querySelector<HTMLElement>(`tr[data-id] a[data-row="${CSS.escape(id)}"]`);
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
  const picked = selected.size === 0 ? 0 : paged.filter((row) => selected.has(row.id)).length;
  const allSelected = picked > 0 && picked === paged.length;
  // Once made, the table rests while a search finds nothing: the next key has it as it was.
  const isMade = useRef(false);
  isMade.current = paged.length > 0 || (isMade.current && props.known > FEW);
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
      {paged.length === 0 && props.none}
      {isMade.current && (
        <table
          {...TABLE}
          class={paged.length === 0 ? 'machine-table table-resting' : 'machine-table'}
          aria-hidden={paged.length === 0 || undefined}
          aria-rowcount={order.length + 1}
          aria-label={m.tab_machines({}, lang)}
          style={`width:${whole}px;--columns:${SELECT_WIDTH}px ${visible.map((id) => `${widths[id]}px`).join(' ')}`}
        >
          {/* For paper, where it is a table (`machine-table.css`). */}
          <colgroup>
            <col style={`width:${SELECT_WIDTH}px`} />
            {visible.map((id) => (
              <col key={id} style={`width:${widths[id]}px`} />
            ))}
          </colgroup>
          <thead {...ROWS} class="machine-heads">
            <tr {...ROW} aria-rowindex={1}>
              <th {...COLUMN_HEAD} scope="col" class="head col-select">
                <span class="select-box">
                  <Checkbox
                    checked={allSelected}
                    mixed={!allSelected && picked > 0}
                    label={m.select_all({}, lang)}
                    onChange={(on) => onSelect(on ? new Set([...selected, ...paged.map((row) => row.id)]) : new Set())}
                  />
                </span>
              </th>
              {visible.map((id) => (
                <MachineHead
                  key={id}
                  id={id}
                  view={props.view}
                  width={widths[id]}
                  visible={visible}
                  printing={printing}
                />
              ))}
            </tr>
          </thead>
          <MachineTableBody
            rows={paged}
            start={start}
            known={props.known}
            columns={visible}
            rules={rules}
            selected={selected}
            onSelect={select}
            scroller={scroller}
            scrollTo={scrollTo}
          />
        </table>
      )}
    </div>
  );
}

/** The same object as long as nothing in it has changed: rows are drawn again only for a reason. */
function useCellRules({ now, lostAt, actions }: MachineListProps, signedIn: boolean): CellRules {
  const { locale, numbers } = useLang();
  const dates = useDates();
  return useMemo(
    () => ({ lang: { locale, ...(numbers && { numbers }) }, dates, now, lostAt, signedIn, actions }),
    [locale, numbers, dates, now, lostAt, signedIn, actions],
  );
}
