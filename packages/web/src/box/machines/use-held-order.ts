/** Holds the order of the list while the pointer is over it, and tells how many rows would move. */
import { useMemo, useRef, useState } from 'preact/hooks';
import { holdOrder } from './held-order.ts';

export interface HeldOrder {
  readonly order: readonly string[];
  readonly moved: number;
  readonly sortAgain: () => void;
  /** The pointer came over the list, or left it. */
  readonly pointer: (isInside: boolean) => void;
}

/** `wish` names what the reader asked for: once that changes, nothing is held. */
export function useHeldOrder(sorted: readonly string[], wish: string): HeldOrder {
  const inside = useRef(false);
  const held = useRef<{ readonly wish: string; readonly order: readonly string[] }>({ wish, order: sorted });
  const [turn, redraw] = useState(0);
  // Worked out once for an order, not at every scroll of the list.
  const { order, moved } = useMemo(() => {
    const isHeld = inside.current && held.current.wish === wish;
    const found = isHeld ? holdOrder(held.current.order, sorted) : { order: sorted, moved: 0 };
    held.current = { wish, order: found.order };
    return found;
  }, [sorted, wish, turn]);
  return {
    order,
    moved,
    sortAgain: () => {
      held.current = { wish, order: sorted };
      redraw((times) => times + 1);
    },
    pointer: (isInside) => {
      inside.current = isInside;
      if (!isInside && moved > 0) redraw((times) => times + 1);
    },
  };
}
