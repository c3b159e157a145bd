/** What alert rules need of a reading: its state, errors and supplies, tolerant of what other versions add or leave out. */

export interface SupplyFact {
  /** Tells two alike apart: the machine's own index. */
  readonly index: string;
  readonly type: string;
  readonly color: string | null;
  readonly percent: number | null;
  readonly state: string;
}

/** null: this reading does not tell. */
export interface ReadingFacts {
  readonly state: string | null;
  readonly errors: readonly string[] | null;
  readonly supplies: readonly SupplyFact[] | null;
}

/** What stands after all readings until now: what a reading does not tell stays as it was. */
export interface StandingFacts extends ReadingFacts {
  readonly lastAt: number | null;
}

export const NO_FACTS: StandingFacts = { state: null, errors: null, supplies: null, lastAt: null };

type Members = Readonly<Record<string, unknown>>;
const members = (value: unknown): Members | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null;
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 64) : null;
const MOST_SUPPLIES = 200;
const MOST_ERRORS = 50;

/** Equal facts are one object: a fleet's readings repeat them. */
export function factsReader(): (reading: unknown) => ReadingFacts {
  const known = new Map<string, ReadingFacts>();
  return (reading) => {
    const facts = factsOf(reading);
    const key = JSON.stringify(facts);
    const same = known.get(key);
    if (same) return same;
    known.set(key, facts);
    return facts;
  };
}

export function factsOf(reading: unknown): ReadingFacts {
  const value = members(reading);
  const missing = members(value?.['completeness'])?.['missing'];
  const isMissing = (part: string) => Array.isArray(missing) && missing.includes(part);
  const status = isMissing('status') ? null : members(value?.['status']);
  const supplies = isMissing('supplies') ? null : value?.['supplies'];
  const state = textOf(status?.['state']);
  const errors = status?.['errors'];
  return {
    // A machine that says nothing of its state has not got better by that.
    state: state === 'unknown' ? null : state,
    errors: Array.isArray(errors)
      ? [...new Set(errors.slice(0, MOST_ERRORS).flatMap((error) => textOf(error) ?? []))].sort()
      : null,
    supplies: Array.isArray(supplies) ? supplies.slice(0, MOST_SUPPLIES).flatMap(supplyOf) : null,
  };
}

function supplyOf(entry: unknown, place: number): SupplyFact[] {
  const supply = members(entry);
  const type = textOf(supply?.['type']);
  if (!supply || type === null) return [];
  const percent = supply['percent'];
  return [
    {
      index: textOf(supply['index']) ?? String(place),
      type,
      color: textOf(supply['color']),
      percent: typeof percent === 'number' && percent >= 0 && percent <= 100 ? percent : null,
      state: textOf(supply['state']) ?? 'unknown',
    },
  ];
}

export function standing(before: StandingFacts, told: ReadingFacts, at: number): StandingFacts {
  return {
    state: told.state ?? before.state,
    errors: told.errors ?? before.errors,
    supplies: told.supplies ?? before.supplies,
    lastAt: Math.max(at, before.lastAt ?? at),
  };
}
