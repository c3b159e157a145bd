/** A device as the Machines page shows it. */
import type { DeviceView } from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import type { DeviceRecord } from '../store/devices.ts';
import type { LastParts } from '../store/readings.ts';

export function deviceView(device: DeviceRecord, parts: LastParts, reading: boolean): DeviceView {
  const { counters, supplies, status, alerts } = parts;
  return {
    ...deviceFacts(device, reading),
    counters,
    supplies: supplies && { takenAt: supplies.takenAt, value: [...supplies.value] },
    status,
    alerts: alerts && { takenAt: alerts.takenAt, value: [...alerts.value] },
  };
}

/** Without the values that were read of it. */
export function deviceFacts(
  device: DeviceRecord,
  reading: boolean,
): Omit<DeviceView, 'counters' | 'supplies' | 'status' | 'alerts'> {
  const { identity } = device;
  return {
    id: device.id,
    address: device.address,
    port: device.port,
    monitored: device.monitored,
    kind: device.kind,
    manufacturer: identity.manufacturer,
    model: identity.model,
    serialNumber: identity.serialNumber,
    macAddress: identity.macAddress,
    hostName: identity.hostName,
    location: identity.location,
    locationNote: device.locationNote,
    group: device.group,
    serviceId: device.serviceId,
    note: device.note,
    assetNumber: identity.assetNumber,
    firmware: identity.firmware,
    presence: { state: device.presence, since: isoInstant(device.presenceSince) },
    driver: device.driver,
    completeness: device.completeness,
    firstSeen: isoInstant(device.firstSeen),
    lastSeen: isoInstant(device.lastSeen),
    reading,
  };
}
