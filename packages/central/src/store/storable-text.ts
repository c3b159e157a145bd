/** Text that both engines keep: PostgreSQL refuses NUL, and a lone surrogate has no UTF-8. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
