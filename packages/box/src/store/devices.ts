/** The printers that the box knows. What is no printer has no row, nor any other trace. */
import type { Completeness, DriverName, Identity, Presence, Reading } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { Database, Row, SqlValue } from './database.ts';
import type { Facts } from './facts.ts';
import { flagAt, instantAt, instantOrNullAt, jsonAt, jsonOrNullAt, numberAt, textAt, textOrNullAt } from './row.ts';

export interface Place {
  readonly address: string;
  readonly port: number;
  /** hrDeviceIndex: several machines may stand behind one address. */
  readonly unit: number;
}

export interface DeviceRecord extends Place {
  /** Given once, kept for ever: manufacturer and serial number, else MAC, else address and unit. */
  readonly id: string;
  /** The device that answers at this one's address now; null while it is this one. */
  readonly displacedBy: string | null;
  /** Whether central was told of that. */
  readonly replacedTold: boolean;
  /** Id of the credential that worked last. */
  readonly credential: string | null;
  readonly kind: Reading['kind'];
  readonly identity: Identity;
  readonly driver: DriverName | null;
  readonly completeness: Completeness | null;
  /** What polls ask, as learned by the last full read; read/ knows its shape. */
  readonly learned: string | null;
  readonly monitored: boolean;
  readonly serviceId: string | null;
  readonly group: string | null;
  readonly locationNote: string | null;
  readonly note: string | null;
  readonly presence: Presence['state'];
  readonly presenceSince: Instant;
  readonly firstSeen: Instant;
  /** When it answered last. */
  readonly lastSeen: Instant;
  readonly lastRead: Instant | null;
}

export interface Devices {
  find(id: string): DeviceRecord | null;
  all(): readonly DeviceRecord[];
  /** In whatever case it is written. */
  withSerial(serialNumber: string): readonly DeviceRecord[];
  withMac(macAddress: string): readonly DeviceRecord[];
  /** The device that holds this place; one that another displaced does not. */
  at(place: Place): DeviceRecord | null;
  atAddress(address: string, port: number): readonly DeviceRecord[];
  save(device: DeviceRecord): void;
  /** With all that is kept of it; what left the building and the change log stay. */
  remove(id: string): void;
  /** When any device was read last. */
  lastRead(): Instant | null;
  /** Grows with every `save`: lists of another revision are out of date. */
  revision(): number;
  /** A clash is told once. Answers whether it was new. */
  rememberClash(device: string, place: Place): boolean;
  isClash(device: string, place: Place): boolean;
}

const COLUMNS = [
  'id',
  'address',
  'port',
  'unit',
  'displaced_by',
  'replaced_told',
  'credential',
  'kind',
  'serial_number',
  'mac_address',
  'identity',
  'driver',
  'completeness',
  'learned',
  'monitored',
  'service_id',
  'group_name',
  'location_note',
  'note',
  'presence',
  'presence_since',
  'first_seen',
  'last_seen',
  'last_read',
] as const;
/** Every table whose rows belong to a device: their references would refuse its removal. */
const OF_A_DEVICE = [
  'device_part',
  'last_reading',
  'reading',
  'device_plan',
  'clash',
  'silence',
  'counter_point',
  'history_upkeep',
  'level_run',
  'alert_spell',
  'machine_event',
  'unused_value',
  'engine_clock',
] as const;
const SELECT = `SELECT ${COLUMNS.join(', ')} FROM device`;
const UPSERT =
  `INSERT INTO device (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')}) ` +
  `ON CONFLICT (id) DO UPDATE SET ${COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

export function createDevices(db: Database, facts: Facts): Devices {
  const revision = () => Number(facts.find('devicesRevision') ?? 0);
  const many = (sql: string, ...values: SqlValue[]) => db.all(sql, ...values).map(deviceOf);
  return {
    find(id) {
      const row = db.one(`${SELECT} WHERE id = ?`, id);
      return row ? deviceOf(row) : null;
    },
    all: () => many(`${SELECT} ORDER BY first_seen, id`),
    withSerial: (serialNumber) =>
      many(`${SELECT} WHERE serial_number = ? COLLATE NOCASE ORDER BY first_seen, id`, serialNumber),
    withMac: (macAddress) => many(`${SELECT} WHERE mac_address = ? ORDER BY first_seen, id`, macAddress),
    at({ address, port, unit }) {
      const row = db.one(
        `${SELECT} WHERE address = ? AND port = ? AND unit = ? AND displaced_by IS NULL`,
        address,
        port,
        unit,
      );
      return row ? deviceOf(row) : null;
    },
    atAddress: (address, port) =>
      many(`${SELECT} WHERE address = ? AND port = ? AND displaced_by IS NULL ORDER BY unit`, address, port),
    save(device) {
      db.transaction(() => {
        db.run(UPSERT, ...valuesOf(device));
        facts.save('devicesRevision', String(revision() + 1));
      });
    },
    remove(id) {
      db.transaction(() => {
        for (const table of OF_A_DEVICE) db.run(`DELETE FROM ${table} WHERE device = ?`, id);
        db.run('DELETE FROM device WHERE id = ?', id);
        facts.save('devicesRevision', String(revision() + 1));
      });
    },
    lastRead() {
      const row = db.one('SELECT MAX(last_read) AS last_read FROM device');
      return row ? instantOrNullAt(row, 'last_read') : null;
    },
    revision,
    rememberClash: (device, { address, port }) =>
      db.run('INSERT OR IGNORE INTO clash (device, address, port) VALUES (?, ?, ?)', device, address, port).changes > 0,
    isClash: (device, { address, port }) =>
      db.one('SELECT device FROM clash WHERE device = ? AND address = ? AND port = ?', device, address, port) !==
      undefined,
  };
}

function deviceOf(row: Row): DeviceRecord {
  return {
    id: textAt(row, 'id'),
    address: textAt(row, 'address'),
    port: numberAt(row, 'port'),
    unit: numberAt(row, 'unit'),
    displacedBy: textOrNullAt(row, 'displaced_by'),
    replacedTold: flagAt(row, 'replaced_told'),
    credential: textOrNullAt(row, 'credential'),
    kind: textOrNullAt(row, 'kind') as DeviceRecord['kind'],
    identity: jsonAt(row, 'identity'),
    driver: jsonOrNullAt(row, 'driver'),
    completeness: jsonOrNullAt(row, 'completeness'),
    learned: textOrNullAt(row, 'learned'),
    monitored: flagAt(row, 'monitored'),
    serviceId: textOrNullAt(row, 'service_id'),
    group: textOrNullAt(row, 'group_name'),
    locationNote: textOrNullAt(row, 'location_note'),
    note: textOrNullAt(row, 'note'),
    presence: textAt(row, 'presence') as DeviceRecord['presence'],
    presenceSince: instantAt(row, 'presence_since'),
    firstSeen: instantAt(row, 'first_seen'),
    lastSeen: instantAt(row, 'last_seen'),
    lastRead: instantOrNullAt(row, 'last_read'),
  };
}

function valuesOf(device: DeviceRecord): SqlValue[] {
  const { identity, driver, completeness } = device;
  const byColumn: Record<(typeof COLUMNS)[number], SqlValue> = {
    id: device.id,
    address: device.address,
    port: device.port,
    unit: device.unit,
    displaced_by: device.displacedBy,
    replaced_told: Number(device.replacedTold),
    credential: device.credential,
    kind: device.kind,
    serial_number: identity.serialNumber,
    mac_address: identity.macAddress,
    identity: JSON.stringify(identity),
    driver: driver && JSON.stringify(driver),
    completeness: completeness && JSON.stringify(completeness),
    learned: device.learned,
    monitored: Number(device.monitored),
    service_id: device.serviceId,
    group_name: device.group,
    location_note: device.locationNote,
    note: device.note,
    presence: device.presence,
    presence_since: Math.round(device.presenceSince),
    first_seen: Math.round(device.firstSeen),
    last_seen: Math.round(device.lastSeen),
    last_read: device.lastRead === null ? null : Math.round(device.lastRead),
  };
  return COLUMNS.map((column) => byColumn[column]);
}
