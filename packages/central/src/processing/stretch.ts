/** One stretch of a device's readings worked through at once: what is counted in it and what happened in it. */
import { instant, isoInstant } from '@rsb/runtime';
import { type Answers, answeredMoments, applyAnswers, questionKey } from './answers.ts';
import type { DevicePast } from './checkpoint.ts';
import { type Counted, countPages } from './counting.ts';
import { findingLines } from './findings.ts';
import type { DecideLine, EventLine } from './lines.ts';
import { silenceEvents, trackEvents } from './presence.ts';
import { printed } from './quantity.ts';
import { replacementEvents } from './replacements.ts';
import type { ProcessingSettings } from './settings.ts';
import type { Timed } from './timed.ts';
import { mainCount, tracksOf } from './tracks.ts';

export interface CountedTrack {
  readonly readings: readonly Timed[];
  readonly counted: Counted;
}

export interface Stretch {
  /** One for each machine: more than one where machines share a serial number. */
  readonly tracks: readonly CountedTrack[];
  /** In time. */
  readonly lines: readonly (EventLine | DecideLine)[];
}

export interface StretchNeeds {
  readonly device: string;
  readonly settings: ProcessingSettings;
  readonly answers: Answers;
  /** The latest moment known of the whole fleet, for who has fallen silent. */
  readonly now: number;
  /** Nothing comes after these readings: what is doubtful at their end stays so. */
  readonly isEnd: boolean;
}

const HOUR = 3_600_000;

export function workThrough(readings: readonly Timed[], past: DevicePast | null, needs: StretchNeeds): Stretch {
  const { device, settings, answers, now, isEnd } = needs;
  const first = readings[0];
  if (!first) return { tracks: [], lines: [] };
  const split = tracksOf(readings);
  const lines: (readonly (EventLine | DecideLine)[])[] = [
    past ? [] : [newEvent(device, first)],
    clashEvents(device, split.uncounted ? [...split.tracks, split.uncounted] : split.tracks),
    split.uncounted ? twoMachines(device, split.tracks[0] ?? [], split.uncounted, answers) : [],
    silenceEvents(device, readings, settings.silentHours, now),
  ];
  const { pagesPerMinute, silentHours } = settings;
  const answered = answeredMoments(answers);
  // As long as the next reading is due, it may explain the last one; a silent machine's is asked about.
  const isOver = (at: number) => isEnd || at + silentHours * HOUR < now || answered.has(at);
  const tracks = split.tracks.map((track) => {
    const counted = applyAnswers(countPages(track, { pagesPerMinute, past, isOver }), track, answers);
    lines.push(
      trackEvents(device, track, past && { home: past.home, firmware: past.firmwareTold }),
      findingLines(device, track, counted),
      replacementEvents(device, track, past && { ...past, steps: past.supplies }),
    );
    return { readings: track, counted };
  });
  return { tracks, lines: lines.flat().sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)) };
}

const newEvent = (device: string, { seen, at }: Timed): EventLine => ({
  line: 'event',
  device,
  at: isoInstant(instant(at)),
  kind: 'new',
  detail: { address: seen.address, model: seen.model },
});

/** Which pages are whose, nobody can know: those of one are counted, and a person is asked about the other. */
function twoMachines(
  device: string,
  counted: readonly Timed[],
  uncounted: readonly Timed[],
  answers: Answers,
): readonly DecideLine[] {
  const [first, last] = [uncounted[0], uncounted.at(-1)];
  if (!first || !last) return [];
  const before = counted.findLast(({ at }) => at <= first.at) ?? first;
  const [from, at, to] = [before, first, last].map((timed) => isoInstant(instant(timed.at)));
  const question: DecideLine = {
    line: 'decide',
    device,
    at: at ?? '',
    why: 'twoMachines',
    from: from ?? '',
    to: to ?? '',
    counts: [
      {
        count: 'all',
        before: printed(mainCount(first) ?? 0),
        after: printed(mainCount(last) ?? 0),
        answers: [{ answer: 'nothing', pages: 0 }],
      },
    ],
  };
  return answers.has(questionKey(question)) ? [] : [question];
}

function clashEvents(device: string, tracks: readonly (readonly Timed[])[]): readonly EventLine[] {
  const events: EventLine[] = [];
  for (const [index, track] of tracks.entries()) {
    const [begins, ends] = [track[0]?.at ?? 0, track.at(-1)?.at ?? 0];
    const other = tracks.slice(0, index).find((each) => (each[0]?.at ?? 0) <= ends && (each.at(-1)?.at ?? 0) >= begins);
    if (!other) continue;
    events.push({
      line: 'event',
      device,
      at: isoInstant(instant(begins)),
      kind: 'clash',
      detail: { address: other[0]?.seen.address ?? null, otherAddress: track[0]?.seen.address ?? null },
    });
  }
  return events;
}
