/** The load that a person sees: reckoned before a range is saved, measured afterwards. */
import {
  type EstimateRequest,
  type Fault,
  fault,
  type LoadView,
  type RangeEstimate,
  type RangeFinding,
} from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type Estimate, estimate, type LineQuality, type SendBudget } from '../discover/index.ts';
import { parseRange } from '../range/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Devices } from '../store/devices.ts';
import type { LoadMeter } from '../store/load.ts';
import { activeRanges } from './active-ranges.ts';

export interface LoadPages {
  estimate(request: EstimateRequest): Outcome<RangeEstimate, Fault>;
  load(days: number): LoadView;
}

export interface LoadPagesDeps {
  readonly settings: Settings;
  readonly devices: Devices;
  readonly load: LoadMeter;
  readonly budget: SendBudget;
  readonly finding: (range: string) => RangeFinding | null;
}

/** Of a new range, as the page proposes them. */
const NEW_RANGE = { packetsPerSecond: 10, kilobytesPerHour: null, ping: true };
/** One hourly read of a known machine: a request and an answer, in the median of real machines. */
const POLL = { packets: 2, bytes: 900 };

export function createLoadPages({ settings, devices, load, budget, finding }: LoadPagesDeps): LoadPages {
  const hourlyPolls = () => {
    const { counters, state } = settings.document.times;
    return counters === state ? 60 / counters : 60 / counters + 60 / state;
  };

  return {
    estimate(request) {
      const parsed = parseRange(request.range);
      if (!parsed.ok) return failure({ ...parsed.error, field: '/range' });
      const { document } = settings;
      const saved = document.ranges.find(({ range }) => range === request.range);
      const setting = {
        ...NEW_RANGE,
        credentials: document.credentials.map(({ id }) => id),
        ...saved,
        ...told(request),
      };
      const unknown = setting.credentials.find((id) => !document.credentials.some((each) => each.id === id));
      if (unknown !== undefined) return failure(fault('credentialUnknown', { id: unknown }, '/credentials'));
      const { packetsPerSecond, kilobytesPerHour, ping } = setting;
      const box = request.boxPacketsPerSecond ?? document.packetsPerSecond;
      const range = parsed.value;
      const credentials = setting.credentials.flatMap((id) => settings.credential(id) ?? []);
      const whole = estimate([{ range, credentials, ping, packetsPerSecond }], box);
      const byKilobytes = kilobytesPerHour === null ? 0 : (whole.kilobytes / kilobytesPerHour) * 60;
      const machines = devices
        .all()
        .filter(
          ({ address, monitored, displacedBy }) => monitored && displacedBy === null && range.has(address),
        ).length;
      const polls = machines * hourlyPolls();
      return success({
        addresses: whole.addresses,
        packets: whole.packets,
        kilobytes: whole.kilobytes,
        further: whole.further,
        minutes: byKilobytes > (whole.minutes ?? 0) ? tenths(byKilobytes) : whole.minutes,
        limitedBy: limitOf(whole, byKilobytes, packetsPerSecond, box),
        boxShare: box === 0 ? null : packetsPerSecond === 0 ? 1 : Math.min(1, packetsPerSecond / box),
        machines,
        hourly: { packets: Math.round(polls * POLL.packets), kilobytes: tenths((polls * POLL.bytes) / 1000) },
      });
    },

    load(days) {
      const { document } = settings;
      const addresses = new Map(activeRanges(document).map((range) => [range.name, range.addresses.first]));
      return {
        hour: load.thisHour(),
        packetsPerSecond: document.packetsPerSecond,
        kilobytesPerHour: document.kilobytesPerHour ?? null,
        ranges: document.ranges.map(({ range, on, packetsPerSecond, kilobytesPerHour }) => {
          const waits = budget.waits(range);
          const address = addresses.get(range);
          const line = address === undefined ? null : budget.quality(address);
          return {
            range,
            on,
            packetsPerSecond,
            kilobytesPerHour,
            hour: load.thisHour(range),
            waits: waits === null ? null : Math.ceil(waits / 1000),
            finding: on ? finding(range) : null,
            roundTrip: roundTripOf(line),
            loss: line?.loss ?? null,
          };
        }),
        days: [...load.days(days)],
      };
    },
  };
}

/** Only what the request says: an absent member leaves the setting as it is. */
function told({ ping, credentials, packetsPerSecond, kilobytesPerHour }: EstimateRequest) {
  return {
    ...(ping !== undefined && { ping }),
    ...(credentials !== undefined && credentials.length > 0 && { credentials }),
    ...(packetsPerSecond !== undefined && { packetsPerSecond }),
    ...(kilobytesPerHour !== undefined && { kilobytesPerHour }),
  };
}

function limitOf(whole: Estimate, byKilobytes: number, range: number, box: number): RangeEstimate['limitedBy'] {
  if (byKilobytes > (whole.minutes ?? 0)) return 'kilobytes';
  if (whole.minutes === null) return null;
  return range > 0 && (box === 0 || range <= box) ? 'range' : 'box';
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

function roundTripOf(line: LineQuality | null): number | null {
  const roundTrip = line?.roundTrip ?? null;
  return roundTrip === null ? null : tenths(roundTrip);
}
