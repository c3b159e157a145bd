/** Which machine may be captured: one that this box knows and reads, inside a range that is on, and no other address. */
import { fault } from '@rsb/contract';
import { failure, success } from '@rsb/runtime';
import type { MachineCaptureDeps } from '../capture/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Devices } from '../store/devices.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';

export function captureTargets(deps: {
  readonly settings: Settings;
  readonly devices: Devices;
  readonly ranges: () => readonly ActiveRange[];
}): MachineCaptureDeps['target'] {
  const { settings, devices, ranges } = deps;
  return (address) => {
    const range = rangeOf(ranges(), address);
    if (!range) return failure(fault('addressOutside', { address }, '/address'));
    const here = devices.all().filter((device) => device.displacedBy === null && device.address === address);
    const device = here.find(({ monitored }) => monitored);
    if (!device) return failure(here.length > 0 ? fault('notMonitored') : fault('notFound'));
    const { port, credential, identity } = device;
    const ids = range.credentials.toSorted((a, b) => Number(b === credential) - Number(a === credential));
    return success({
      address,
      port,
      serialNumber: identity.serialNumber,
      macAddress: identity.macAddress,
      hostName: identity.hostName,
      location: identity.location,
      credentials: ids.flatMap((id) => settings.credential(id) ?? []),
    });
  };
}
