/** Rows of the store as the API's shapes. */
import type { CentralBoxView, CentralDeviceView, CustomerView, Identity, NoteField, RawReading } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import type { PlacedItem } from '../archive/raw-archive.ts';
import { shownRange, unreachedRanges } from '../fleet/unreached-ranges.ts';
import { HANDED_DOWN_DEFAULTS } from '../places/handed-down.ts';
import type { CustomerSummary } from '../store/across-customers.ts';
import type { BoxSummary } from '../store/customer-boxes.ts';
import type { DevicePart, DevicePartRow, DeviceRow } from '../store/customer-devices.ts';
import type { NoteRow } from '../store/customer-notes.ts';
import type { StandingSettings } from '../store/customer-standings.ts';
import type { CustomerStore } from '../store/database.ts';
import type { CustomerId, DeviceId } from '../store/identifiers.ts';

const iso = (at: number): string => isoInstant(instant(at));
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export function customerView(customer: CustomerSummary): CustomerView {
  const { id, name, number, agency, revision, boxes, devices, lastHeard } = customer;
  return {
    id: String(id),
    name,
    number,
    agency: agency === null ? null : String(agency),
    revision,
    boxes,
    devices,
    lastHeard: isoOrNull(lastHeard),
  };
}

export function boxView(customer: CustomerId, box: BoxSummary): CentralBoxView {
  return {
    agent: box.agent,
    customer: String(customer),
    enrolledAt: iso(box.enrolled_at),
    lastHeard: isoOrNull(box.last_heard),
    version: box.version,
    zone: box.zone,
    devices: box.devices,
    waiting: box.waiting,
    quarantined: box.quarantined,
    revokedAt: isoOrNull(box.revoked_at),
    site: String(box.site_id),
    leftAt: isoOrNull(box.left_at),
    silentHours: box.silent_hours,
    unreached: unreachedRanges(box.unreached).map(shownRange),
  };
}

export async function deviceViews(store: CustomerStore, rows: readonly DeviceRow[]): Promise<CentralDeviceView[]> {
  const ids = rows.map((row) => row.id);
  const parts = groupByDevice(await store.devices.parts(ids), (part) => part.device_id);
  const notes = groupByDevice(await store.notes.notesOf(ids), (note) => note.device);
  const imported = await store.expected.serviceIds(rows.flatMap(({ serial_key }) => serial_key ?? []));
  const standings = await store.standings.settingsOf(ids);
  const removed = await store.notes.removedAt(ids);
  return rows.map((row) => {
    const texts = textsOf(notes.get(row.id) ?? []);
    const view = deviceView(store.id, row, parts.get(row.id) ?? [], {
      texts,
      standing: standings.get(row.id),
      removedAt: removed.get(row.id),
    });
    // What was typed in at the machine counts; else the number that the dealer's ERP has.
    return view.serviceId === null ? { ...view, serviceId: imported.get(row.serial_key ?? '') ?? null } : view;
  });
}

function groupByDevice<R>(rows: readonly R[], deviceOf: (row: R) => DeviceId): Map<DeviceId, R[]> {
  const groups = new Map<DeviceId, R[]>();
  for (const row of rows) {
    const group = groups.get(deviceOf(row));
    if (group) group.push(row);
    else groups.set(deviceOf(row), [row]);
  }
  return groups;
}

/** What people said of a device. */
export type DeviceTexts = Pick<CentralDeviceView, 'serviceId' | 'group' | 'locationNote'>;

const textsOf = (notes: readonly NoteRow[]): DeviceTexts => ({
  serviceId: textNote(notes, 'serviceId'),
  group: textNote(notes, 'group'),
  locationNote: textNote(notes, 'location'),
});

export interface DeviceFacts {
  readonly texts: DeviceTexts;
  readonly standing: StandingSettings | undefined;
  /** When somebody last took it from the box's list. */
  readonly removedAt: number | undefined;
}

export function deviceView(
  customer: CustomerId,
  row: DeviceRow,
  parts: readonly DevicePartRow[],
  { texts, standing, removedAt }: DeviceFacts,
): CentralDeviceView {
  const part = <T>(name: DevicePart): { takenAt: string; value: T } | null => {
    const found = parts.find((candidate) => candidate.part === name);
    return found ? { takenAt: found.taken_at, value: JSON.parse(found.value) } : null;
  };
  const readAt = Math.max(0, ...parts.filter((each) => each.part !== 'identity').map(({ at }) => at));
  return {
    id: String(row.id),
    customer: String(customer),
    box: row.agent,
    // Empty where the customer withholds it.
    address: row.address === '' ? null : row.address,
    kind: row.kind,
    identity: part<Identity>('identity')?.value ?? null,
    ...texts,
    counters: part('counters'),
    supplies: part('supplies'),
    status: part('status'),
    alerts: part('alerts'),
    completeness: row.completeness === null ? null : JSON.parse(row.completeness),
    readings: row.readings,
    firstHeard: iso(row.first_heard),
    lastHeard: iso(row.last_heard),
    supplyMark: standing?.supply_mark ?? HANDED_DOWN_DEFAULTS.supplyMark,
    silentAt: standing && standing.read_at > 0 ? iso(standing.silent_at) : null,
    removedAt: removedAt !== undefined && removedAt >= readAt ? iso(removedAt) : null,
  };
}

/** A device that changed its local id may carry a note under each: the latest written counts. */
function textNote(notes: readonly NoteRow[], field: NoteField): string | null {
  const [latest] = notes
    .filter((note) => note.field === field)
    .sort((a, b) => b.epoch_no - a.epoch_no || b.seq - a.seq);
  const value: unknown = latest ? JSON.parse(latest.value) : null;
  return typeof value === 'string' ? value : null;
}

export function readingView({ seq, receivedAt, raw }: PlacedItem, epoch: string): RawReading {
  const { body } = JSON.parse(Buffer.from(raw).toString('utf8'));
  return { epoch, seq, takenAt: body.reading.takenAt, receivedAt: iso(receivedAt), reading: body.reading };
}
