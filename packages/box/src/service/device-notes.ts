/** What people write about devices on the box: kept here, and told to central with a revision for each field. */
import type { DeviceNote, DevicePatch, NoteField } from '@rsb/contract';
import { isNoteWithheld } from '../disclosure/index.ts';
import type { Outbox } from '../outbox/index.ts';
import { type ChangeLog, escaped, type Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import { numberAt } from '../store/row.ts';

export interface DeviceNotes {
  /** Answers the devices that changed; ids that are not known are passed over. */
  patch(patch: DevicePatch, who: string): readonly DeviceRecord[];
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

export function createDeviceNotes(deps: {
  readonly db: Database;
  readonly devices: Devices;
  readonly outbox: Outbox;
  readonly changeLog: ChangeLog;
  readonly settings: Pick<Settings, 'document'>;
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

  return {
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
