/** One rule by form: what people change often. What a form does not show stands in the JSON. */
import type { AlertEvent, AlertRule, StatusError } from '@rsb/contract';
import { m } from '@rsb/messages';
import {
  conditionWord,
  errorWord,
  happenedWord,
  severityWord,
  stateWord,
  supplyTypeName,
} from '@rsb/messages/alert-words';
import { Checkbox } from '../../components/Checkbox.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { RuleScope } from './rule-scope.tsx';

export interface RuleFormProps {
  readonly rule: AlertRule;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (rule: AlertRule) => void;
}

type When = AlertRule['when'];

const STATES = ['down', 'idle', 'printing', 'warmup', 'sleep'] as const;
const ERRORS = [
  'jammed',
  'serviceRequested',
  'markerSupplyMissing',
  'overduePreventMaint',
  'noPaper',
  'lowPaper',
  'noToner',
  'lowToner',
  'doorOpen',
  'offline',
  'inputTrayMissing',
  'inputTrayEmpty',
  'outputTrayMissing',
  'outputNearFull',
  'outputFull',
] as const satisfies readonly StatusError[];
const EVENTS = [
  'counterReset',
  'counterJump',
  'counterStuck',
  'counterExchanged',
  'counterRebased',
  'counterWrapped',
  'clash',
  'replaced',
  'moved',
  'firmwareChanged',
  'supplyReplaced',
  'supplyReplacedEarly',
] as const satisfies readonly AlertEvent[];
const TYPES = ['toner', 'ink', 'drum', 'waste', 'fuser', 'transfer', 'developer', 'maintenance', 'staples'] as const;

/** What a condition begins with when it is chosen. */
const FRESH: Readonly<Record<When['kind'], When>> = {
  state: { kind: 'state', states: ['down'] },
  error: { kind: 'error', errors: ['serviceRequested'] },
  supply: { kind: 'supply', types: [], colors: [], raiseAt: null, clearAt: null },
  silentMachine: { kind: 'silentMachine', hours: null },
  silentBox: { kind: 'silentBox', hours: null },
  event: { kind: 'event', events: ['counterReset'], days: 7 },
  question: { kind: 'question' },
  billing: { kind: 'billing', days: 3, hours: 48 },
};
const KINDS = Object.keys(FRESH) as readonly When['kind'][];

export function RuleForm({ rule, error, onChange }: RuleFormProps) {
  const lang = useLang();
  const set = (change: Partial<AlertRule>) => onChange({ ...rule, ...change });
  return (
    <div class="rule-form">
      <TextField
        label={m.rule_name({}, lang)}
        hint={m.rule_name_hint({}, lang)}
        value={rule.name ?? ''}
        maxLength={120}
        error={error('/name')}
        onInput={(name) => set({ name: name === '' ? null : name })}
      />
      <SelectField
        label={m.rule_severity({}, lang)}
        value={rule.severity}
        choices={(['critical', 'warning', 'info'] as const).map((value) => ({
          value,
          text: severityWord(value, lang.locale),
        }))}
        onChange={(severity) => set({ severity })}
      />
      <SelectField
        label={m.rule_condition({}, lang)}
        value={rule.when.kind}
        choices={KINDS.map((value) => ({ value, text: conditionWord(value, lang.locale) }))}
        onChange={(kind) => set({ when: FRESH[kind] })}
      />
      <SelectField
        label={m.rule_group({}, lang)}
        value={rule.group}
        choices={[
          { value: 'machine', text: m.rule_group_machine({}, lang) },
          { value: 'customer', text: m.rule_group_customer({}, lang) },
          { value: 'rule', text: m.rule_group_rule({}, lang) },
        ]}
        onChange={(group) => set({ group })}
      />
      <Condition when={rule.when} error={error} onChange={(when) => set({ when })} />
      <WaitFields legend={m.rule_hold({}, lang)} wait={rule.hold} onChange={(hold) => set({ hold })} />
      <WaitFields legend={m.rule_clear({}, lang)} wait={rule.clear} onChange={(clear) => set({ clear })} />
      <NumberField
        label={m.rule_reopen({}, lang)}
        value={rule.reopenMinutes}
        onChange={(minutes) => set({ reopenMinutes: Math.min(43_200, minutes ?? 0) })}
      />
      <RuleScope scope={rule.scope} onChange={(scope) => set({ scope })} />
      <TextField
        label={m.rule_models({}, lang)}
        hint={m.rule_comma_hint({}, lang)}
        value={rule.scope.models.join(', ')}
        onInput={(text) => set({ scope: { ...rule.scope, models: listOf(text) } })}
      />
      <TextField
        label={m.rule_groups({}, lang)}
        hint={m.rule_comma_hint({}, lang)}
        value={rule.scope.groups.join(', ')}
        onInput={(text) => set({ scope: { ...rule.scope, groups: listOf(text) } })}
      />
      <div class="rule-quiet">
        <Checkbox
          checked={rule.quiet !== null}
          onChange={(on) => set({ quiet: on ? { from: '20:00', to: '06:00', days: [1, 2, 3, 4, 5, 6, 7] } : null })}
        >
          {m.rule_quiet({}, lang)}
        </Checkbox>
        <span class="second">{m.rule_quiet_hint({}, lang)}</span>
        {rule.quiet && (
          <div class="rule-pair">
            <TextField
              label={m.rule_from({}, lang)}
              type="time"
              value={rule.quiet.from}
              onInput={(from) => rule.quiet && set({ quiet: { ...rule.quiet, from } })}
            />
            <TextField
              label={m.rule_to({}, lang)}
              type="time"
              value={rule.quiet.to}
              error={error('/quiet/to')}
              onInput={(to) => rule.quiet && set({ quiet: { ...rule.quiet, to } })}
            />
          </div>
        )}
        {rule.quiet && (
          <Ticks
            legend={m.rule_quiet_days({}, lang)}
            all={WEEK}
            chosen={rule.quiet.days.map(String)}
            word={(day) => weekday(Number(day), lang.locale)}
            onChange={(days) => {
              if (rule.quiet && days.length > 0) set({ quiet: { ...rule.quiet, days: days.map(Number) } });
            }}
          />
        )}
      </div>
    </div>
  );
}

/** 1 = Monday, as rules count them. */
const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const;
/** 5 January 1970 was a Monday. */
const weekday = (day: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date((day + 3) * 86_400_000));

const listOf = (text: string): string[] =>
  [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function NumberField({ label, hint, error, value, onChange }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      type="number"
      inputMode="numeric"
      error={error}
      value={value === null ? '' : String(value)}
      onInput={(text) => onChange(/^\d{1,6}$/.test(text) ? Number(text) : null)}
    />
  );
}

interface WaitProps {
  readonly legend: string;
  readonly wait: AlertRule['hold'];
  readonly onChange: (wait: AlertRule['hold']) => void;
}

function WaitFields({ legend, wait, onChange }: WaitProps) {
  const lang = useLang();
  return (
    <fieldset class="rule-pair">
      <legend>{legend}</legend>
      <NumberField
        label={m.rule_minutes({}, lang)}
        value={wait.minutes}
        onChange={(minutes) => onChange({ ...wait, minutes: minutes ?? 0 })}
      />
      <NumberField
        label={m.rule_readings({}, lang)}
        value={wait.readings}
        onChange={(readings) => onChange({ ...wait, readings: Math.max(1, readings ?? 1) })}
      />
    </fieldset>
  );
}

interface ConditionProps {
  readonly when: When;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (when: When) => void;
}

function Condition({ when, error, onChange }: ConditionProps) {
  const lang = useLang();
  const { locale } = lang;
  switch (when.kind) {
    case 'state':
      return (
        <Ticks
          legend={m.rule_states({}, lang)}
          all={STATES}
          chosen={when.states}
          word={(state) => stateWord(state, locale)}
          onChange={(states) => states.length > 0 && onChange({ ...when, states: states as typeof when.states })}
        />
      );
    case 'error':
      return (
        <Ticks
          legend={m.rule_errors({}, lang)}
          all={ERRORS}
          chosen={when.errors}
          word={(each) => errorWord(each, locale)}
          onChange={(errors) => errors.length > 0 && onChange({ ...when, errors: errors as typeof when.errors })}
        />
      );
    case 'event':
      return (
        <>
          <Ticks
            legend={m.rule_events({}, lang)}
            all={EVENTS}
            chosen={when.events}
            word={(event) => happenedWord(event, locale)}
            onChange={(events) => events.length > 0 && onChange({ ...when, events: events as typeof when.events })}
          />
          <NumberField
            label={m.rule_days_event({}, lang)}
            value={when.days}
            onChange={(days) => onChange({ ...when, days: Math.min(90, Math.max(1, days ?? 1)) })}
          />
        </>
      );
    case 'supply':
      return (
        <>
          <Ticks
            legend={m.rule_types({}, lang)}
            hint={m.rule_all({}, lang)}
            all={TYPES}
            chosen={when.types}
            word={(type) => supplyTypeName(type, locale)}
            onChange={(types) => onChange({ ...when, types: types as typeof when.types })}
          />
          <NumberField
            label={m.rule_raise_at({}, lang)}
            hint={m.rule_raise_hint({}, lang)}
            value={when.raiseAt}
            onChange={(raiseAt) => onChange({ ...when, raiseAt: raiseAt === null ? null : Math.min(100, raiseAt) })}
          />
          <NumberField
            label={m.rule_clear_at({}, lang)}
            hint={m.rule_clear_hint({}, lang)}
            error={error('/when/clearAt')}
            value={when.clearAt}
            onChange={(clearAt) => onChange({ ...when, clearAt: clearAt === null ? null : Math.min(100, clearAt) })}
          />
        </>
      );
    case 'silentMachine':
    case 'silentBox':
      return (
        <NumberField
          label={m.rule_hours({}, lang)}
          hint={m.rule_hours_hint({}, lang)}
          value={when.hours}
          onChange={(hours) => onChange({ ...when, hours: hours === null ? null : Math.max(1, hours) })}
        />
      );
    case 'question':
      return null;
    case 'billing':
      return (
        <div class="rule-pair">
          <NumberField
            label={m.rule_days_billing({}, lang)}
            value={when.days}
            onChange={(days) => onChange({ ...when, days: Math.min(20, Math.max(1, days ?? 1)) })}
          />
          <NumberField
            label={m.rule_hours({}, lang)}
            value={when.hours}
            onChange={(hours) => onChange({ ...when, hours: Math.min(720, Math.max(1, hours ?? 1)) })}
          />
        </div>
      );
  }
}

interface TicksProps<V extends string> {
  readonly legend: string;
  readonly hint?: string;
  readonly all: readonly V[];
  readonly chosen: readonly string[];
  readonly word: (value: V) => string;
  readonly onChange: (chosen: V[]) => void;
}

function Ticks<V extends string>({ legend, hint, all, chosen, word, onChange }: TicksProps<V>) {
  return (
    <fieldset class="rule-ticks">
      <legend>{legend}</legend>
      {all.map((value) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={(on) => onChange(all.filter((each) => (each === value ? on : chosen.includes(each))))}
        >
          {word(value)}
        </Checkbox>
      ))}
      {hint !== undefined && <span class="second">{hint}</span>}
    </fieldset>
  );
}
