/** When people are in the office, and how much of a day's work falls into a minute, by the local time of the site. */

/** Share of a working day by local hour; noon is quiet, and a little is done before eight and after six. */
const HOUR_WEIGHTS: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0.3, 1, 1.4, 1.5, 1.2, 0.35, 0.6, 1.3, 1.3, 1.1, 0.7, 0.2, 0, 0, 0, 0, 0,
];
const DAY_WEIGHT = HOUR_WEIGHTS.reduce((sum, weight) => sum + weight, 0);
/** A few come in on Saturday morning; on Sunday nobody. */
const SATURDAY = 0.03;

/** All machines of a site live through the same hours, one after the other: three months are kept. */
const QUARTERS_KEPT = 9000;

const MINUTE = 60_000;
const HOUR = 3_600_000;

export interface OfficeMinute {
  /** Part of a working day's pages that falls into this minute: 0 at night. */
  readonly share: number;
  /** Whether somebody is there to fill a tray or clear a jam. */
  readonly staffed: boolean;
}

const CLOSED: OfficeMinute = { share: 0, staffed: false };

export interface OfficeHours {
  /** `minute` counts from 1970 (UTC). */
  at(minute: number): OfficeMinute;
}

export function officeHours(zone: string): OfficeHours {
  const known = new Map<number, OfficeMinute>();
  return {
    at(minute) {
      // Every zone's offset is a multiple of 15 minutes, so a quarter of an hour has one local hour.
      const quarter = Math.floor(minute / 15);
      let found = known.get(quarter);
      if (found === undefined) {
        if (known.size >= QUARTERS_KEPT) known.clear();
        found = localMinute(quarter * 15 * MINUTE, zone);
        known.set(quarter, found);
      }
      return found;
    },
  };
}

function localMinute(epochMilliseconds: number, zone: string): OfficeMinute {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(zone);
  const weight = HOUR_WEIGHTS[local.hour] ?? 0;
  const day = local.dayOfWeek === 7 ? 0 : local.dayOfWeek === 6 ? (local.hour < 12 ? SATURDAY : 0) : 1;
  if (weight === 0 || day === 0) return CLOSED;
  return { share: (weight * day) / DAY_WEIGHT / (HOUR / MINUTE), staffed: true };
}
