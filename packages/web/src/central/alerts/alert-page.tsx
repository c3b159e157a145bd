/** One alert, as its mail names it: why it is open, with whom it is, and every step of its life. */
import type { AlertDetail, CentralAlert } from '@rsb/contract';
import { m } from '@rsb/messages';
import { causeWords, ruleWord, severityWord } from '@rsb/messages/alert-words';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useNow } from '../central-context.tsx';
import { isMissing, LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { MissingPage } from '../missing-page.tsx';
import { PageHead } from '../page-head.tsx';
import { boxPath, customerPath, devicePath } from '../router.ts';
import { useResource } from '../use-resource.ts';
import { AlertActions, useAlertChange } from './alert-actions.tsx';
import { ICONS, TONES } from './alert-list.tsx';
import { statusWord } from './alert-status.ts';
import { StepWords } from './step-words.tsx';
import './alerts.css';
import './alert-page.css';

export interface AlertPageProps {
  readonly customer: string;
  readonly id: string;
}

export function AlertPage({ customer, id }: AlertPageProps) {
  const lang = useLang();
  const detail = useResource<AlertDetail>(api.getAlert(customer, id).path);
  if (isMissing(detail))
    return <MissingPage title={m.alert_unknown({}, lang)} back={<a href="/alerts">{m.alert_to_all({}, lang)}</a>} />;
  return (
    <main id="content" class="page alert-page">
      <LoadedPart of={detail} onRetry={() => void detail.reload()} rows={6}>
        {(value) => <Detail detail={value} onChanged={() => void detail.reload()} />}
      </LoadedPart>
    </main>
  );
}

interface DetailProps {
  readonly detail: AlertDetail;
  readonly onChanged: () => void;
}

function Detail({ detail: { alert, steps }, onChanged }: DetailProps) {
  const lang = useLang();
  const now = useNow();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const onDone = (failed: Problem | null) => {
    setProblem(failed);
    if (!failed) setNote('');
    onChanged();
  };
  const isOver = alert.status === 'resolved';
  const label = alert.device === null ? m.alert_about_box({ agent: alert.box }, lang) : alert.label;
  const path = alert.device === null ? boxPath(alert.customer, alert.box) : devicePath(alert.customer, alert.device);
  const { [alert.severity]: tone } = TONES;
  return (
    <>
      <PageHead
        crumbs={[{ href: '/alerts', text: m.alerts_title({}, lang) }]}
        title={label}
        beside={
          <Chip icon={ICONS[alert.severity]} {...(isOver || tone === '' ? {} : { kind: tone })}>
            {severityWord(alert.severity, lang.locale)}
          </Chip>
        }
        fact={
          <>
            <a href={customerPath(alert.customer)}>{alert.customerName}</a>
            {[alert.model, alert.serviceId].filter((word) => word !== null).map((word) => `, ${word}`)}
          </>
        }
        right={
          <>
            <Button href={path}>{alert.device === null ? m.box({}, lang) : m.alert_machine({}, lang)}</Button>
            {mayWrite && !isOver && <MainAction alert={alert} note={note} onDone={onDone} />}
            {mayWrite && !isOver && <AlertActions alert={alert} label={label} note={note} onDone={onDone} />}
          </>
        }
      />
      {problem && <Banner kind="crit" icon="circle-alert" fact={wordProblem(problem, lang)} />}
      <div class="alert-parts">
        <Panel id="alert-cause" title={m.alert_cause({}, lang)}>
          <Facts alert={alert} />
        </Panel>
        <Panel id="alert-steps" title={m.alert_steps({}, lang)} flush>
          {mayWrite && !isOver && (
            <div class="panel-body alert-note">
              <TextField
                label={m.alert_note({}, lang)}
                hint={m.alert_note_hint({}, lang)}
                value={note}
                maxLength={500}
                onInput={setNote}
              />
            </div>
          )}
          <ol class="alert-steps">
            {steps.map((step) => (
              <li key={`${step.at} ${step.step} ${step.note}`}>
                <span class="num" title={dates.full(step.at)}>
                  {dates.day(step.at)} {dates.time(step.at)}
                </span>
                <StepWords step={step} now={now} />
                <span class="second">{step.by ?? m.alert_by_central({}, lang)}</span>
              </li>
            ))}
          </ol>
        </Panel>
      </div>
    </>
  );
}

interface MainActionProps {
  readonly alert: CentralAlert;
  readonly note: string;
  readonly onDone: (problem: Problem | null) => void;
}

function MainAction(props: MainActionProps) {
  const lang = useLang();
  const change = useAlertChange(props);
  const { status } = props.alert;
  if (status === 'snoozed')
    return <Button onClick={() => void change({ snoozedUntil: null })}>{m.alert_wake({}, lang)}</Button>;
  if (status === 'acknowledged')
    return <Button onClick={() => void change({ acknowledged: false })}>{m.alert_unacknowledge({}, lang)}</Button>;
  return (
    <Button kind="primary" onClick={() => void change({ acknowledged: true })}>
      {m.alert_acknowledge({}, lang)}
    </Button>
  );
}

function Facts({ alert }: { readonly alert: CentralAlert }) {
  const lang = useLang();
  const dates = useDates();
  const when = (at: string) => dates.full(at);
  const named = (id: string, name: string | null, kind: string) => ruleWord({ id, name, kind }, lang.locale);
  const rules = [
    named(alert.rule, alert.ruleName, alert.condition),
    ...alert.also.map((each) => named(each.rule, each.ruleName, each.condition)),
  ];
  const facts: readonly (readonly [string, string])[] = [
    ...alert.causes.map((cause) => [m.alert_cause({}, lang), causeWords(cause, lang.locale, when)] as const),
    [m.alert_rule({}, lang), rules.join(', ')],
    [m.alert_since({}, lang), when(alert.openedAt)],
    [m.alert_status({}, lang), statusWord(alert, lang, when)],
    [m.alerts_filter_assigned({}, lang), alert.assignedTo ?? m.alerts_nobody({}, lang)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => [
        <dt key={`${name} ${value}`}>{name}</dt>,
        <dd key={`${name} ${value} value`}>{value}</dd>,
      ])}
    </dl>
  );
}
