/** What names a device: serial with manufacturer, else MAC, else the box's own id for it. */
import type { SentReading } from '@rsb/contract';
import type { DeviceKey } from '../store/customer-devices.ts';
import { localKey } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';

export interface DeviceNames {
  readonly local: DeviceKey;
  readonly serial: DeviceKey | null;
  readonly mac: DeviceKey | null;
  readonly manufacturerKey: string | null;
  readonly serialKey: string | null;
  readonly macAddress: string | null;
  /** The box knows it by address alone: another machine may stand there tomorrow. */
  readonly byAddress: boolean;
}

export function namesOf(agent: string, { device, reading }: SentReading): DeviceNames {
  const localId = storable(device);
  const identity = reading.identity;
  const manufacturerKey = plain(identity?.manufacturer)?.toLowerCase() ?? null;
  const serialKey = findSerial(identity?.serialNumber);
  const macAddress = findMac(identity?.macAddress);
  // Behind one print server stand several machines with one MAC.
  const mac =
    macAddress && (reading.kind === 'printServer' ? `${macAddress}#${reading.unit.hrDeviceIndex}` : macAddress);
  return {
    local: { kind: 'local', key: localKey(agent, localId) },
    serial: serialKey ? { kind: 'serial', key: `${manufacturerKey ?? ''}|${serialKey}` } : null,
    mac: mac ? { kind: 'mac', key: mac } : null,
    manufacturerKey,
    serialKey,
    macAddress,
    byAddress: /#\d+$/.test(localId),
  };
}

/** The same serial number in one spelling; null for what stands in for none: "0000000", "XXXX", "-". */
export function findSerial(told: string | null | undefined): string | null {
  const serial = plain(told)?.toUpperCase() ?? '';
  return serial.length < 3 || /^(.)\1*$/.test(serial) ? null : serial;
}

function findMac(told: string | null | undefined): string | null {
  return !told || told === '00:00:00:00:00:00' || told === 'ff:ff:ff:ff:ff:ff' ? null : told;
}

function plain(text: string | null | undefined): string | null {
  const trimmed = storable(text ?? '').trim();
  return trimmed === '' ? null : trimmed;
}
