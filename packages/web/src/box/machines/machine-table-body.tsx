/** The rows in view; scrolling draws this part alone. */
import type { ComponentChildren, RefObject } from 'preact';
import { useLang } from '../../language/language.tsx';
import type { MachineActions } from './actions.ts';
import type { MachineRow } from './machine-row.ts';
import { MachineTableRow } from './machine-table-row.tsx';
import { usePrinting } from './use-printing.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

export interface MachineTableBodyProps {
  readonly ids: readonly string[];
  readonly byId: ReadonlyMap<string, MachineRow>;
  /** Place of the first row among all, from 0. */
  readonly start: number;
  /** Ids of the columns shown, with spaces. */
  readonly columns: string;
  readonly now: number;
  readonly lostAt: number | null;
  readonly selected: ReadonlySet<string>;
  readonly signedIn: boolean;
  readonly onSelect: (id: string, on: boolean, shift: boolean) => void;
  readonly actions: MachineActions;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Filled with the way to bring a row into view. */
  readonly scrollTo: { current: ((index: number) => void) | null };
}

const ROW = 44;
const HEAD = 44;
/** Below this all rows are drawn: find-in-page and screen readers have them all. */
const FEW = 80;

export function MachineTableBody(props: MachineTableBodyProps) {
  const { ids, byId, start, selected, scroller } = props;
  const { locale } = useLang();
  const printing = usePrinting();
  const virtual = useVirtualRows({
    count: ids.length,
    rowHeight: ROW,
    headHeight: HEAD,
    scroller,
    all: ids.length <= FEW || printing,
  });
  props.scrollTo.current = virtual.scrollTo;
  const drawn: ComponentChildren[] = [];
  for (let index = virtual.first; index < virtual.end; index += 1) {
    const row = byId.get(ids[index] ?? '');
    if (!row) continue;
    drawn.push(
      <MachineTableRow
        key={row.id}
        row={row}
        index={start + index + 2}
        columns={props.columns}
        locale={locale}
        now={props.now}
        lostAt={props.lostAt}
        isSelected={selected.has(row.id)}
        signedIn={props.signedIn}
        onSelect={props.onSelect}
        actions={props.actions}
      />,
    );
  }
  return (
    <tbody>
      {virtual.before > 0 && <Spacer height={virtual.before} />}
      {drawn}
      {virtual.after > 0 && <Spacer height={virtual.after} />}
    </tbody>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return (
    <tr>
      <td style={{ height: `${height}px`, padding: 0 }} />
    </tr>
  );
}
