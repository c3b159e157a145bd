/** Known machines with their last values, as the page shows them. */
import type { DeviceRecord, Devices } from '../store/devices.ts';
import type { Readings } from '../store/readings.ts';
import type { BoxService } from './box-service.ts';
import { createDeviceListText } from './device-list-text.ts';
import { deviceView } from './device-view.ts';
import type { Feed } from './feed.ts';

export function createDeviceLists(deps: {
  readonly devices: Devices;
  readonly readings: Readings;
  readonly isReading: (device: DeviceRecord) => boolean;
  readonly feed: Feed;
}): Pick<BoxService, 'deviceList' | 'deviceListText' | 'findDevice' | 'latestReadings'> {
  const { devices, readings, isReading } = deps;
  return {
    deviceList() {
      const parts = readings.allLastParts();
      return {
        revision: devices.revision(),
        devices: devices
          .all()
          .map((device) =>
            deviceView(device, parts.get(device.id) ?? readings.lastParts(device.id), isReading(device)),
          ),
      };
    },
    deviceListText: createDeviceListText(deps),
    findDevice(id) {
      const device = devices.find(id);
      return device && deviceView(device, readings.lastParts(id), isReading(device));
    },
    latestReadings: (id) => (devices.find(id) ? readings.latest(id) : null),
  };
}
