/**
 * In which order the credentials of a range are tried: what answered at the address last, then what answered most in the
 * range. An address that answered none of them in an earlier scan is not asked for all of them again and again.
 */
export interface CredentialOrder {
  /** Places in the range's credentials, the likeliest first. `silentScans`: after so many scans in which all were silent. */
  order(preferred: number | undefined, silentScans: number): readonly number[];
  worked(place: number): void;
}

/** Requests to an address that was silent to everything before: the likeliest, and the others in turn. */
const MOST_TO_SILENT = 2;

/** `known`: how many machines of the range each credential answers for. */
export function createCredentialOrder(count: number, known: readonly number[] = []): CredentialOrder {
  const wins = Array.from({ length: count }, (_, place) => known[place] ?? 0);
  return {
    worked(place) {
      if (place < count) wins[place] = (wins[place] ?? 0) + 1;
    },
    order(preferred, silentScans) {
      const places = [...wins.keys()].sort((a, b) => (wins[b] ?? 0) - (wins[a] ?? 0) || a - b);
      const first = preferred !== undefined && preferred < count ? preferred : places[0];
      if (first === undefined) return [];
      const others = places.filter((place) => place !== first);
      if (silentScans === 0 || count <= MOST_TO_SILENT) return [first, ...others];
      const turn = others[(silentScans - 1) % others.length];
      return turn === undefined ? [first] : [first, turn];
    },
  };
}
