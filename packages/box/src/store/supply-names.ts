/** Supplies by name over time, as central names them: `toner/black`, `drum` without a color, `#2` for a second alike. */
import type { Supply } from '@rsb/contract';

export function supplyNames(supplies: readonly Supply[]): ReadonlyMap<string, Supply> {
  const named = new Map<string, Supply>();
  for (const supply of supplies) {
    const name = supply.color === null ? supply.type : `${supply.type}/${supply.color}`;
    let place = 1;
    while (named.has(place === 1 ? name : `${name}#${place}`)) place += 1;
    named.set(place === 1 ? name : `${name}#${place}`, supply);
  }
  return named;
}
