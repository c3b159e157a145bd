/** Signs that turn the direction of writing for what stands beside them too (UAX 9): no name and no note needs them. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Text that both engines keep: PostgreSQL refuses NUL, and a lone surrogate has no UTF-8. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replaceAll(TURNS, '').toWellFormed();
}
