/** The allow-list: which objects may be asked at all. An entry is a scalar or a column; any instance below it is allowed. */
import type { AllowList } from './engine.ts';
import { compareOid, isWithin, type Oid } from './oid.ts';

export function allowList(entries: Iterable<Oid>): AllowList {
  const sorted = [...new Set(entries)].sort(compareOid);
  // Entries below another one add nothing; without them the only candidate is the last entry not after a name.
  const widest: Oid[] = [];
  for (const entry of sorted) {
    const last = widest.at(-1);
    if (last === undefined || !isWithin(last, entry)) widest.push(entry);
  }
  return {
    entries: sorted,
    allows(name) {
      let low = 0;
      let high = widest.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compareOid(widest[middle] as Oid, name) <= 0) low = middle + 1;
        else high = middle;
      }
      const candidate = widest[low - 1];
      return candidate !== undefined && isWithin(candidate, name);
    },
  };
}
