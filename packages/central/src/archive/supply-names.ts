/** Supplies by name over time: `toner/black`, `drum` without a color, `#2` for a second alike. */
import type { Supply } from '@rsb/contract';

export function nameSupplies(supplies: readonly Supply[]): { readonly name: string; readonly supply: Supply }[] {
  const seen = new Map<string, number>();
  return supplies.map((supply) => {
    const alike = supply.color === null ? supply.type : `${supply.type}/${supply.color}`;
    const count = (seen.get(alike) ?? 0) + 1;
    seen.set(alike, count);
    return { name: count === 1 ? alike : `${alike}#${count}`, supply };
  });
}
