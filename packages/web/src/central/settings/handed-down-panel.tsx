/** Settings of one level: what is set here, and for what is not, the value that counts and where it comes from. */
import type { HandedDown, SettingsHere, ValueFrom } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useId, useState } from 'preact/hooks';
import { ask, faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { LANGUAGE_NAMES } from '../../components/LanguageMenu.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { type Language as Lang, useLang } from '../../language/language.tsx';
import type { Call } from '../api/call.ts';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { SavedMeanwhile } from '../saved-meanwhile.tsx';
import { useDraft } from '../use-draft.ts';
import { useResource } from '../use-resource.ts';
import './settings-page.css';

const NUMBERS = ['supplyMark', 'silentHours', 'boxSilentHours', 'leadDays', 'billingDay'] as const;
type NumberName = (typeof NUMBERS)[number];

function numberWords(name: NumberName, lang: Lang): string {
  switch (name) {
    case 'supplyMark':
      return m.handed_supply_mark({}, lang);
    case 'silentHours':
      return m.handed_silent_hours({}, lang);
    case 'boxSilentHours':
      return m.handed_box_silent_hours({}, lang);
    case 'leadDays':
      return m.handed_lead_days({}, lang);
    case 'billingDay':
      return m.handed_billing_day({}, lang);
  }
}

function unitWords(name: NumberName, lang: Lang): string | undefined {
  switch (name) {
    case 'supplyMark':
      return m.unit_percent({}, lang);
    case 'silentHours':
    case 'boxSilentHours':
      return m.unit_hours({}, lang);
    case 'leadDays':
      return m.unit_days({}, lang);
    case 'billingDay':
      return undefined;
  }
}

/** Where a value comes from that is not set here. */
export function fromWords({ from, name }: ValueFrom, lang: Lang): string {
  const named = { name: name ?? '' };
  switch (from) {
    case 'default':
      return m.from_default({}, lang);
    case 'told':
      return m.from_told({}, lang);
    case 'dealer':
      return m.from_dealer({}, lang);
    case 'agency':
      return m.from_agency(named, lang);
    case 'customer':
      return m.from_customer(named, lang);
    case 'site':
      return m.from_site({ name: name ?? m.site_first({}, lang) }, lang);
    case 'box':
      return m.from_box(named, lang);
    case 'device':
      return m.from_here({}, lang);
  }
}

export interface HandedDownPanelProps {
  readonly title?: string;
  readonly load: Call<SettingsHere>;
  /** null: whoever looks may not change it. */
  readonly save: ((own: HandedDown) => Call<SettingsHere>) | null;
}

export function HandedDownPanel({ title, load, save }: HandedDownPanelProps) {
  const lang = useLang();
  const settings = useResource<SettingsHere>(load);
  const id = useId();
  return (
    <Panel id={`handed-down-${id}`} title={title ?? m.handed_down({}, lang)} flush>
      <LoadedPart of={settings} onRetry={() => void settings.reload()} rows={3}>
        {(here) =>
          save ? (
            <HandedDownForm here={here} save={save} onReload={() => void settings.reload()} />
          ) : (
            <HandedDownFacts here={here} />
          )
        }
      </LoadedPart>
    </Panel>
  );
}

type Draft = Readonly<Record<NumberName | 'language' | 'zone', string>>;
const draftOf = (own: HandedDown): Draft => ({
  supplyMark: String(own.supplyMark ?? ''),
  silentHours: String(own.silentHours ?? ''),
  boxSilentHours: String(own.boxSilentHours ?? ''),
  leadDays: String(own.leadDays ?? ''),
  billingDay: String(own.billingDay ?? ''),
  language: own.language ?? '',
  zone: own.zone ?? '',
});

function ownOf(draft: Draft): HandedDown {
  const own: Record<string, unknown> = {};
  for (const name of NUMBERS) if (draft[name].trim() !== '') own[name] = Number(draft[name]);
  if (draft.language !== '') own['language'] = draft.language;
  if (draft.zone.trim() !== '') own['zone'] = draft.zone.trim();
  return own as HandedDown;
}

interface FormProps {
  readonly here: SettingsHere;
  readonly save: NonNullable<HandedDownPanelProps['save']>;
  readonly onReload: () => void;
}

const fieldsOf = ({ own }: SettingsHere): Draft => draftOf(own);

function HandedDownForm({ here, save, onReload }: FormProps) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const { draft, base, theirs, ...form } = useDraft(here, fieldsOf);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (name: keyof Draft, value: string) => {
    form.set({ [name]: value });
    setProblem(null);
  };
  const isChanged = JSON.stringify(ownOf(draft)) !== JSON.stringify(ownOf(fieldsOf(base)));
  const store = async () => {
    setBusy(true);
    const answer = await ask(client, save(ownOf(draft)), { ifMatch: base.revision });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    // Where somebody was faster, that shows what they saved.
    onReload();
    if (!answer.ok) return;
    form.begin(answer.value);
    toast({ text: m.settings_saved({}, lang) });
  };
  const saved = fieldsOf(base);
  const hint = (name: keyof Draft) => {
    const effective = here.effective[name];
    if (draft[name] !== '' && draft[name] !== saved[name]) return m.not_saved_yet({}, lang);
    if (draft[name] !== '') return m.from_here({}, lang);
    // What is set here and emptied now is not known before it is saved.
    if (base.own[name] !== undefined) return undefined;
    return m.from_empty_hint({ value: valueWords(name, effective, lang), from: fromWords(effective, lang) }, lang);
  };
  const changes = theirs.map((name) => ({
    name: settingWords(name, lang),
    value: saved[name] === '' ? '' : valueWords(name, { ...base.effective[name], value: saved[name] }, lang),
  }));
  return (
    <form
      class="settings-part settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void store();
      }}
    >
      <SavedMeanwhile
        changes={changes}
        onTakeTheirs={() => {
          form.begin(base);
          setProblem(null);
        }}
      />
      {NUMBERS.map((name) => (
        <TextField
          key={name}
          label={numberWords(name, lang)}
          value={draft[name]}
          hint={hint(name)}
          inputMode="numeric"
          inputClass="num input-number"
          maxLength={4}
          after={unitWords(name, lang)}
          error={faultAt(problem, `/${name}`, lang)}
          onInput={(value) => set(name, value.replace(/\D/g, ''))}
        />
      ))}
      <SelectField
        label={m.handed_language({}, lang)}
        value={draft.language}
        hint={hint('language')}
        choices={[
          { value: '', text: '–' },
          ...(['en', 'fr', 'de'] as const).map((value) => ({ value, text: LANGUAGE_NAMES[value] })),
        ]}
        onChange={(value) => set('language', value)}
      />
      <TextField
        label={m.handed_zone({}, lang)}
        value={draft.zone}
        hint={hint('zone')}
        maxLength={64}
        error={faultAt(problem, '/zone', lang)}
        onInput={(value) => set('zone', value)}
      />
      <p class="hint wide">{m.handed_down_about({}, lang)}</p>
      <div class="row-of-buttons">
        <Button type="submit" disabled={!isChanged} busy={busy && m.saving({}, lang)}>
          {m.settings_save({}, lang)}
        </Button>
        {Object.values(draft).some((value) => value !== '') && (
          <Button kind="quiet" onClick={() => form.set(draftOf({}))}>
            {m.handed_reset({}, lang)}
          </Button>
        )}
        {problem && changes.length === 0 && (
          <span class="crit" role="alert">
            {wordProblem(problem, lang)}
          </span>
        )}
      </div>
    </form>
  );
}

function settingWords(name: keyof Draft, lang: Lang): string {
  if (name === 'language') return m.handed_language({}, lang);
  return name === 'zone' ? m.handed_zone({}, lang) : numberWords(name, lang);
}

const languageName = (value: string): string =>
  value === 'en' || value === 'fr' || value === 'de' ? LANGUAGE_NAMES[value] : value;

function valueWords(name: keyof Draft, { value }: ValueFrom, lang: Lang): string {
  if (name === 'language') return languageName(String(value));
  const unit = name === 'zone' ? undefined : unitWords(name, lang);
  return unit === undefined ? String(value) : `${value} ${unit}`;
}

/** For whoever may not change them: what counts here, and where it comes from. */
function HandedDownFacts({ here }: { readonly here: SettingsHere }) {
  const lang = useLang();
  return (
    <table class="table plain-list">
      <tbody>
        {([...NUMBERS, 'language', 'zone'] as const).map((name) => (
          <tr key={name} class="row">
            <th scope="row">{settingWords(name, lang)}</th>
            <td>{valueWords(name, here.effective[name], lang)}</td>
            <td class="second">{fromWords(here.effective[name], lang)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
