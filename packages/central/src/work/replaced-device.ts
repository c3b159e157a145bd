/** Whether another machine stands now where a device was: then the device was replaced, and its series ends there. */
import { instant, isoInstant } from '@rsb/runtime';
import type { EventLine } from '../processing/index.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';

/** `lastAt`: the device's last reading anywhere. */
export async function replacedEvents(
  store: CustomerStore,
  device: DeviceRow,
  lastAt: number | null,
): Promise<readonly EventLine[]> {
  if (lastAt === null || device.address === '') return [];
  const others = (await store.devices.atPlace(device.agent, device.address)).filter(({ id }) => id !== device.id);
  const begun = await store.results.findingsOfKind(
    others.map(({ id }) => id),
    'new',
  );
  const next = begun.filter(({ at }) => at >= lastAt).sort((one, other) => one.at - other.at)[0];
  if (!next) return [];
  return [
    {
      line: 'event',
      device: String(device.id),
      at: isoInstant(instant(next.at)),
      kind: 'replaced',
      detail: { address: device.address, by: String(next.device) },
    },
  ];
}
