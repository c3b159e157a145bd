/** What reads of known machines cost: as the last one did, else by what the next one will ask. For estimates alone. */
import type { Part } from '@rsb/contract';
import type { Cost } from '@rsb/snmp';
import { type LearnedPlan, reckonPoll } from '../read/index.ts';
import type { DeviceRecord } from '../store/devices.ts';

type Place = Pick<DeviceRecord, 'address' | 'port'>;

/** A kind of poll, and how many of it an hour has. */
export interface HourlyPoll {
  readonly parts: readonly Part[];
  readonly times: number;
}

export interface ReadCosts {
  polled(place: Place, parts: readonly Part[], cost: Readonly<Cost>): void;
  /** Of each address with machines that were read whole, what that took the last time. */
  fullReads(devices: readonly DeviceRecord[]): readonly Readonly<Cost>[];
  hourly(
    devices: readonly DeviceRecord[],
    polls: readonly HourlyPoll[],
  ): { readonly packets: number; readonly bytes: number };
}

/** Before a machine has a plan: a request and an answer of usual size. */
const UNLEARNED = { packets: 2, bytes: 500 };

export function createReadCosts(): ReadCosts {
  const measured = new Map<string, Readonly<Cost>>();
  const plans = new Map<string, { readonly text: string; readonly plan: LearnedPlan }>();
  const placeKey = ({ address, port }: Place) => `${address} ${port}`;
  const pollKey = (place: Place, parts: readonly Part[]) => `${placeKey(place)} ${parts.join(' ')}`;

  /** Parsed once as long as it stays the same. */
  const planOf = ({ id, learned }: DeviceRecord): LearnedPlan | null => {
    if (learned === null) return null;
    const kept = plans.get(id);
    if (kept?.text === learned) return kept.plan;
    const plan = JSON.parse(learned) as LearnedPlan;
    plans.set(id, { text: learned, plan });
    return plan;
  };
  const byPlace = (devices: readonly DeviceRecord[]) =>
    new Map(devices.toReversed().map((device) => [placeKey(device), device])).values();
  const pollOf = (device: DeviceRecord, parts: readonly Part[]) => {
    const plan = planOf(device);
    return measured.get(pollKey(device, parts)) ?? (plan === null ? UNLEARNED : reckonPoll(plan, parts));
  };

  return {
    polled: (place, parts, cost) => void measured.set(pollKey(place, parts), { ...cost }),
    fullReads: (devices) => [...byPlace(devices)].flatMap((device) => planOf(device)?.cost ?? []),
    hourly(devices, polls) {
      let packets = 0;
      let bytes = 0;
      for (const device of byPlace(devices)) {
        for (const { parts, times } of polls) {
          const cost = pollOf(device, parts);
          packets += times * cost.packets;
          bytes += times * cost.bytes;
        }
      }
      return { packets, bytes };
    },
  };
}
