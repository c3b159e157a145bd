/**
 * The devices that a report speaks of: fetched together, changed in memory item by item, written together. It decides
 * which device a reading belongs to.
 */
import type { Random } from '@rsb/runtime';
import type { DeviceKey, DevicePart, DevicePartRow, DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import type { DeviceNames } from './device-names.ts';

export interface Merge {
  readonly from: DeviceId;
  readonly to: DeviceId;
}

export interface DeviceBook {
  /** The known device that these names mean, undefined for a new one. */
  find(names: DeviceNames): DeviceRow | undefined;
  add(make: (id: DeviceId) => DeviceRow): DeviceRow;
  save(row: DeviceRow): void;
  /** From now on these names mean this device. */
  name(names: DeviceNames, device: DeviceId): void;
  part(device: DeviceId, part: DevicePart): DevicePartRow | undefined;
  savePart(row: DevicePartRow): void;
  /** Devices that proved to be one with another: it takes over what is theirs. */
  merges(): readonly Merge[];
  /** Writes what changed. */
  flush(): Promise<void>;
}

const keyText = ({ kind, key }: DeviceKey): string => `${kind} ${key}`;
const partText = (device: DeviceId, part: DevicePart): string => `${device} ${part}`;
const present = (names: DeviceNames): DeviceKey[] =>
  [names.serial, names.mac, names.local].filter((key) => key !== null);

export async function openDeviceBook(
  store: CustomerStore,
  random: Random,
  expected: readonly DeviceNames[],
): Promise<DeviceBook> {
  const known = await store.devices.findKeys(expected.flatMap(present));
  const keys = new Map(known.map((key) => [keyText(key), key.device]));
  const ids = [...new Set(keys.values())];
  const devices = new Map((await store.devices.findMany(ids)).map((row) => [row.id, row]));
  const parts = new Map((await store.devices.parts(ids)).map((row) => [partText(row.device_id, row.part), row]));
  const added = new Set<DeviceId>();
  const changed = new Set<DeviceId>();
  const changedParts = new Set<string>();
  const newKeys = new Map<string, DeviceKey & { device: DeviceId }>();
  const merged = new Map<DeviceId, DeviceId>();

  const byKey = (key: DeviceKey | null): DeviceRow | undefined => {
    const id = key && keys.get(keyText(key));
    return id === null || id === undefined ? undefined : devices.get(id);
  };
  return {
    find(names) {
      const bySerial = byKey(names.serial);
      if (bySerial) {
        // Known elsewhere by MAC or place only, and the same machine: its readings of before belong to this one.
        const [local, mac] = [byKey(names.local), byKey(names.mac)];
        for (const other of [local, mac]) {
          if (other && other.id !== bySerial.id && isSameMachine(other, names)) merged.set(other.id, bySerial.id);
        }
        return bySerial;
      }
      return [byKey(names.local), byKey(names.mac)].find((row) => row !== undefined && mayBe(row, names));
    },
    add(make) {
      const row = make(store.devices.draw(random));
      devices.set(row.id, row);
      added.add(row.id);
      return row;
    },
    save(row) {
      devices.set(row.id, row);
      changed.add(row.id);
    },
    name(names, device) {
      for (const key of present(names)) {
        const text = keyText(key);
        if (keys.get(text) === device) continue;
        keys.set(text, device);
        newKeys.set(text, { ...key, device });
      }
    },
    part: (device, part) => parts.get(partText(device, part)),
    savePart(row) {
      const text = partText(row.device_id, row.part);
      parts.set(text, row);
      changedParts.add(text);
    },
    merges: () => [...merged].map(([from, to]) => ({ from, to })),
    async flush() {
      const rows = [...devices.values()];
      await store.devices.add(rows.filter((row) => added.has(row.id)));
      await store.devices.save(rows.filter((row) => changed.has(row.id) && !added.has(row.id)));
      await store.devices.saveKeys([...newKeys.values()]);
      await store.devices.saveParts([...parts].flatMap(([text, row]) => (changedParts.has(text) ? [row] : [])));
    },
  };
}

/** Proof, not likelihood: without a serial of its own, it has the MAC that now tells the serial. */
const isSameMachine = (row: DeviceRow, names: DeviceNames): boolean =>
  row.serial_key === null && row.mac !== null && row.mac === names.macAddress;

/** Whether a device known by MAC or local id can be the one that was read: a serial that differs says it is another. */
function mayBe(row: DeviceRow, names: DeviceNames): boolean {
  if (names.serialKey !== null && row.serial_key !== null) {
    const sameMaker =
      names.manufacturerKey === null ||
      row.manufacturer_key === null ||
      names.manufacturerKey === row.manufacturer_key ||
      // A newer driver may spell the maker otherwise: then the MAC decides.
      (names.macAddress !== null && names.macAddress === row.mac);
    return names.serialKey === row.serial_key && sameMaker;
  }
  if (names.byAddress && names.macAddress !== null && row.mac !== null) return names.macAddress === row.mac;
  return true;
}
