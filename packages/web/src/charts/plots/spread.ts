/** Places for the words beside lines that end close to one another. */

/** Words keep their distance, in the order of their lines. */
export function spread(wanted: readonly number[], apart: number, top: number, bottom: number): readonly number[] {
  const order = wanted.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y);
  let last = Number.NEGATIVE_INFINITY;
  for (const word of order) {
    word.y = Math.max(word.y, last + apart, top);
    last = word.y;
  }
  let next = Number.POSITIVE_INFINITY;
  for (const word of [...order].reverse()) {
    word.y = Math.min(word.y, next - apart, bottom);
    next = word.y;
  }
  const placed = [...wanted];
  for (const { y, at } of order) placed[at] = y;
  return placed;
}
