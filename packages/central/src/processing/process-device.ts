/**
 * All that the readings of one device say, from its first to its last. Pure: the same readings in any order, with or without
 * repeats, give the same lines; a late reading is heard by reading the history again.
 */
import { instant, isoInstant } from '@rsb/runtime';
import { countPages } from './counting.ts';
import { findingLines } from './findings.ts';
import type { DecideLine, EventLine, Line } from './lines.ts';
import type { LocalDays } from './local-days.ts';
import type { Observation } from './observation.ts';
import { inOrder, type Timed } from './order.ts';
import { silenceEvents, trackEvents } from './presence.ts';
import { replacementEvents } from './replacements.ts';
import type { ProcessingSettings } from './settings.ts';
import { tracksOf } from './tracks.ts';
import { addUsage, type DayUsage, usageLines } from './usage.ts';

export interface DeviceHistory {
  readonly device: string;
  readonly readings: readonly Timed[];
  /** One for each machine: more than one where machines share a serial number. */
  readonly tracks: readonly (readonly Timed[])[];
}

export function historyOf(device: string, observations: readonly Observation[]): DeviceHistory {
  const readings = inOrder(observations);
  return { device, readings, tracks: tracksOf(readings) };
}

/** `now`: the latest moment known of the whole fleet, for who has fallen silent. */
export function processDevice(
  { device, readings, tracks }: DeviceHistory,
  settings: ProcessingSettings,
  days: LocalDays,
  now: number,
): readonly Line[] {
  const first = readings[0];
  if (!first) return [];
  const usage: DayUsage = new Map();
  const lines: (readonly (EventLine | DecideLine)[])[] = [
    [
      {
        line: 'event',
        device,
        at: isoInstant(instant(first.at)),
        kind: 'new',
        detail: { address: first.seen.address, model: first.seen.model },
      },
    ],
    clashEvents(device, tracks),
    silenceEvents(device, readings, settings.silentHours, now),
  ];
  for (const track of tracks) {
    const counted = countPages(track, settings.pagesPerMinute);
    addUsage(usage, track, counted, days);
    lines.push(trackEvents(device, track), findingLines(device, track, counted), replacementEvents(device, track));
  }
  const inTime = lines.flat().sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return [...inTime, ...usageLines(device, usage, days)];
}

function clashEvents(device: string, tracks: DeviceHistory['tracks']): readonly EventLine[] {
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
