/** Rows do not change places under the pointer: the order is held until the reader asks or leaves (LOOK §6). */

export interface Held {
  /** Ids as they are to be shown. */
  readonly order: readonly string[];
  /** How many would stand elsewhere by the order that holds now. */
  readonly moved: number;
}

/** Rows that are gone leave, new ones come at the end; the rest stay where they were. */
export function holdOrder(before: readonly string[], sorted: readonly string[]): Held {
  const present = new Set(sorted);
  const known = new Set(before);
  const order = [...before.filter((id) => present.has(id)), ...sorted.filter((id) => !known.has(id))];
  const moved = order.reduce((count, id, at) => count + (sorted[at] === id ? 0 : 1), 0);
  return { order, moved };
}
