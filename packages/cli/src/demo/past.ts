/** The fleet of `rsb demo --fleet`: the simulator's models of machines, as central is filled with them. */

import type { RunningCentral } from '@rsb/central';
import { type Filled, fillPast } from '@rsb/central/demo/fill-past';
import { pastFleet } from '@rsb/simulator';

export interface FleetSize {
  readonly customers: number;
  readonly months: number;
  readonly zone: string;
}

const SEED = 7;
/** From the reading to its place at central. */
const ON_THE_WAY = 45_000;
const DAY = 86_400_000;

export function fillFleet(
  { work }: RunningCentral,
  { customers, months, zone }: FleetSize,
  onProgress: (done: Filled) => void,
  signal: AbortSignal,
): Promise<Filled> {
  const now = work.clock.now();
  let serviceId = 710_000;
  const fleet = pastFleet({ customers, months, now, seed: SEED }).map((customer) => ({
    ...customer,
    boxes: customer.boxes.map((box) => {
      const { away, clockLost } = box.story;
      const receivedAt = (at: number): number => {
        const isAway = away !== null && at >= now - away[0] * DAY && at < now - away[1] * DAY;
        return Math.min(now, (isAway ? now - away[1] * DAY : at) + ON_THE_WAY);
      };
      const lost = (at: number): boolean => clockLost !== null && Math.floor((now - at) / DAY) === clockLost;
      return {
        ...box,
        zone,
        machines: box.machines.map((machine) => {
          serviceId += 7;
          return {
            serviceId: String(serviceId),
            *reports() {
              for (const { at, sent } of box.readings(machine)) {
                if (lost(at))
                  sent.reading.takenAt = `1970-01-01T00:${String(new Date(at).getUTCHours()).padStart(2, '0')}:00Z`;
                yield { receivedAt: receivedAt(at), sent };
              }
            },
          };
        }),
      };
    }),
  }));
  return fillPast(work, fleet, onProgress, signal);
}
