/** What a rule speaks of: the fields of its condition, each kind with its own. */
import type { AlertEvent, AlertRule, StatusError } from '@rsb/contract';
import { m } from '@rsb/messages';
import { errorWord, happenedWord, stateWord, supplyTypeName } from '@rsb/messages/alert-words';
import { useLang } from '../../language/language.tsx';
import { NumberField, Ticks } from './rule-fields.tsx';

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
export const FRESH: Readonly<Record<When['kind'], When>> = {
  state: { kind: 'state', states: ['down'] },
  error: { kind: 'error', errors: ['serviceRequested'] },
  supply: { kind: 'supply', types: [], colors: [], raiseAt: null, clearAt: null },
  silentMachine: { kind: 'silentMachine', hours: null },
  silentBox: { kind: 'silentBox', hours: null },
  event: { kind: 'event', events: ['counterReset'], days: 7 },
  question: { kind: 'question' },
  billing: { kind: 'billing', days: 3, hours: 48 },
};

interface ConditionProps {
  readonly when: When;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (when: When) => void;
}

export function RuleCondition({ when, error, onChange }: ConditionProps) {
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
