/** One rule by form: what people change often. What a form does not show stands in the JSON. */
import type { AlertRule } from '@rsb/contract';
import { m } from '@rsb/messages';
import { conditionWord, severityWord } from '@rsb/messages/alert-words';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { FRESH, RuleCondition } from './rule-condition.tsx';
import { NumberField } from './rule-fields.tsx';
import { QuietFields } from './rule-quiet.tsx';
import { RuleScope } from './rule-scope.tsx';

export interface RuleFormProps {
  readonly rule: AlertRule;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (rule: AlertRule) => void;
}

const KINDS = Object.keys(FRESH) as readonly AlertRule['when']['kind'][];

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
      <RuleCondition when={rule.when} error={error} onChange={(when) => set({ when })} />
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
      <QuietFields quiet={rule.quiet} error={error} onChange={(quiet) => set({ quiet })} />
    </div>
  );
}

const listOf = (text: string): string[] =>
  [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');

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
