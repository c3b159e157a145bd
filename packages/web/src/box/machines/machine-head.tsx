/** One head of the list: sorts by a click or Enter, moves and grows by the pointer or by Alt and Shift with the arrows. */
import { useRef } from 'preact/hooks';
import type { Cell } from '../../api/observable.ts';
import { HeadCell } from '../../components/DataTable.tsx';
import { useLang } from '../../language/language.tsx';
import { columnHead } from './column-heads.tsx';
import { type ColumnId, clampWidth, moveColumn } from './columns.ts';
import type { ListView } from './list-view.ts';
import { COLUMN_HEAD } from './table-roles.ts';

export interface MachineHeadProps {
  readonly id: ColumnId;
  readonly view: Cell<ListView>;
  /** As it is drawn now. */
  readonly width: number;
  /** Columns that are shown, from left to right. */
  readonly visible: readonly ColumnId[];
  /** A head with a button in it is not repeated on the next sheet of paper. */
  readonly printing: boolean;
}

/** Below this a press on a head is a click. */
const DRAG_FROM = 6;
const KEY_STEP = 8;

export function MachineHead({ id, view, width, visible, printing }: MachineHeadProps) {
  const lang = useLang();
  const now = view.get();
  const head = columnHead(id, lang);
  const sorted = now.sorting.id === id ? (now.sorting.desc ? 'desc' : 'asc') : false;
  const wasDragged = useRef(false);
  const place = (target: ColumnId, after: boolean) => {
    const { order } = view.get();
    const without = order.filter((each) => each !== id);
    view.set({ ...view.get(), order: moveColumn(order, id, without.indexOf(target) + (after ? 1 : 0)) });
  };
  const step = (by: -1 | 1) => {
    const target = visible[visible.indexOf(id) + by];
    if (target !== undefined && target !== 'name') place(target, by > 0);
  };
  const resize = (next: number) =>
    view.set({ ...view.get(), widths: { ...view.get().widths, [id]: clampWidth(next) } });

  const onKeyDown = (event: KeyboardEvent) => {
    const by = ({ ArrowLeft: -1, ArrowRight: 1 } as const)[event.key as 'ArrowLeft'];
    if (by === undefined || !(event.altKey || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) step(by);
    else resize(width + by * KEY_STEP);
  };

  /** The head under the pointer tells where the column would go: a line at the side of it. */
  const onDragStart = (event: PointerEvent) => {
    if (event.button !== 0 || event.pointerType === 'touch' || id === 'name') return;
    const from = event.clientX;
    const own = (event.currentTarget as Element).closest('th');
    let target: { readonly head: HTMLElement; readonly id: ColumnId; readonly after: boolean } | null = null;
    const mark = (next: typeof target) => {
      target?.head.classList.remove('drop-before', 'drop-after');
      next?.head.classList.add(next.after ? 'drop-after' : 'drop-before');
      target = next;
    };
    const onMove = (moved: PointerEvent) => {
      if (!wasDragged.current && Math.abs(moved.clientX - from) < DRAG_FROM) return;
      wasDragged.current = true;
      own?.classList.add('head-dragged');
      const found = document.elementFromPoint(moved.clientX, moved.clientY)?.closest<HTMLElement>('th[data-column]');
      const named = visible.find((each) => each === found?.dataset['column']);
      if (!found || named === undefined || named === id || named === 'name') return mark(null);
      const { left, width: wide } = found.getBoundingClientRect();
      mark({ head: found, id: named, after: moved.clientX > left + wide / 2 });
    };
    const onEnd = (ended: PointerEvent) => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener);
      own?.classList.remove('head-dragged');
      const dropped = ended.type === 'pointerup' ? target : null;
      mark(null);
      if (dropped) place(dropped.id, dropped.after);
      // The click that ends a drag comes before the next frame.
      requestAnimationFrame(() => {
        wasDragged.current = false;
      });
    };
    const listeners = [
      ['pointermove', onMove],
      ['pointerup', onEnd],
      ['pointercancel', onEnd],
    ] as const;
    wasDragged.current = false;
    for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener);
  };

  const onResizeStart = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget as HTMLElement;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const onMove = (moved: PointerEvent) => resize(width + moved.clientX - from);
    const onEnd = () => {
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', onEnd);
      handle.removeEventListener('pointercancel', onEnd);
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', onEnd);
    handle.addEventListener('pointercancel', onEnd);
  };
  const onAsAtFirst = () => {
    const { [id]: _chosen, ...widths } = view.get().widths;
    view.set({ ...view.get(), widths });
  };

  const onSort = () => {
    // The click that ends a drag sorts nothing.
    if (!wasDragged.current) view.set({ ...view.get(), sorting: { id, desc: sorted === 'asc' } });
  };

  return (
    <HeadCell
      {...COLUMN_HEAD}
      class={`col-${id}`}
      column={id}
      first={head.first}
      second={head.second}
      title={head.title}
      numeric={head.numeric ?? false}
      sorted={sorted}
      onSort={printing ? undefined : onSort}
      onKeyDown={onKeyDown}
      onPointerDown={onDragStart}
      after={<span class="head-grip" aria-hidden="true" onPointerDown={onResizeStart} onDblClick={onAsAtFirst} />}
    />
  );
}
