/** The levels of each supply of a machine over time, under names that stay with the same place in the machine. */
import type { SupplyLevel } from './observation.ts';
import type { Timed } from './timed.ts';

export interface LevelPoint {
  readonly at: number;
  /** 0 to 100; of a supply that tells only states, what the state stands for. */
  readonly level: number;
  readonly serial: string | null;
  /** Driver and firmware: another one may measure otherwise. */
  readonly made: string;
}

export interface SupplyHistory {
  /** `type/color`, `type` alone, `#2` for a second alike. */
  readonly supply: string;
  /** False where only states are told. */
  readonly measured: boolean;
  readonly points: readonly LevelPoint[];
}

/** Stand for "more than before" only; never shown. */
const NOT_LOW = 100;
const LEVEL_OF_STATE: Readonly<Record<string, number>> = {
  empty: 0,
  full: 0,
  low: 10,
  ok: NOT_LOW,
  someRemaining: NOT_LOW,
};

interface Gathered {
  readonly measured: LevelPoint[];
  readonly stated: LevelPoint[];
  /** Since when it has told only that something remains. */
  remainsSince: number | null;
}

/** Some machines tell of a new cartridge that something remains, and a level only days later: it has been there since. */
function measure(history: Gathered, point: LevelPoint): void {
  const last = history.measured.at(-1);
  if (history.remainsSince !== null && last && point.level > last.level)
    history.measured.push({ ...point, at: history.remainsSince });
  history.measured.push(point);
  history.remainsSince = null;
}

/** `past`: driver and firmware before the first of these readings. */
export function supplyHistories(
  readings: readonly Timed[],
  past: { readonly firmware: string; readonly driver: string } | null = null,
): readonly SupplyHistory[] {
  const nameOf = namesOf(readings);
  const histories = new Map<string, Gathered>();
  let firmware = past?.firmware ?? '';
  let driver = past?.driver ?? '';
  for (const { seen, at } of readings) {
    firmware = seen.firmware ?? firmware;
    driver = seen.driver ?? driver;
    const made = `${driver}\n${firmware}`;
    for (const [supply, { percent, state, serial }] of nameOf(seen.supplies ?? [])) {
      let history = histories.get(supply);
      if (!history) {
        history = { measured: [], stated: [], remainsSince: null };
        histories.set(supply, history);
      }
      const stated = Object.hasOwn(LEVEL_OF_STATE, state) ? LEVEL_OF_STATE[state] : undefined;
      if (percent !== null) measure(history, { at, level: percent, serial, made });
      else if (stated !== undefined) {
        history.stated.push({ at, level: stated, serial, made });
        history.remainsSince = stated === NOT_LOW ? (history.remainsSince ?? at) : null;
      }
    }
  }
  return [...histories].map(([supply, { measured, stated }]) =>
    measured.length > 0 ? { supply, measured: true, points: measured } : { supply, measured: false, points: stated },
  );
}

type Named = readonly (readonly [string, SupplyLevel])[];

/** Of several alike, the index in the machine's table says which is which, also where one is not told for a while. */
function namesOf(readings: readonly Timed[]): (supplies: readonly SupplyLevel[]) => Named {
  const known = new Map<readonly SupplyLevel[], Named>();
  const ordinals = new Map<string, readonly string[]>();
  for (const supplies of new Set(readings.map(({ seen }) => seen.supplies ?? []))) {
    for (const [name, alike] of Map.groupBy(supplies, (supply) => supply.name)) {
      if (alike.length > (ordinals.get(name)?.length ?? 0))
        ordinals.set(
          name,
          alike.map((supply) => supply.index).sort((one, other) => one.localeCompare(other, 'en', { numeric: true })),
        );
    }
  }
  return (supplies) => {
    const done = known.get(supplies);
    if (done) return done;
    const taken = new Set<string>();
    const named = supplies.map((supply) => {
      const order = ordinals.get(supply.name) ?? [];
      const place = order.length > 1 ? order.indexOf(supply.index) : 0;
      const nameAt = (ordinal: number) => (ordinal === 0 ? supply.name : `${supply.name}#${ordinal + 1}`);
      let ordinal = Math.max(0, place);
      while (taken.has(nameAt(ordinal))) ordinal += 1;
      taken.add(nameAt(ordinal));
      return [nameAt(ordinal), supply] as const;
    });
    known.set(supplies, named);
    return named;
  };
}
