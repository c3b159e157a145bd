/** The rules: on and off, severity and marks by form, all of it as JSON; saved together, after a look at what would open. */
import type { AlertRule, AlertRules } from '@rsb/contract';
import { m } from '@rsb/messages';
import { conditionWord, ruleWord, severityWord } from '@rsb/messages/alert-words';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextArea } from '../../components/TextArea.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useBase } from '../use-base.ts';
import { useResource } from '../use-resource.ts';
import { RuleForm } from './rule-form.tsx';
import { RulePreview } from './rule-preview.tsx';

export function RulesPart() {
  const rules = useResource<AlertRules>('/alerts/rules');
  return (
    <LoadedPart of={rules} onRetry={() => void rules.reload()}>
      {(value) => <RulesEditor saved={value} onSaved={() => void rules.reload()} />}
    </LoadedPart>
  );
}

const newRule = (id: string): AlertRule => ({
  id,
  name: null,
  on: true,
  severity: 'warning',
  when: { kind: 'error', errors: ['serviceRequested'] },
  scope: { agencies: [], customers: [], sites: [], groups: [], models: [] },
  hold: { minutes: 0, readings: 1 },
  clear: { minutes: 0, readings: 1 },
  quiet: null,
  group: 'customer',
  reopenMinutes: 60,
});

function RulesEditor({ saved, onSaved }: { readonly saved: AlertRules; readonly onSaved: () => void }) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const [rules, setRules] = useState<readonly AlertRule[]>(saved.rules);
  const [open, setOpen] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const differs = (from: AlertRules) => JSON.stringify(rules) !== JSON.stringify(from.rules);
  const { base, newer, begin } = useBase(saved, differs, (from) => {
    setRules(from.rules);
    setProblem(null);
  });
  const isChanged = differs(base);
  const replace = (index: number, rule: AlertRule) => setRules(rules.map((each, at) => (at === index ? rule : each)));
  const save = async () => {
    setBusy(true);
    const answer = await client.send<AlertRules>('PUT', '/alerts/rules', { body: { rules }, ifMatch: base.revision });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    onSaved();
    if (!answer.ok) return;
    begin(answer.value);
    toast({ text: m.rule_saved({}, lang) });
  };
  const add = () => {
    const ids = new Set(rules.map(({ id }) => id));
    let number = 1;
    while (ids.has(`rule-${number}`)) number += 1;
    setRules([...rules, newRule(`rule-${number}`)]);
    setOpen(rules.length);
  };
  return (
    <>
      <p class="fact alerts-about">{m.rules_about({}, lang)}</p>
      {newer ? (
        <Banner
          icon="circle-alert"
          fact={m.rules_elsewhere({}, lang)}
          action={
            <Button small onClick={() => begin(newer)}>
              {m.rules_show_theirs({}, lang)}
            </Button>
          }
        />
      ) : (
        problem && <Banner kind="crit" icon="circle-alert" fact={wordProblem(problem, lang)} />
      )}
      <ul class="panel rules">
        {rules.map((rule, index) => {
          const name = ruleWord({ id: rule.id, name: rule.name, kind: rule.when.kind }, lang.locale);
          return (
            <li key={rule.id} class="rule">
              <div class="rule-line">
                <Switch on={rule.on} label={name} onChange={(on) => replace(index, { ...rule, on })} />
                <div class="rule-words">
                  <b>{name}</b>
                  <span class="second">
                    {severityWord(rule.severity, lang.locale)} · {conditionWord(rule.when.kind, lang.locale)}
                    {!rule.on && ` · ${m.rule_off({}, lang)}`}
                  </span>
                </div>
                <Button
                  small
                  icon="pencil"
                  label={`${m.edit({}, lang)}: ${name}`}
                  onClick={() => setOpen(open === index ? null : index)}
                >
                  {m.edit({}, lang)}
                </Button>
              </div>
              {open === index && (
                <RuleEditor
                  rule={rule}
                  error={(path) => faultAt(problem, `/rules/${index}${path}`, lang)}
                  onChange={(next) => replace(index, next)}
                  onRemove={() => {
                    setRules(rules.filter((_, at) => at !== index));
                    setOpen(null);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div class="alerts-more">
        <Button icon="plus" onClick={add}>
          {m.rule_add({}, lang)}
        </Button>
        {isChanged && (
          <>
            <Button kind="primary" busy={busy && m.saving({}, lang)} onClick={() => void save()}>
              {m.rule_save({}, lang)}
            </Button>
            <span class="second">{m.not_saved_yet({}, lang)}</span>
          </>
        )}
      </div>
    </>
  );
}

interface RuleEditorProps {
  readonly rule: AlertRule;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (rule: AlertRule) => void;
  readonly onRemove: () => void;
}

function RuleEditor({ rule, error, onChange, onRemove }: RuleEditorProps) {
  const lang = useLang();
  const [json, setJson] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const type = (text: string) => {
    setJson(text);
    const read = readRule(text);
    setWrong(read.ok ? null : m.rule_json_broken({ detail: read.why }, lang));
    if (read.ok) onChange(read.rule);
  };
  return (
    <div class="rule-editor">
      {json === null ? (
        <RuleForm rule={rule} error={error} onChange={onChange} />
      ) : (
        <TextArea
          label={m.rule_as_json({}, lang)}
          mono
          rows={24}
          value={json}
          error={wrong ?? undefined}
          onInput={type}
        />
      )}
      <div class="alerts-more">
        <Button small onClick={() => setJson(json === null ? JSON.stringify(rule, null, 2) : null)}>
          {json === null ? m.rule_as_json({}, lang) : m.rule_as_form({}, lang)}
        </Button>
        <RulePreview key={JSON.stringify(rule)} rule={rule} />
        <Button small kind="danger" icon="trash-2" onClick={onRemove}>
          {m.rule_remove({}, lang)}
        </Button>
      </div>
    </div>
  );
}

/** Whether it looks like a rule; what exactly is wrong with it is told by central, at its place. */
function readRule(text: string): { ok: true; rule: AlertRule } | { ok: false; why: string } {
  try {
    const value: unknown = JSON.parse(text);
    const isRule =
      typeof value === 'object' &&
      value !== null &&
      ['id', 'when', 'scope', 'hold', 'clear'].every((name) => name in value) &&
      typeof (value as AlertRule).when?.kind === 'string' &&
      Array.isArray((value as AlertRule).scope?.models) &&
      Array.isArray((value as AlertRule).scope?.groups);
    return isRule ? { ok: true, rule: value as AlertRule } : { ok: false, why: 'id, when, scope, hold, clear' };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
