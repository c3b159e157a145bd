/** The load that a person sees: reckoned before a range is saved, measured afterwards. */
import {
  type EstimateRequest,
  type Fault,
  fault,
  groupsNotRead,
  type LoadView,
  type RangeEstimate,
  type RangeFinding,
  type WholeScan,
} from '@rsb/contract';
import type { EchoSweep } from '@rsb/icmp';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type Estimate, type EstimateOptions, estimate, type LineQuality, type SendBudget } from '../discover/index.ts';
import { type AddressRange, parseRange } from '../range/index.ts';
import type { Settings } from '../settings/index.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import type { LoadMeter } from '../store/load.ts';
import type { PingOnly } from '../store/ping-only.ts';
import { type ActiveRange, activeRanges } from './active-ranges.ts';
import { partsOf } from './poll-runner.ts';
import type { HourlyPoll, ReadCosts } from './read-costs.ts';

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
  readonly costs: ReadCosts;
  readonly pingOnly: Pick<PingOnly, 'list'>;
  readonly echo: EchoSweep;
}

/** Of a new range, as the page proposes them. */
const NEW_RANGE = { packetsPerSecond: 10, kilobytesPerHour: null, ping: true };

export function createLoadPages(deps: LoadPagesDeps): LoadPages {
  const { settings, devices, load, budget, finding, costs, pingOnly, echo } = deps;
  const hourlyPolls = (): readonly HourlyPoll[] => {
    const { counters, state } = settings.document.times;
    if (counters === state) return [{ parts: partsOf('both', false), times: 60 / counters }];
    return [
      { parts: partsOf('counters', false), times: 60 / counters },
      { parts: partsOf('state', false), times: 60 / state },
    ];
  };

  /** Machines that are known and stand where they were found last. */
  const inPlace = () => devices.all().filter(({ displacedBy }) => displacedBy === null);
  const readIn = (range: AddressRange, known: readonly DeviceRecord[]) =>
    known.filter(({ address, monitored }) => monitored && range.has(address));
  const readsOf = (read: readonly DeviceRecord[]) => {
    const { packets, bytes } = costs.hourly(read, hourlyPolls());
    return { machines: read.length, hourly: { packets: Math.round(packets), kilobytes: tenths(bytes / 1000) } };
  };
  const knownIn = (range: AddressRange, known: readonly DeviceRecord[]) => ({
    known: costs.fullReads(readIn(range, known)),
    pingOnly: pingOnly.list().filter(({ address }) => range.has(address)).length,
  });
  const howOf = (): EstimateOptions => ({ echo, notRead: groupsNotRead(settings.document.whatToRead) });
  const credentialsOf = (ids: readonly string[]) => ids.flatMap((id) => settings.credential(id) ?? []);

  const wholeScan = (ranges: readonly ActiveRange[], known: readonly DeviceRecord[]): WholeScan | null => {
    if (ranges.length === 0) return null;
    const asked = ranges.map(({ addresses, credentials, ping, packetsPerSecond }) => ({
      range: addresses,
      credentials: credentialsOf(credentials),
      ping,
      packetsPerSecond,
      ...knownIn(addresses, known),
    }));
    const { document } = settings;
    const whole = estimate(asked, document.packetsPerSecond, howOf());
    const byKilobytes = ranges.map(({ kilobytesPerHour }, at) => {
      const own = asked[at];
      return own ? minutesWithin(estimate([own], 0, howOf()).kilobytes, kilobytesPerHour) : 0;
    });
    const longest = Math.max(minutesWithin(whole.kilobytes, document.kilobytesPerHour), ...byKilobytes);
    const { addresses, packets, kilobytes, minutes } = whole;
    const read = known.filter(
      ({ address, monitored }) => monitored && ranges.some((range) => range.addresses.has(address)),
    );
    return {
      addresses,
      packets,
      kilobytes,
      minutes: longest > (minutes ?? 0) ? tenths(longest) : minutes,
      ...readsOf(read),
    };
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
      const credentials = credentialsOf(setting.credentials);
      const known = inPlace();
      const asked = { range, credentials, ping, packetsPerSecond, ...knownIn(range, known) };
      const whole = estimate([asked], box, howOf());
      const byKilobytes = minutesWithin(whole.kilobytes, kilobytesPerHour);
      return success({
        addresses: whole.addresses,
        packets: whole.packets,
        kilobytes: whole.kilobytes,
        further: whole.further,
        minutes: byKilobytes > (whole.minutes ?? 0) ? tenths(byKilobytes) : whole.minutes,
        limitedBy: limitOf(whole, byKilobytes, packetsPerSecond, box),
        boxShare: box === 0 ? null : packetsPerSecond === 0 ? 1 : Math.min(1, packetsPerSecond / box),
        ...readsOf(readIn(range, known)),
      });
    },

    load(days) {
      const { document } = settings;
      const active = activeRanges(document);
      const addresses = new Map(active.map((range) => [range.name, range.addresses.first]));
      const known = inPlace();
      return {
        hour: load.thisHour(),
        packetsPerSecond: document.packetsPerSecond,
        kilobytesPerHour: document.kilobytesPerHour ?? null,
        scan: wholeScan(active, known),
        ranges: document.ranges.map(({ range, on, packetsPerSecond, kilobytesPerHour }) => {
          const waits = budget.waits(range);
          const address = addresses.get(range);
          const line = address === undefined ? null : budget.quality(address);
          const parsed = parseRange(range);
          return {
            range,
            on,
            packetsPerSecond,
            kilobytesPerHour,
            found: parsed.ok ? known.filter((device) => parsed.value.has(device.address)).length : 0,
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

/** How long an allowance of kilobytes an hour makes them last; 0 without one. */
const minutesWithin = (kilobytes: number, anHour: number | null | undefined): number =>
  anHour === null || anHour === undefined ? 0 : (kilobytes / anHour) * 60;

const tenths = (value: number): number => Math.round(value * 10) / 10;

function roundTripOf(line: LineQuality | null): number | null {
  const roundTrip = line?.roundTrip ?? null;
  return roundTrip === null ? null : tenths(roundTrip);
}
