/** Notes of a machine that people type at central: kept at once, and told to the machine's box when it asks next. */
import type { NoteField, NotesPatch, NotesView } from '@rsb/contract';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { NoteRow } from '../store/customer-notes.ts';
import type { CustomerStore } from '../store/database.ts';
import { storable } from '../store/storable-text.ts';
import { workDemand } from '../work/demands.ts';

type NoteKey = keyof NotesPatch;
const FIELDS: Readonly<Record<NoteKey, NoteField>> = {
  serviceId: 'serviceId',
  group: 'group',
  locationNote: 'location',
  note: 'note',
  monitored: 'monitored',
};
const KEYS = Object.keys(FIELDS) as readonly NoteKey[];

export async function notesView(store: CustomerStore, device: DeviceRow): Promise<NotesView> {
  const notes = await store.notes.notesOf([device.id]);
  const valueAt = (key: NoteKey): unknown => {
    const note = latest(notes, FIELDS[key]);
    return note ? JSON.parse(note.value) : null;
  };
  const text = (key: NoteKey): string | null => {
    const value = valueAt(key);
    return typeof value === 'string' ? value : null;
  };
  const monitored = valueAt('monitored');
  return {
    serviceId: text('serviceId'),
    group: text('group'),
    locationNote: text('locationNote'),
    note: text('note'),
    monitored: typeof monitored === 'boolean' ? monitored : null,
    waiting: KEYS.filter((key) => (latest(notes, FIELDS[key])?.typed_at ?? null) !== null),
  };
}

/** What is the same as before is not typed: the box keeps its revision. */
export async function typeNotes(
  outside: CustomerStore,
  device: DeviceRow,
  patch: NotesPatch,
  typed: { readonly by: string; readonly at: number },
): Promise<void> {
  await outside.exclusively(async (store) => {
    const notes = await store.notes.notesOf([device.id]);
    const epochs = await store.items.epochs();
    const newestEpoch = epochs.findLast(({ agent }) => agent === device.agent)?.no ?? 0;
    for (const key of KEYS) {
      const wanted = cleaned(patch[key]);
      if (wanted === undefined) continue;
      const known = latest(notes, FIELDS[key]);
      if (wanted === (known ? JSON.parse(known.value) : null)) continue;
      const here = await store.notes.findNote(device.agent, device.local_id, FIELDS[key]);
      await store.notes.saveNote({
        agent: device.agent,
        local_id: device.local_id,
        field: FIELDS[key],
        value: JSON.stringify(wanted),
        revision: Math.max(known?.revision ?? 0, here?.revision ?? 0) + 1,
        // Behind all that was told of it before, under whichever name.
        epoch_no: Math.max(newestEpoch, known?.epoch_no ?? 0),
        seq: Math.max(known?.seq ?? 0, here?.seq ?? 0) + 1,
        typed_at: typed.at,
        typed_by: typed.by,
      });
    }
    await store.jobs.demand([workDemand(device.id, typed.at, typed.at)]);
  });
}

const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

function cleaned(value: string | boolean | null | undefined): string | boolean | null | undefined {
  return typeof value === 'string' ? storable(value.replace(UNSEEN, '').trim()) || null : value;
}

function latest<N extends NoteRow>(notes: readonly N[], field: NoteField): N | undefined {
  return notes.filter((note) => note.field === field).sort((a, b) => b.epoch_no - a.epoch_no || b.seq - a.seq)[0];
}
