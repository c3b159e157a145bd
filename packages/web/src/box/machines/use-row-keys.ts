/** Keys and clicks that act on rows: arrows, `x`, `r`, Shift for a range (LOOK §6). */
import { useEffect, useRef } from 'preact/hooks';
import type { MachineRow } from './machine-row.ts';

export interface RowKeysOptions {
  /** In the order shown. */
  readonly rows: readonly MachineRow[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onRead: ((id: string) => void) | null;
  /** Brings the row into view and its link into focus. */
  readonly focus: (id: string, index: number) => void;
}

const placeOf = (rows: readonly MachineRow[], id: string): number => rows.findIndex((row) => row.id === id);

/** Answers a function that stays the same while rows come and go: rows are drawn again only for their own sake. */
export function useRowKeys(options: RowKeysOptions): (id: string, on: boolean, shift: boolean) => void {
  const latest = useRef(options);
  latest.current = options;
  const anchor = useRef<string | null>(null);
  const select = useRef((id: string, on: boolean, shift: boolean) => {
    const { rows, selected, onSelect } = latest.current;
    const next = new Set(selected);
    const from = shift && anchor.current ? placeOf(rows, anchor.current) : -1;
    const to = placeOf(rows, id);
    const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
    for (const each of from < 0 ? [id] : range) {
      if (on) next.add(each);
      else next.delete(each);
    }
    anchor.current = id;
    onSelect(next);
  }).current;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const elsewhere = target.closest('input:not([type="checkbox"]), select, dialog, [popover], form');
      if (event.ctrlKey || event.metaKey || event.altKey || elsewhere) return;
      const { rows, selected, onRead, focus } = latest.current;
      const id = target.closest<HTMLElement>('tr[data-id]')?.dataset.id;
      if (id === undefined && target !== document.body) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const at = id === undefined ? -1 : placeOf(rows, id);
        const to = Math.max(0, Math.min(rows.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
        const next = rows[to];
        if (next) focus(next.id, to);
      } else if (id !== undefined && event.key.toLowerCase() === 'x') select(id, !selected.has(id), event.shiftKey);
      else if (id !== undefined && event.key === 'r') onRead?.(id);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [select]);
  return select;
}
