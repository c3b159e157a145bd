/** Holds the order of the list while the pointer is over it, and tells how many rows would move. */
import { useMemo, useRef, useState } from 'preact/hooks';
import { holdOrder } from './held-order.ts';
import type { MachineRow } from './machine-row.ts';

export interface HeldOrder {
  readonly order: readonly MachineRow[];
  readonly moved: number;
  readonly sortAgain: () => void;
  /** The pointer came over the list, or left it. */
  readonly pointer: (isInside: boolean) => void;
}

const idOf = (row: MachineRow): string => row.id;

function held(before: readonly MachineRow[], sorted: readonly MachineRow[]): Pick<HeldOrder, 'order' | 'moved'> {
  // The usual change is one of values: every row stands where it stood.
  if (before.length === sorted.length && before.every((row, at) => row.id === sorted[at]?.id))
    return { order: sorted, moved: 0 };
  const now = new Map(sorted.map((row) => [row.id, row]));
  const { order, moved } = holdOrder(before.map(idOf), sorted.map(idOf));
  return { order: order.flatMap((id) => now.get(id) ?? []), moved };
}

/** `wish` names what the reader asked for: once that changes, nothing is held. */
export function useHeldOrder(sorted: readonly MachineRow[], wish: string): HeldOrder {
  const inside = useRef(false);
  const kept = useRef<{ readonly wish: string; readonly order: readonly MachineRow[] }>({ wish, order: sorted });
  const [turn, redraw] = useState(0);
  // Worked out once for an order, not at every scroll of the list.
  const { order, moved } = useMemo(() => {
    const isHeld = inside.current && kept.current.wish === wish;
    const found = isHeld ? held(kept.current.order, sorted) : { order: sorted, moved: 0 };
    kept.current = { wish, order: found.order };
    return found;
  }, [sorted, wish, turn]);
  return {
    order,
    moved,
    sortAgain: () => {
      kept.current = { wish, order: sorted };
      redraw((times) => times + 1);
    },
    pointer: (isInside) => {
      inside.current = isInside;
      if (!isInside && moved > 0) redraw((times) => times + 1);
    },
  };
}
