/** What people write about devices on the box: kept here, and told to central with a revision for each field. */
import { type DeviceNote, DevicePatch, type NoteField, parserOf } from '@rsb/contract';
import { isNoteWithheld } from '../disclosure/index.ts';
import type { Outbox } from '../outbox/index.ts';
import { type ChangeLog, escaped, type Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { numberAt } from '../store/row.ts';

export interface DeviceNotes {
  /** Answers the devices that changed; ids that are not known are passed over. */
  patch(patch: DevicePatch, who: string): readonly DeviceRecord[];
  /**
   * Notes that central has and this box has not confirmed. The higher revision counts; where both have the same, this box's
   * own. Each is answered by what holds here now, so that both sides end with the same. Answers the devices that changed.
   */
  takeFromCentral(notes: readonly DeviceNote[]): readonly DeviceRecord[];
}

type NoteKey = keyof DevicePatch['set'];

/** The page's word, and the contract's. */
const FIELDS: Readonly<Record<NoteKey, NoteField>> = {
  monitored: 'monitored',
  serviceId: 'serviceId',
  group: 'group',
  locationNote: 'location',
  note: 'note',
};

const KEYS = Object.fromEntries(Object.entries(FIELDS).map(([key, field]) => [field, key])) as Readonly<
  Record<NoteField, NoteKey>
>;

const parseSet = parserOf(DevicePatch.properties.set);

/** What a note sets, cleaned like what people type; null where it is nothing that a person could have typed. */
function fitting(key: NoteKey, value: DeviceNote['value']): Partial<Pick<DeviceRecord, NoteKey>> | null {
  const parsed = parseSet({ [key]: value });
  return parsed.ok ? cleaned(parsed.value) : null;
}

export function createDeviceNotes(deps: {
  readonly db: Database;
  readonly devices: Devices;
  readonly outbox: Outbox;
  readonly changeLog: ChangeLog;
  readonly settings: Pick<Settings, 'document'>;
  /** A device's name in what leaves the box: another one where its own would say what is withheld. */
  readonly nameAtCentral: (id: string) => string;
}): DeviceNotes {
  const { db, devices, outbox, changeLog, settings } = deps;

  const nextRevision = (device: string, field: NoteField): number => {
    const row = db.one(
      'INSERT INTO note_revision (device, field, revision) VALUES (?, ?, 1) ' +
        'ON CONFLICT (device, field) DO UPDATE SET revision = revision + 1 RETURNING revision',
      device,
      field,
    );
    if (!row) throw new Error('no revision was given');
    return numberAt(row, 'revision');
  };

  const patchOne = (device: DeviceRecord, set: DevicePatch['set'], who: string): DeviceRecord | null => {
    const wanted = cleaned(set);
    const changed = (Object.keys(FIELDS) as NoteKey[]).filter(
      (key) => wanted[key] !== undefined && wanted[key] !== device[key],
    );
    if (changed.length === 0) return null;
    const patched: DeviceRecord = { ...device, ...wanted };
    devices.save(patched);
    for (const key of changed) {
      const field = FIELDS[key];
      const value = patched[key];
      const revision = nextRevision(device.id, field);
      if (!isNoteWithheld(field, settings.document.withhold)) {
        outbox.append('deviceNote', { device: device.id, field, value, revision } satisfies DeviceNote);
      }
      changeLog.append(who, [
        { path: `/devices/${escaped(device.id)}/${key}`, old: String(device[key] ?? ''), new: String(value ?? '') },
      ]);
    }
    return patched;
  };

  const revisionOf = (device: string, field: NoteField): number => {
    const row = db.one('SELECT revision FROM note_revision WHERE device = ? AND field = ?', device, field);
    return row ? numberAt(row, 'revision') : 0;
  };

  const saveRevision = (device: string, field: NoteField, revision: number) => {
    db.run(
      'INSERT INTO note_revision (device, field, revision) VALUES (?, ?, ?) ' +
        'ON CONFLICT (device, field) DO UPDATE SET revision = excluded.revision',
      device,
      field,
      revision,
    );
  };

  /** What was told while it is on its way: central goes on naming the note until it has the answer. */
  const answered = new Map<string, string>();

  const tell = (device: DeviceRecord, field: NoteField) => {
    if (isNoteWithheld(field, settings.document.withhold)) return;
    const value = device[KEYS[field]];
    const revision = Math.max(1, revisionOf(device.id, field));
    const name = JSON.stringify([device.id, field]);
    const text = JSON.stringify([revision, value]);
    if (answered.get(name) === text) return;
    outbox.append('deviceNote', { device: device.id, field, value, revision } satisfies DeviceNote);
    answered.set(name, text);
  };

  const takeOne = (note: DeviceNote, idOf: (name: string) => string): DeviceRecord | null => {
    const device = devices.find(idOf(note.device));
    const { field, value, revision } = note;
    const key = KEYS[field];
    const wanted = device && fitting(key, value);
    if (!device || !wanted) return null;
    if (revision <= revisionOf(device.id, field)) {
      tell(device, field);
      return null;
    }
    // To be read is the customer's to allow where he lets central set nothing.
    const isRefused = value === true && !device.monitored && settings.document.fromCentral.settings === 'never';
    saveRevision(device.id, field, isRefused ? revision + 1 : revision);
    if (isRefused || device[key] === wanted[key]) {
      tell(device, field);
      return null;
    }
    const patched: DeviceRecord = { ...device, ...wanted };
    devices.save(patched);
    tell(patched, field);
    changeLog.append('central', [
      {
        path: `/devices/${escaped(device.id)}/${key}`,
        old: String(device[key] ?? ''),
        new: String(patched[key] ?? ''),
      },
    ]);
    return patched;
  };

  return {
    takeFromCentral(notes) {
      if (notes.length === 0) return [];
      let names: ReadonlyMap<string, string> | null = null;
      const idOf = (name: string): string => {
        if (devices.find(name)) return name;
        names ??= new Map(devices.all().map(({ id }) => [deps.nameAtCentral(id), id]));
        return names.get(name) ?? name;
      };
      return db.transaction(() => notes.flatMap((note) => takeOne(note, idOf) ?? []));
    },
    patch: ({ ids, set }, who) =>
      db.transaction(() =>
        [...new Set(ids)].flatMap((id) => {
          const device = devices.find(id);
          return device ? (patchOne(device, set, who) ?? []) : [];
        }),
      ),
  };
}

const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/**
 * Blanks around are a slip of the finger, and nothing but blanks means nothing. Control and format characters, pasted along,
 * would break or turn round the text of lists and exports.
 */
function cleaned(set: DevicePatch['set']): Partial<Pick<DeviceRecord, NoteKey>> {
  const text = (value: string | null | undefined) =>
    value === undefined ? undefined : value?.replace(UNSEEN, '').trim() || null;
  const wanted = {
    monitored: set.monitored,
    serviceId: text(set.serviceId),
    group: text(set.group),
    locationNote: text(set.locationNote),
    note: text(set.note),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}
