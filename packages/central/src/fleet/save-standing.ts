/** Puts together how a device stands and keeps it: in the transaction that keeps what its history came to. */
import type { Alert, Counters, Identity, NoteField, Status, Supply } from '@rsb/contract';
import type { LocalDays } from '../processing/local-days.ts';
import type { DevicePart, DeviceRow } from '../store/customer-devices.ts';
import type { NoteRow } from '../store/customer-notes.ts';
import type { CustomerStore } from '../store/database.ts';
import { firstSince } from './first-since.ts';
import { standingOf, WEEKS } from './standing.ts';

export interface StandingSettings {
  /** Percent at which a supply is low. */
  readonly mark: number;
  readonly silentHours: number;
  /** Day of the month on which counters are read off. */
  readonly billingDay: number;
}

export async function saveStanding(
  store: CustomerStore,
  device: DeviceRow,
  settings: StandingSettings,
  days: LocalDays,
  now: number,
): Promise<void> {
  const parts = await store.devices.parts([device.id]);
  const notes = await store.notes.notesOf([device.id]);
  const part = <T>(name: DevicePart): T | null => {
    const found = parts.find((each) => each.part === name);
    return found ? JSON.parse(found.value) : null;
  };
  const readAt = Math.max(0, ...parts.filter((each) => each.part !== 'identity').map(({ at }) => at));
  const removedAt = (await store.notes.removedAt([device.id])).get(device.id);
  const today = days.numberOf(now);
  const before = await store.standings.find(device.id);
  const [imported] = device.serial_key === null ? [] : await store.expected.findMany([device.serial_key]);
  const row = standingOf(
    {
      device,
      identity: part<Identity>('identity'),
      counters: part<Counters>('counters'),
      supplies: part<Supply[]>('supplies') ?? [],
      status: part<Status>('status'),
      alerts: part<Alert[]>('alerts') ?? [],
      readAt,
      notes: {
        serviceId: noteText(notes, 'serviceId'),
        group: noteText(notes, 'group'),
        location: noteText(notes, 'location'),
        monitored: noteValue(notes, 'monitored') !== false,
      },
      isReplaced: (await store.results.findingsOfKind([device.id], 'replaced')).some(({ at }) => at >= readAt),
      // Whoever is read again afterwards is back on the box's list.
      isRemoved: removedAt !== undefined && removedAt >= readAt,
      ...(imported && { imported }),
      ...settings,
      days: await store.results.days(device.id, today - WEEKS * 7, today),
      today,
    },
    before,
  );
  const since = before ? {} : await firstSince(store, device.id, row, settings.mark);
  await store.standings.save({ ...row, ...since }, before);
}

/** A device that changed its local id may carry a note under each: the latest written counts. */
function noteValue(notes: readonly NoteRow[], field: NoteField): unknown {
  const [latest] = notes
    .filter((note) => note.field === field)
    .sort((one, other) => other.epoch_no - one.epoch_no || other.seq - one.seq);
  return latest ? JSON.parse(latest.value) : null;
}

function noteText(notes: readonly NoteRow[], field: NoteField): string | null {
  const value = noteValue(notes, field);
  return typeof value === 'string' ? value : null;
}
