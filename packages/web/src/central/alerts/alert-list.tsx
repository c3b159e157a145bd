/** All alerts, open ones first, by severity and age; what a person does about one stands in its own menu. */
import type { AlertPage, CentralAlert, FleetCounts } from '@rsb/contract';
import { m } from '@rsb/messages';
import { causeWords, ruleWord, severityWord } from '@rsb/messages/alert-words';
import { useEffect, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Age } from '../../components/Age.tsx';
import { Banner } from '../../components/Banner.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral, useNow } from '../central-context.tsx';
import { ClearFilters } from '../clear-filters.tsx';
import { useSettled } from '../fleet/use-settled.ts';
import { useListQuery } from '../list-query.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { alertPath, boxPath, customerPath, devicePath } from '../router.ts';
import { SearchField } from '../search-field.tsx';
import { useCursors } from '../use-cursors.ts';
import { useResource } from '../use-resource.ts';
import { AlertActions } from './alert-actions.tsx';
import { statusWord } from './alert-status.ts';
import { ListSteps } from './list-steps.tsx';

export const ICONS = { critical: 'octagon-alert', warning: 'triangle-alert', info: 'circle-alert' } as const;
export const TONES = { critical: 'crit', warning: 'warn', info: '' } as const;

export function AlertList({ query }: { readonly query: string }) {
  const lang = useLang();
  const list = useListQuery(query, '');
  const status = list.get('status') ?? 'live';
  const severity = list.get('severity') ?? '';
  const search = useSettled(list.search);
  const asked = new URLSearchParams({
    ...(status === 'all' ? {} : { status }),
    ...(severity === '' ? {} : { severity }),
    ...(search.trim() === '' ? {} : { q: search.trim() }),
    limit: '100',
  }).toString();
  const [cursors, setCursors] = useCursors(asked);
  const cursor = cursors.at(-1) ?? null;
  const page = useResource<AlertPage>(
    `/alerts?${asked}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
  );
  const [problem, setProblem] = useState<Problem | null>(null);
  const isFiltered = asked !== 'status=live&limit=100';
  return (
    <>
      <div class="list-tools alerts-tools">
        <SearchField value={list.search} label={m.alerts_search({}, lang)} onInput={(text) => list.setSearch(text)} />
        <SelectField
          label={m.alerts_filter_status({}, lang)}
          value={status}
          choices={[
            { value: 'live', text: m.alerts_filter_live({}, lang) },
            { value: 'open', text: m.alert_open({}, lang) },
            { value: 'acknowledged', text: m.alert_acknowledged({}, lang) },
            { value: 'snoozed', text: m.alert_snoozed({}, lang) },
            { value: 'resolved', text: m.alert_resolved({}, lang) },
            { value: 'all', text: m.alerts_filter_all({}, lang) },
          ]}
          onChange={(value) => list.set('status', value === 'live' ? null : value)}
        />
        <SelectField
          label={m.rule_severity({}, lang)}
          value={severity}
          choices={[
            { value: '', text: m.alerts_filter_all({}, lang) },
            ...(['critical', 'warning', 'info'] as const).map((value) => ({
              value,
              text: severityWord(value, lang.locale),
            })),
          ]}
          onChange={(value) => list.set('severity', value)}
        />
        <ClearFilters list={list} />
      </div>
      {problem && <Banner kind="crit" icon="circle-alert" fact={wordProblem(problem, lang)} />}
      <LoadedPart of={page} onRetry={() => void page.reload()}>
        {({ alerts, next }) =>
          alerts.length === 0 ? (
            <NoAlerts isFiltered={isFiltered} onLookAgain={() => void page.reload()} />
          ) : (
            <>
              <div class="panel list-panel">
                <AlertTable
                  alerts={alerts}
                  onDone={(failed) => {
                    setProblem(failed);
                    void page.reload();
                  }}
                />
              </div>
              <ListSteps cursors={cursors} next={next} onStep={setCursors} />
            </>
          )
        }
      </LoadedPart>
    </>
  );
}

/** Work that was on its way may be done by then. */
const SOON = 5000;

/** Nothing is said to be well before all readings that are there were looked at. */
function NoAlerts({ isFiltered, onLookAgain }: { readonly isFiltered: boolean; readonly onLookAgain: () => void }) {
  const lang = useLang();
  const { clock } = useCentral();
  const { value, at, reload } = useResource<FleetCounts>('/fleet/counts');
  const { readings, alerts } = value?.waiting ?? { readings: 0, alerts: 0 };
  const n = (count: number) => ({ count, n: formatCount(count, lang) });
  const waits =
    readings > 0 ? m.fleet_behind(n(readings), lang) : alerts > 0 ? m.fleet_behind_alerts(n(alerts), lang) : null;
  const isWaiting = waits !== null;
  useEffect(() => {
    if (!isWaiting) return;
    return clock.after(SOON, () => {
      void reload();
      onLookAgain();
    });
  }, [clock, isWaiting, at]);
  if (isFiltered) return <PageState title={m.alerts_none_match({}, lang)}>{waits}</PageState>;
  if (value === null) return <LoadingRows rows={6} label={m.loading({}, lang)} />;
  return waits === null ? (
    <PageState title={m.alerts_quiet({}, lang)}>{m.alerts_quiet_next({}, lang)}</PageState>
  ) : (
    <PageState title={m.alerts_quiet_yet({}, lang)}>{waits}</PageState>
  );
}

interface AlertTableProps {
  readonly alerts: readonly CentralAlert[];
  readonly onDone: (problem: Problem | null) => void;
}

function AlertTable({ alerts, onDone }: AlertTableProps) {
  const lang = useLang();
  return (
    <table class="table alerts-table alerts-list">
      <thead>
        <tr>
          <th scope="col" class="head">
            {m.rule_severity({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.alert_machine({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.alert_cause({}, lang)}
          </th>
          <th scope="col" class="head">
            {m.alert_status({}, lang)}
          </th>
          <th scope="col" class="head num">
            {m.alert_since({}, lang)}
          </th>
          <th scope="col" class="head">
            <span class="visually-hidden">{m.actions({}, lang)}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <AlertLine key={alert.id} alert={alert} onDone={onDone} />
        ))}
      </tbody>
    </table>
  );
}

function AlertLine({
  alert,
  onDone,
}: {
  readonly alert: CentralAlert;
  readonly onDone: (problem: Problem | null) => void;
}) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow();
  const mayWrite = useMayWrite();
  const when = (at: string) => dates.near(at, now);
  const causesBy = (told: (at: string) => string) =>
    alert.causes.map((cause) => causeWords(cause, lang.locale, told)).join(', ');
  const causes = causesBy(when);
  const rule = ruleWord({ id: alert.rule, name: alert.ruleName, kind: alert.condition }, lang.locale);
  const others = alert.also
    .map((each) => ruleWord({ id: each.rule, name: each.ruleName, kind: each.condition }, lang.locale))
    .join(', ');
  const path = alert.device === null ? boxPath(alert.customer, alert.box) : devicePath(alert.customer, alert.device);
  const isOver = alert.status === 'resolved';
  const label = alert.device === null ? m.alert_about_box({ agent: alert.box }, lang) : alert.label;
  return (
    <tr class={isOver ? 'alert-over' : ''}>
      <td>
        <span class={`alert-severity ${isOver ? '' : TONES[alert.severity]}`}>
          <Icon name={ICONS[alert.severity]} />
          {severityWord(alert.severity, lang.locale)}
        </span>
      </td>
      <td>
        <a href={path} class="alert-name">
          {label}
        </a>
        <span class="second">
          <a href={customerPath(alert.customer)}>{alert.customerName}</a>
          {alert.serviceId !== null && ` · ${alert.serviceId}`}
        </span>
      </td>
      <td>
        <a href={alertPath(alert.customer, alert.id)} title={causesBy(dates.full)}>
          {causes === '' ? rule : causes}
        </a>
        <span class="second">
          {rule}
          {others !== '' && <>, {m.alert_also({ rules: others }, lang)}</>}
        </span>
      </td>
      <td>
        <span>{statusWord(alert, lang, when)}</span>
        {alert.assignedTo !== null && <span class="second">{m.alert_assigned({ name: alert.assignedTo }, lang)}</span>}
      </td>
      <td class="num">
        <Age at={alert.openedAt} now={now} />
      </td>
      <td>{!isOver && mayWrite && <AlertActions alert={alert} label={label} onDone={onDone} />}</td>
    </tr>
  );
}
