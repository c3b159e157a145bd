/**
 * Whether a range can be reached at all. Where the box has no way there, or all machines of a range fall silent at once,
 * the fault is the box's or the line's and not each machine's: they keep their last state, with its age.
 */
import type { Completeness, RangeFinding } from '@rsb/contract';
import { type Clock, type Instant, isoInstant, type Log } from '@rsb/runtime';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { type FoundRange, isUnreached, type RangeFindings } from '../store/range-findings.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import type { Feed } from './feed.ts';
import type { OwnNetwork } from './own-network.ts';
import { isSilentHabitually } from './presence.ts';
import type { Recorder } from './recorder.ts';
import type { Silences } from './silences.ts';

/** What a scan saw of a range beside the machines that are known in it. */
export interface SweptNetwork {
  /** Whether anything at all answered there. */
  readonly heard: boolean;
  readonly finding: RangeFinding | null;
}

/** One round of reads: silence counts only when it is over, and the whole of a range is known. */
export interface Round {
  answered(address: string): void;
  silent(device: DeviceRecord, completeness: Completeness): void;
  /** To be called once, unless the round was ended before its end. */
  conclude(swept?: ReadonlyMap<string, SweptNetwork>): void;
}

export interface Reach {
  round(): Round;
  /** A machine answered: its range is reached. */
  seen(address: string): void;
  isUnreached(address: string): boolean;
  /** Ranges that are on and were not reached the last time. */
  unreached(): readonly FoundRange[];
  finding(range: string): RangeFinding | null;
}

export interface ReachDeps {
  readonly findings: RangeFindings;
  readonly ranges: () => readonly ActiveRange[];
  readonly devices: Devices;
  readonly silences: Silences;
  readonly recorder: Pick<Recorder, 'recordSilence'>;
  readonly network: OwnNetwork;
  readonly clock: Clock;
  readonly log: Log;
  readonly feed: Feed;
  /** Some range is reached again, or no longer. */
  readonly onChange: () => void;
}

/** One machine that falls silent is that machine's matter. */
const ENOUGH_SILENT = 2;

interface Held {
  readonly device: DeviceRecord;
  readonly completeness: Completeness;
  readonly at: Instant;
}

export function createReach(deps: ReachDeps): Reach {
  const { findings, ranges, devices, silences, recorder, network, clock, log, feed, onChange } = deps;
  /** Asked for each machine that answers, and nearly always empty. */
  let unreachedNames = new Set<string>();
  const rememberNames = () => {
    unreachedNames = new Set(findings.all().flatMap((each) => (isUnreached(each.finding) ? [each.range] : [])));
  };
  rememberNames();
  const unreachedRange = (address: string) =>
    unreachedNames.size === 0 ? undefined : unreachedIn(rangeOf(ranges(), address)?.name);
  const unreachedIn = (range: string | undefined) =>
    range !== undefined && unreachedNames.has(range) ? range : undefined;
  const unreachedOf = (range: string) => {
    const found = findings.find(range);
    return found && isUnreached(found.finding) ? found : null;
  };

  const save = (range: string, finding: RangeFinding | null) => {
    const before = unreachedOf(range);
    if (!findings.save(range, finding, clock.now())) return;
    rememberNames();
    const isLost = finding !== null && isUnreached(finding);
    if (isLost) log.warn('a range is not reached', { range, finding });
    else if (before) log.info('a range is reached again', { range, since: isoInstant(before.since) });
    if (isLost || before) onChange();
  };

  /** Whether its silence is news: it answered the last time, and does not sleep at this hour. */
  const isNews = ({ device: { id, presence } }: Held) =>
    presence === 'answering' && !isSilentHabitually(silences.recent(id), clock.now());

  const judge = (range: string, held: readonly Held[], reached: boolean): RangeFinding | null => {
    if (reached || held.length === 0) return null;
    const isRefused = ({ completeness }: Held) => Object.values(completeness.reasons).includes('noRoute');
    if (held.every((each) => isRefused(each) || network.isLost(each.device.address))) return 'noWay';
    if (held.filter(isNews).length >= ENOUGH_SILENT) return 'allSilent';
    // A few of its machines were asked whether it is reached again.
    return unreachedOf(range)?.finding === 'allSilent' && monitoredIn(range) > held.length ? 'allSilent' : null;
  };

  const monitoredIn = (name: string) => {
    const range = ranges().find((each) => each.name === name);
    return devices.all().filter(({ address, monitored, displacedBy }) => {
      return monitored && displacedBy === null && range?.addresses.has(address) === true;
    }).length;
  };

  const record = ({ device: { id }, completeness, at }: Held) => {
    const device = devices.find(id);
    // Somebody else's read may have met it meanwhile.
    if (!device?.monitored || device.displacedBy !== null || device.lastSeen >= at) return;
    recorder.recordSilence(device, completeness);
    feed.publish({ kind: 'device', id });
  };

  const concludeRange = (range: string, held: readonly Held[], answered: boolean, swept: SweptNetwork | undefined) => {
    const heard = swept?.heard === true && swept.finding !== 'snmpFiltered';
    const reached = answered || heard;
    const unreached = judge(range, held, reached) ?? (swept?.finding === 'noWay' ? 'noWay' : null);
    if (unreached === null) {
      for (const each of held) record(each);
      if (swept) save(range, swept.finding);
      else if (reached || held.length > 0) forget(range);
      return;
    }
    // That they are silent at this hour may be their habit all the same.
    for (const { device } of held) silences.begin(device.id);
    save(range, unreached);
  };

  const forget = (range: string) => {
    if (unreachedOf(range)) save(range, null);
  };

  return {
    round() {
      network.look();
      const active = ranges();
      const nameOf = (address: string) => rangeOf(active, address)?.name;
      const answered = new Set<string>();
      const held = new Map<string, Held[]>();
      return {
        answered(address) {
          const range = nameOf(address);
          if (range !== undefined) answered.add(range);
        },
        silent(device, completeness) {
          const range = nameOf(device.address);
          if (range === undefined) return;
          const silent = held.get(range) ?? [];
          silent.push({ device, completeness, at: clock.now() });
          held.set(range, silent);
        },
        conclude(swept = new Map()) {
          for (const range of new Set([...answered, ...held.keys(), ...swept.keys()])) {
            concludeRange(range, held.get(range) ?? [], answered.has(range), swept.get(range));
          }
        },
      };
    },
    seen(address) {
      const range = unreachedRange(address);
      if (range !== undefined) forget(range);
    },
    isUnreached: (address) => unreachedRange(address) !== undefined,
    unreached() {
      const active = new Set(ranges().map(({ name }) => name));
      return findings.all().filter(({ range, finding }) => active.has(range) && isUnreached(finding));
    },
    finding: (range) => findings.find(range)?.finding ?? null,
  };
}
