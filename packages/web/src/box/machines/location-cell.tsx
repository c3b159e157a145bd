/** Where a machine stands and the dealer's number for it; edited in place by who is signed in. */
import { m } from '@rsb/messages';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { type Language, useLang } from '../../language/language.tsx';
import type { MachineActions, Notes } from './actions.ts';
import type { MachineRow } from './machine-row.ts';
import './location-cell.css';

export interface LocationCellProps {
  readonly row: MachineRow;
  readonly lang: Language;
  readonly signedIn: boolean;
  /** Only then the pencil is drawn: it is not seen before. */
  readonly isReached: boolean;
  readonly actions: MachineActions;
}

export function LocationCell({ row, lang, signedIn, isReached, actions }: LocationCellProps) {
  const [editing, setEditing] = useState(false);
  const { device } = row;
  if (editing) return <LocationForm row={row} actions={actions} onDone={() => setEditing(false)} />;
  return (
    <>
      <span class="cell-first" title={row.location ?? undefined}>
        {row.location ?? '–'}
      </span>
      <span class="cell-second num">{device.serviceId ?? '–'}</span>
      {signedIn && (
        <button
          type="button"
          class="location-edit"
          aria-label={m.edit_notes({ name: row.name }, lang)}
          onClick={() => setEditing(true)}
        >
          {isReached && <Icon name="pencil" size={14} />}
        </button>
      )}
    </>
  );
}

interface LocationFormProps {
  readonly row: MachineRow;
  readonly actions: MachineActions;
  readonly onDone: () => void;
}

function LocationForm({ row, actions, onDone }: LocationFormProps) {
  const lang = useLang();
  const { device } = row;
  const [location, setLocation] = useState(row.location ?? '');
  const [serviceId, setServiceId] = useState(device.serviceId ?? '');
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.select(), []);

  const save = async () => {
    const noted = location.trim();
    const number = serviceId.trim();
    const set: Notes = {
      ...(noted === (row.location ?? '') ? {} : { locationNote: noted === '' ? null : noted }),
      ...(number === (device.serviceId ?? '') ? {} : { serviceId: number === '' ? null : number }),
    };
    if (Object.keys(set).length === 0 || (await actions.change([row], set))) onDone();
  };
  return (
    <form
      ref={form}
      class="location-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onDone();
      }}
      onFocusOut={(event) => {
        if (!form.current?.contains(event.relatedTarget as Node | null)) void save();
      }}
    >
      <input
        ref={first}
        value={location}
        maxLength={128}
        aria-label={m.location({}, lang)}
        placeholder={m.location({}, lang)}
        onInput={(event) => setLocation(event.currentTarget.value)}
      />
      <input
        class="num"
        value={serviceId}
        maxLength={64}
        aria-label={m.service_id({}, lang)}
        placeholder={m.service_id({}, lang)}
        onInput={(event) => setServiceId(event.currentTarget.value)}
      />
      <button type="submit" class="visually-hidden">
        {m.save({}, lang)}
      </button>
    </form>
  );
}
