/** What a machine can have printed in a time: learned from its own past, and bounded by a speed. */

export interface Pace {
  /** Between two readings, in milliseconds. */
  readonly usualGap: number;
  /** More than this is unusual, though possible. */
  ordinary(duration: number): number;
  /** More than this the machine cannot have printed. */
  possible(duration: number): number;
  /** More than this, just when a driver or firmware changed, is another way of counting. */
  unsuspicious(duration: number): number;
  /** Largest first value of a count that began again at zero. */
  restart(duration: number): number;
  readonly learned: PaceLearned;
}

/** What is kept of a past that is not read again. */
export interface PaceLearned {
  /** Pages of each day on which it printed, by day number in UTC. */
  readonly days: readonly (readonly [number, number])[];
  /** Pages a minute that it showed again and again; 0 where it never did. */
  readonly speed: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A day many times the usual still happens: mailings, end of term; not many in a row. */
const HEAVY_DAY = 8;
const HEAVY_DAYS = 2;
/** Each further day of a long time without a reading. */
const BUSY_DAY = 3;
/** One big job on top, however little a machine is used otherwise: an hour and a half at full speed. */
const BIG_JOB = 5000;
/** After a longer time without a reading a count is not near zero any more. */
const NEAR_ZERO_DAYS = 14;
/** A reading takes time, and clocks differ by some minutes. */
const SLACK = 5 * MINUTE;
/** No machine is faster, whatever its counter says, in pages a minute. */
const FASTEST = 250;
/** Pages of a usual day of a machine of which little is known. */
const UNKNOWN_DAY = 300;
const FEW_DAYS = 5;
/** A machine is bought fast enough to print what a day brings in little more than an hour. */
const MINUTES_OF_USUAL_DAY = 80;

/** `times` and `values`: of one counter, in order; only differences are looked at. */
export function learnPace(
  times: readonly number[],
  rises: readonly number[],
  pagesPerMinute: number,
  past: PaceLearned | null = null,
): Pace {
  const durations = new Float64Array(rises.length);
  for (let index = 0; index < durations.length; index += 1)
    durations[index] = (times[index + 1] ?? 0) - (times[index] ?? 0);
  const shown = Math.max(ownSpeed(rises, durations), past?.speed ?? 0);
  const believed = Math.max(pagesPerMinute, shown);
  const { usual, days } = usualDay(times, rises, durations, believed, past?.days ?? []);
  const speed = Math.max(believed, usual / MINUTES_OF_USUAL_DAY);
  const usualGap = quantile(
    durations.filter((duration) => duration > 0),
    0.5,
    HOUR,
  );
  const peaks: number[] = [];
  for (let index = 0; index < durations.length; index += 1) {
    const rise = rises[index] ?? 0;
    if (rise > 0 && isNear(durations[index] ?? 0, usualGap)) peaks.push(rise);
  }
  const peak = quantile(peaks, 0.95, usual / 4);
  const daysOf = (duration: number, least: number) => Math.max(duration / DAY, least);
  const heavyDays = (days: number) =>
    HEAVY_DAY * Math.min(days, HEAVY_DAYS) + BUSY_DAY * Math.max(0, days - HEAVY_DAYS);
  const ordinary = (duration: number) => Math.max(12, 3 * usual * daysOf(duration, 0.25));
  return {
    usualGap,
    ordinary,
    possible: (duration) =>
      Math.min(((Math.max(0, duration) + SLACK) / MINUTE) * speed, BIG_JOB + usual * heavyDays(daysOf(duration, 1))),
    unsuspicious: (duration) =>
      Math.max(10, Math.min(1.5 * peak * Math.max(1, duration / usualGap), Math.max(1.5 * peak, ordinary(duration)))),
    // In working hours pages come twice as fast as over the whole day.
    restart: (duration) =>
      Math.max(
        20,
        2 * usual * Math.max(0.15, Math.min(duration / DAY, NEAR_ZERO_DAYS), Math.min(1, (2 * duration) / DAY)),
        1.5 * peak * Math.min(1, duration / usualGap),
      ),
    learned: { days: [...days].sort(([one], [other]) => one - other), speed: shown },
  };
}

const isNear = (duration: number, usual: number) => duration > 0 && duration <= 2 * usual;

/** Fewer rises say nothing of a machine's speed; of few, only what most of them show is believed. */
const FEW_RATES = 5;
const MANY_RATES = 50;

/** A daily reading is some minutes late now and then. */
const LATE = 2 * HOUR;

/** Only what it did again and again counts: one wrong rise makes no fast machine. */
function ownSpeed(rises: readonly number[], durations: Float64Array): number {
  const rates: number[] = [];
  for (const [index, rise] of rises.entries()) {
    const duration = durations[index] ?? 0;
    if (rise <= 0 || duration < 10 * MINUTE || duration > DAY + LATE) continue;
    const rate = (rise / duration) * MINUTE;
    if (rate <= FASTEST) rates.push(rate);
  }
  if (rates.length < FEW_RATES) return 0;
  return 1.3 * quantile(rates, rates.length < MANY_RATES ? 0.5 : 0.98, 0);
}

/** Pages of a day on which it is well used. Days offline say little, and count only where there is nothing else. */
function usualDay(
  times: readonly number[],
  rises: readonly number[],
  durations: Float64Array,
  speed: number,
  past: PaceLearned['days'],
): { readonly usual: number; readonly days: ReadonlyMap<number, number> } {
  // The first day of what is read may have begun before it.
  const whole = Math.floor((times[0] ?? 0) / DAY) + 1;
  const days = new Map(past.filter(([day]) => day < whole));
  const known = new Set(days.keys());
  const offline: number[] = [];
  for (const [index, rise] of rises.entries()) {
    const duration = durations[index] ?? 0;
    if (rise <= 0 || rise > ((duration + SLACK) / MINUTE) * speed) continue;
    if (duration > 1.5 * DAY) offline.push((rise / duration) * DAY);
    else {
      const day = Math.floor((times[index + 1] ?? 0) / DAY);
      if (!known.has(day)) days.set(day, (days.get(day) ?? 0) + rise);
    }
  }
  const active = [...days.values()];
  const looked = active.length >= 3 ? active : [...active, ...offline];
  const usual = quantile(looked, 0.8, UNKNOWN_DAY);
  return { usual: looked.length < FEW_DAYS ? Math.max(usual, UNKNOWN_DAY) : usual, days };
}

function quantile(values: readonly number[] | Float64Array, share: number, fallback: number): number {
  if (values.length === 0) return fallback;
  return smallest(Float64Array.from(values), Math.floor(share * (values.length - 1)));
}

/** The value that stands at `rank` once all are in order; only as much is put in order as that takes (Hoare's selection). */
function smallest(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] ?? 0;
}
