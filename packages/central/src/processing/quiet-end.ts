/**
 * Most readings of most machines say that a few pages more were printed and nothing else. Where the end of a history is
 * quiet, one reading more is worked through with its last days in view, not with its last weeks: the same code over a
 * shorter stretch. Whatever is not quiet in it, and each day once, the whole is read from the last cut.
 */
import type { Checkpoint } from './checkpoint.ts';
import { checkpointAt, firstFrom, isSmooth, type Side, usageOf } from './cuts.ts';
import type { LocalDays } from './local-days.ts';
import { COUNTS } from './observation.ts';
import type { Stretch } from './stretch.ts';
import { supplyHistories } from './supply-levels.ts';
import type { Timed } from './timed.ts';
import { addUsage } from './usage.ts';

const DAY = 86_400_000;
/** Longer than any judgement is open: a fall for 60 hours, a small rise of a level for six days. */
const QUIET = 6 * DAY;
const QUIET_READINGS = 60;
/** A level that rose by so much is judged sooner. */
const BIG_RISE = 30;
const BIG_RISE_JUDGED = 3 * DAY;
/** What is read again with each reading, and what it is judged beside. */
const READ_AGAIN = 2 * DAY;
const BESIDE: Side = { time: DAY, readings: 20 };
/** A gauge that trembles. */
const JITTER = 2;

/** A checkpoint near the end; undefined where the end is not quiet. */
export function quietCheckpoint(open: Stretch, last: Checkpoint | null, days: LocalDays): Checkpoint | undefined {
  const readings = open.tracks[0]?.readings ?? [];
  const lastAt = readings.at(-1)?.at ?? 0;
  const begins = Math.min(firstFrom(readings, lastAt - QUIET), readings.length - QUIET_READINGS);
  if (begins < 0 || !isQuiet(open, begins)) return undefined;
  const at = lastAt - READ_AGAIN;
  const usage = usageOf(last);
  const belongs = (moment: number) => moment >= (last?.at ?? Number.NEGATIVE_INFINITY) && moment < at;
  for (const track of open.tracks) addUsage(usage, track.readings, track.counted, days, belongs);
  return checkpointAt({ at, end: readings.length }, open, usage, last, days, BESIDE);
}

/** From a position on nothing happened but pages, and nothing waits for a judgement. */
export function isQuiet(stretch: Stretch, begins = 0): boolean {
  const readings = stretch.tracks[0]?.readings ?? [];
  const since = readings[begins]?.at ?? Number.NEGATIVE_INFINITY;
  const lastAt = readings.at(-1)?.at ?? 0;
  const happened = stretch.lines.some((line) => {
    const isSupply = line.line === 'event' && line.kind === 'supplyReplaced';
    return Date.parse(line.at) >= (isSupply ? Math.max(since, lastAt - BIG_RISE_JUDGED) : since);
  });
  return !happened && isRising(stretch, begins) && areSuppliesFalling(readings.slice(begins));
}

/** From a position on every value was believed, and each followed from the one before by difference. */
export function isRising({ tracks }: Stretch, begins = 0): boolean {
  const [track] = tracks;
  if (!track || tracks.length > 1) return false;
  const { readings, counted } = track;
  if (readings.some(({ clockRight }, position) => position >= begins && !clockRight)) return false;
  if (counted.stuck.some(({ to }) => to >= begins)) return false;
  if (counted.exchanged.at(begins) !== counted.exchanged.at(-1)) return false;
  return COUNTS.every((count) => isSmooth(track, count, begins, readings.length));
}

function areSuppliesFalling(readings: readonly Timed[]): boolean {
  const judged = (readings.at(-1)?.at ?? 0) - BIG_RISE_JUDGED;
  return supplyHistories(readings).every(({ points }) => {
    let least = Number.POSITIVE_INFINITY;
    let serial: string | null = null;
    for (const point of points) {
      const isJudged = point.at < judged && point.level >= least + BIG_RISE;
      const isOther = serial !== null && point.serial !== null && serial !== point.serial;
      if (!isJudged && (isOther || point.level > least + JITTER)) return false;
      least = isJudged ? point.level : Math.min(least, point.level);
      serial = point.serial ?? serial;
    }
    return true;
  });
}
