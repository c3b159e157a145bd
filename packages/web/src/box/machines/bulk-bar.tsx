/** What can be done to the selected rows, over the foot of the list (LOOK §6, §8). */
import { m } from '@rsb/messages';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useSignedIn } from '../box-context.tsx';
import type { MachineActions } from './actions.ts';
import type { MachineRow } from './machine-row.ts';
import '../../components/Field.css';
import './bulk-bar.css';

export interface BulkBarProps {
  readonly rows: readonly MachineRow[];
  readonly onClear: () => void;
  readonly actions: MachineActions;
}

type Noted = 'group' | 'locationNote' | 'serviceId';
const LONGEST: Readonly<Record<Noted, number>> = { group: 64, locationNote: 128, serviceId: 64 };

export function BulkBar({ rows, onClear, actions }: BulkBarProps) {
  const lang = useLang();
  const signedIn = useSignedIn();
  const [field, setField] = useState<Noted | null>(null);
  const names: Readonly<Record<Noted, string>> = {
    group: m.group({}, lang),
    locationNote: m.location({}, lang),
    serviceId: m.service_id({}, lang),
  };
  const allMonitored = rows.every((row) => row.device.monitored);
  return (
    <section class="bulk no-print" aria-label={m.selection({}, lang)}>
      <span>{m.selected({ count: rows.length, machines: formatCount(rows.length, lang) }, lang)}</span>
      {field ? (
        <NoteForm
          key={field}
          name={names[field]}
          first={shared(rows, field)}
          longest={LONGEST[field]}
          onSave={async (value) => {
            if (await actions.change(rows, { [field]: value })) setField(null);
          }}
          onCancel={() => setField(null)}
        />
      ) : (
        <div class="row-of-buttons push">
          {signedIn && (
            <>
              {(['group', 'locationNote', 'serviceId'] as const).map((name) => (
                <Button key={name} onClick={() => setField(name)}>
                  {names[name]}
                </Button>
              ))}
              <Button onClick={() => void actions.change(rows, { monitored: !allMonitored })}>
                {allMonitored ? m.stop_monitoring({}, lang) : m.monitor({}, lang)}
              </Button>
              <Button icon="refresh-cw" onClick={() => actions.read(rows.map((row) => row.id))}>
                {m.read_now({}, lang)}
              </Button>
            </>
          )}
          <Button kind="quiet" icon="x" onClick={onClear}>
            {m.selection_clear({}, lang)}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The value that all selected rows have in common, as a start. */
function shared(rows: readonly MachineRow[], field: Noted): string {
  const values = new Set(rows.map((row) => row.device[field] ?? ''));
  return values.size === 1 ? ([...values][0] ?? '') : '';
}

interface NoteFormProps {
  readonly name: string;
  readonly first: string;
  readonly longest: number;
  readonly onSave: (value: string | null) => void;
  readonly onCancel: () => void;
}

function NoteForm({ name, first, longest, onSave, onCancel }: NoteFormProps) {
  const lang = useLang();
  const [value, setValue] = useState(first);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  return (
    <form
      class="bulk-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(value.trim() === '' ? null : value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <label class="bulk-label">
        <span>{name}</span>
        <input
          ref={input}
          class="input"
          value={value}
          maxLength={longest}
          placeholder={m.empty_clears({}, lang)}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
      </label>
      <Button kind="primary" type="submit">
        {m.save({}, lang)}
      </Button>
      <Button onClick={onCancel}>{m.cancel({}, lang)}</Button>
    </form>
  );
}
