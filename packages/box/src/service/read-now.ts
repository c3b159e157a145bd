/** One machine read at once, because somebody waits for it. */
import { fault, PARTS } from '@rsb/contract';
import { failure, success } from '@rsb/runtime';
import type { Devices } from '../store/devices.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import type { BoxService } from './box-service.ts';
import type { DeviceReader } from './device-reader.ts';

/** What a machine may take while somebody looks at the page. */
const WHILE_SOMEBODY_WAITS = { requests: 250, waiting: 20_000 };

export function readsNow(deps: {
  readonly devices: Devices;
  readonly ranges: () => readonly ActiveRange[];
  readonly reader: DeviceReader;
  readonly view: BoxService['findDevice'];
  readonly onStored: () => void;
}): BoxService['readNow'] {
  const { devices, ranges, reader, view, onStored } = deps;
  return async (id) => {
    const device = devices.find(id);
    if (!device) return failure(fault('notFound'));
    if (!device.monitored) return failure(fault('notMonitored'));
    const { address, port } = device;
    if (!rangeOf(ranges(), address)) return failure(fault('noRanges'));
    const recorded = await reader.read({ address, port, parts: PARTS, way: 'full', allowance: WHILE_SOMEBODY_WAITS });
    onStored();
    const after = view(id);
    if (!after) return failure(fault('notFound'));
    // Another machine is at its address: nothing was read of this one.
    if (!recorded.some((done) => done.device.id === id)) return failure(fault('noAnswer', { address }));
    const completeness = after.completeness ?? { state: 'unreachable', missing: [], reasons: {} };
    return success({ completeness, device: after });
  };
}
