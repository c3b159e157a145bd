/**
 * In which order the credentials of a range are tried: what answered at the address last, then what answered most in the
 * range. An address of which nothing is known is asked for two of them at first: most addresses never answer. The others
 * follow when all else is done, once; from the next scan on they take turns.
 */
export interface CredentialOrder {
  /**
   * Places in the range's credentials, the likeliest first. `silentScans`: after so many scans in which the address was
   * silent, each of which takes its turn; null where no scan follows, so that all are asked in this one.
   */
  order(preferred: number | undefined, silentScans: number | null): readonly number[];
  /** Places that `tried` left out, the likeliest by now first. */
  others(tried: readonly number[]): readonly number[];
  worked(place: number): void;
}

/** Requests to an address that may never answer: the likeliest, and the others in turn from scan to scan. */
export const MOST_TO_SILENT = 2;

/** `known`: how many machines of the range each credential answers for. */
export function createCredentialOrder(count: number, known: readonly number[] = []): CredentialOrder {
  const wins = Array.from({ length: count }, (_, place) => known[place] ?? 0);
  const likeliest = () => [...wins.keys()].sort((a, b) => (wins[b] ?? 0) - (wins[a] ?? 0) || a - b);
  return {
    worked(place) {
      if (place < count) wins[place] = (wins[place] ?? 0) + 1;
    },
    others: (tried) => likeliest().filter((place) => !tried.includes(place)),
    order(preferred, silentScans) {
      const places = likeliest();
      const first = preferred !== undefined && preferred < count ? preferred : places[0];
      if (first === undefined) return [];
      const others = places.filter((place) => place !== first);
      // A machine that answered once is worth them all.
      if (silentScans === null || preferred === first || count <= MOST_TO_SILENT) return [first, ...others];
      const turn = others[silentScans % others.length];
      return turn === undefined ? [first] : [first, turn];
    },
  };
}
