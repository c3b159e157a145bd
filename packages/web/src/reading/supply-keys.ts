/** Supplies by the names that their history bears: `toner/black`, `drum` without a colour, `#2` for a second alike. */
import type { Supply } from '@rsb/contract';

export function supplyKeys(supplies: readonly Supply[]): readonly string[] {
  const seen = new Map<string, number>();
  return supplies.map(({ type, color }) => {
    const name = color === null ? type : `${type}/${color}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}
