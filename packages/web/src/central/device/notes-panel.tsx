/** What people typed about a machine, at central or on its box, and at which site it stands. */
import type { NotesPatch } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ask, faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type DeviceSiteView, type NotesView, type SiteView } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { useResource } from '../use-resource.ts';
import '../settings/settings-page.css';

const TEXTS = ['serviceId', 'group', 'locationNote', 'note'] as const;
type TextName = (typeof TEXTS)[number];
const LONGEST: Readonly<Record<TextName, number>> = { serviceId: 64, group: 64, locationNote: 128, note: 255 };

function textWords(name: TextName, lang: ReturnType<typeof useLang>): string {
  switch (name) {
    case 'serviceId':
      return m.service_id({}, lang);
    case 'group':
      return m.group({}, lang);
    case 'locationNote':
      return m.location_note({}, lang);
    case 'note':
      return m.notes_note({}, lang);
  }
}

export interface NotesPanelProps {
  readonly customer: string;
  readonly device: string;
  readonly onSaved: () => void;
}

export function NotesPanel({ customer, device, onSaved }: NotesPanelProps) {
  const lang = useLang();
  const mayWrite = useMayWrite();
  const notes = useResource(api.getNotes(customer, device));
  const place = useResource(api.getDeviceSite(customer, device));
  const sites = useResource(api.listSites(customer));
  const [editing, setEditing] = useState(false);
  const known =
    notes.value && place.value && sites.value ? { notes: notes.value, place: place.value, sites: sites.value } : null;
  const close = () => setEditing(false);
  return (
    <Panel
      id="notes"
      title={m.notes_title({}, lang)}
      flush
      right={
        known &&
        mayWrite &&
        !editing && (
          <Button small icon="pencil" onClick={() => setEditing(true)}>
            {m.notes_edit({}, lang)}
          </Button>
        )
      }
    >
      <LoadedPart of={{ ...notes, value: known }} onRetry={() => void notes.reload()} rows={3}>
        {(all) =>
          editing ? (
            <NotesForm
              {...all}
              customer={customer}
              device={device}
              onClose={close}
              onSaved={() => {
                close();
                void notes.reload();
                void place.reload();
                onSaved();
              }}
            />
          ) : (
            <NotesFacts {...all} />
          )
        }
      </LoadedPart>
    </Panel>
  );
}

interface Known {
  readonly notes: NotesView;
  readonly place: DeviceSiteView;
  readonly sites: readonly SiteView[];
}

function NotesFacts({ notes, place, sites }: Known) {
  const lang = useLang();
  const site = sites.find(({ id }) => id === place.site);
  const waits = (name: TextName | 'monitored') =>
    notes.waiting.includes(name) && <span class="second"> ({m.notes_waiting({}, lang)})</span>;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ...TEXTS.map((name) => {
      const value = notes[name] ?? <span class="none">{m.none({}, lang)}</span>;
      const shown = (
        <span key={name}>
          {value}
          {waits(name)}
        </span>
      );
      return [textWords(name, lang), shown] as const;
    }),
    [
      m.notes_monitored({}, lang),
      <span key="monitored">
        {notes.monitored === false ? m.notes_monitored_not({}, lang) : m.yes({}, lang)}
        {waits('monitored')}
      </span>,
    ],
    [
      m.machine_site({}, lang),
      <span key="site">
        {site?.name || m.site_first({}, lang)}
        {!place.byHand && <span class="second"> ({m.machine_site_by_box({}, lang)})</span>}
      </span>,
    ],
  ];
  return (
    <dl class="facts panel-body">
      {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
    </dl>
  );
}

/** Chosen where a machine stands with its box. */
const BY_BOX = 'box';

interface NotesFormProps extends Known {
  readonly customer: string;
  readonly device: string;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

function NotesForm({ notes, place, sites, customer, device, onSaved, onClose }: NotesFormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const textsOf = (from: NotesView): Record<TextName, string> => ({
    serviceId: from.serviceId ?? '',
    group: from.group ?? '',
    locationNote: from.locationNote ?? '',
    note: from.note ?? '',
  });
  // What comes from the box meanwhile does not change what is being typed.
  const [before] = useState(() => ({ texts: textsOf(notes), monitored: notes.monitored !== false }));
  const [texts, setTexts] = useState(before.texts);
  const [monitored, setMonitored] = useState(before.monitored);
  const [placeBefore] = useState(place.byHand ? place.site : BY_BOX);
  const [site, setSite] = useState(placeBefore);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const patch: NotesPatch = {
    ...Object.fromEntries(
      TEXTS.filter((name) => texts[name].trim() !== before.texts[name]).map((name) => [
        name,
        texts[name].trim() || null,
      ]),
    ),
    ...(monitored === before.monitored ? {} : { monitored }),
  };
  const isChanged = Object.keys(patch).length > 0;
  const save = async () => {
    setBusy(true);
    const written = isChanged ? await ask(client, api.writeNotes(customer, device, patch)) : null;
    const placed =
      site === placeBefore || written?.ok === false
        ? null
        : await ask(client, api.placeDevice(customer, device, { site: site === BY_BOX ? null : site }));
    setBusy(false);
    if (written && !written.ok) setProblem(written.problem);
    else if (placed && !placed.ok) setProblem(placed.problem);
    else {
      toast({ text: isChanged ? m.notes_saved({}, lang) : m.settings_saved({}, lang) });
      onSaved();
    }
  };
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      {TEXTS.map((name) => (
        <TextField
          key={name}
          label={textWords(name, lang)}
          value={texts[name]}
          maxLength={LONGEST[name]}
          error={faultAt(problem, `/${name}`, lang)}
          onInput={(value) => {
            setTexts({ ...texts, [name]: value });
            setProblem(null);
          }}
        />
      ))}
      <SelectField
        label={m.machine_site({}, lang)}
        value={site}
        choices={[
          { value: BY_BOX, text: m.machine_site_by_box({}, lang) },
          ...sites.map(({ id, name }) => ({ value: id, text: name || m.site_first({}, lang) })),
        ]}
        onChange={setSite}
      />
      <div class="wide">
        <Checkbox checked={monitored} onChange={setMonitored}>
          {m.notes_monitored({}, lang)}
        </Checkbox>
      </div>
      <div class="row-of-buttons">
        <Button
          kind="primary"
          type="submit"
          disabled={!isChanged && site === placeBefore}
          busy={busy && m.saving({}, lang)}
        >
          {m.settings_save({}, lang)}
        </Button>
        <Button onClick={onClose}>{m.cancel({}, lang)}</Button>
        {problem && (
          <span class="crit" role="alert">
            {wordProblem(problem, lang)}
          </span>
        )}
      </div>
    </form>
  );
}
