/**
 * All that the readings of one device say, from its first to its last. Pure: the same readings in any order, with or without
 * repeats, give the same lines; a late reading is heard by reading again from the last cut before it.
 *
 * A long history is cut where it is calm. What is settled before a cut is not read again: from a checkpoint the same lines
 * follow as from the beginning, because the whole is read from cut to cut too (decision record 0017).
 */
import { type Answers, NO_ANSWERS } from './answers.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checkpointAt, findCut, isCalm, standsBefore, usageOf } from './cuts.ts';
import type { DecideLine, EventLine, Line } from './lines.ts';
import type { LocalDays } from './local-days.ts';
import type { Observation } from './observation.ts';
import { inOrder } from './order.ts';
import type { ProcessingSettings } from './settings.ts';
import { type Stretch, workThrough } from './stretch.ts';
import type { Timed } from './timed.ts';
import { addUsage, type DayUsage, usageLines } from './usage.ts';

export interface DeviceHistory {
  readonly device: string;
  readonly readings: readonly Timed[];
}

export interface Worked {
  /** Of everything from the checkpoint on: events and questions in time, then days. */
  readonly lines: readonly Line[];
  /** Pages of each of those days, by hour too. */
  readonly usage: DayUsage;
  /** Cuts that were made on the way, in time. */
  readonly cuts: readonly Checkpoint[];
  /** From the last cut to the end. */
  readonly open: Stretch;
}

export interface WorkNeeds {
  readonly settings: ProcessingSettings;
  readonly days: LocalDays;
  /** The latest moment known of the whole fleet, for who has fallen silent. */
  readonly now: number;
  readonly answers?: Answers;
  /** The history is complete, as a replayed file's is: no later reading will explain its last ones. */
  readonly isEnd?: boolean;
  /** Sees each stretch that is read, and whether what ends at a moment belongs to it. */
  readonly visit?: (stretch: Stretch, belongs: (at: number) => boolean) => void;
}

export function historyOf(device: string, observations: readonly Observation[]): DeviceHistory {
  return { device, readings: inOrder(observations) };
}

/** A device's complete history. */
export function processDevice(
  history: DeviceHistory,
  settings: ProcessingSettings,
  days: LocalDays,
  now: number,
): readonly Line[] {
  return processFrom(null, history, { settings, days, now, isEnd: true }).lines;
}

/** `readings` are those of the checkpoint's context and all after it, in order. */
export function processFrom(from: Checkpoint | null, { device, readings }: DeviceHistory, needs: WorkNeeds): Worked {
  const { settings, days, answers = NO_ANSWERS, isEnd = false } = needs;
  const usage: DayUsage = usageOf(from);
  const found: (EventLine | DecideLine)[] = [];
  const cuts: Checkpoint[] = [];
  let last = from;
  let context = 0;
  const take = (stretch: Stretch, before: number) => {
    const { tracks, lines } = stretch;
    const after = last?.at ?? Number.NEGATIVE_INFINITY;
    const belongs = (at: number) => at >= after && at < before;
    needs.visit?.(stretch, belongs);
    for (const track of tracks) addUsage(usage, track.readings, track.counted, days, belongs);
    for (const line of lines) if (belongs(Date.parse(line.at))) found.push(line);
  };
  for (let tries = 1; ; ) {
    const cut = findCut(readings, context, last?.at ?? null, tries);
    if (!cut) break;
    const looked = readings.slice(context, cut.end);
    const now = looked.at(-1)?.at ?? 0;
    const stretch = workThrough(looked, last?.past ?? null, { device, settings, answers, now, isEnd: false });
    if (!isCalm(stretch, cut)) {
      tries *= 2;
      continue;
    }
    take(stretch, cut.at);
    last = checkpointAt(cut, stretch, usage, last, days);
    cuts.push(last);
    context += standsBefore(looked, last.context.length, cut.at);
    tries = 1;
  }
  const open = workThrough(readings.slice(context), last?.past ?? null, {
    device,
    settings,
    answers,
    now: needs.now,
    isEnd,
  });
  take(open, Number.POSITIVE_INFINITY);
  found.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { lines: [...found, ...usageLines(device, usage, days)], usage, cuts, open };
}
