/** One machine: all that is known of it, each part with its age; its past, and where each value comes from. */
import type { MachineLog } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useObservable } from '../../api/observable.ts';
import { PagesPanel } from '../../charts/pages-panel.tsx';
import { TonerPanel } from '../../charts/toner-panel.tsx';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { lengthText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useMachineActions } from '../actions-context.tsx';
import { useBoxView, useLive, useNow, useSignedIn } from '../box-context.tsx';
import { stateCell, supplyCell } from '../machines/machine-cells.tsx';
import { type MachineRow, machineRow, oldBefore } from '../machines/machine-row.ts';
import { ReadAge } from '../shell/read-age.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { CountersPanel } from './counters-panel.tsx';
import { EventsPanel } from './events-panel.tsx';
import { lastTaken, useHistory } from './history.ts';
import { IdentityPanel } from './identity-panel.tsx';
import { OriginsPanel } from './origins-panel.tsx';
import { ownPage } from './own-page.ts';
import { ReadingPanel } from './reading-panel.tsx';
import { RemoveMachine } from './remove-machine.tsx';
import { SuppliesPanel } from './supplies-panel.tsx';
import { useFetched } from './use-fetched.ts';
import './machine-page.css';

/** Supplies that leave room below them beside identity and counters. */
const FEW = 4;

export interface MachinePageProps {
  readonly id: string;
  readonly query: string;
}

export function MachinePage({ id, query }: MachinePageProps) {
  const lang = useLang();
  const { devices } = useLive();
  const box = useBoxView();
  const now = useNow(10_000);
  const device = devices?.get(id);
  if (!devices) return <LoadingRows rows={6} label={m.loading({}, lang)} />;
  if (!device)
    return <PageState title={m.machine_unknown({}, lang)} action={<a href="/">{m.to_machines({}, lang)}</a>} />;
  const before = oldBefore(now, box.lastRead, box.nextRead);
  const row = machineRow(device, { lang, mark: box.supplyMark, oldBefore: before });
  return <Machine row={row} now={now} query={query} />;
}

interface MachineProps {
  readonly row: MachineRow;
  readonly now: number;
  readonly query: string;
}

function Machine({ row, now, query }: MachineProps) {
  const lang = useLang();
  const box = useBoxView();
  const signedIn = useSignedIn();
  const actions = useMachineActions();
  const failure = useObservable(actions.failure);
  const { device } = row;
  const history = useHistory(device, query);
  const log = useFetched<MachineLog>(`/devices/${encodeURIComponent(device.id)}/log`, lastTaken(device));
  return (
    <main id="content" class="page machine">
      <MachineHead row={row} now={now} log={log.value} />
      {failure !== null && (
        <Banner
          icon="circle-alert"
          fact={failure}
          action={
            <Button small onClick={actions.dismiss}>
              {m.close({}, lang)}
            </Button>
          }
        />
      )}
      <div class={(device.supplies?.value.length ?? 0) <= FEW ? 'machine-grid machine-few' : 'machine-grid'}>
        <div class="machine-identity">
          <IdentityPanel row={row} actions={actions} />
        </div>
        <div class="machine-supplies">
          <SuppliesPanel
            device={device}
            events={log.value?.events ?? []}
            mark={box.supplyMark}
            old={row.old}
            now={now}
          />
        </div>
        <div class="machine-counters">
          <CountersPanel device={device} now={now} />
        </div>
        <div class="machine-pages">
          <PagesPanel {...history.pages} />
        </div>
        <div class="machine-toner">
          <TonerPanel {...history.toner} />
        </div>
        <div class="machine-alerts">
          <AlertsPanel device={device} log={log} now={now} />
        </div>
        <div class="machine-events">
          <EventsPanel log={log} now={now} />
        </div>
        <div class="machine-origins">
          <OriginsPanel device={device} />
        </div>
        <div class="machine-readings">
          <ReadingPanel device={device} now={now} />
        </div>
      </div>
      {signedIn && <RemoveMachine row={row} />}
    </main>
  );
}

function MachineHead({ row, now, log }: Omit<MachineProps, 'query'> & { readonly log: MachineLog | null }) {
  const lang = useLang();
  const dates = useDates();
  const signedIn = useSignedIn();
  const narrow = useNarrow();
  const actions = useMachineActions();
  const { device } = row;
  const about = [
    [device.manufacturer, device.model].filter(Boolean).join(' '),
    row.location,
    device.serviceId && m.service_id_is({ id: device.serviceId }, lang),
  ].filter(Boolean);
  const page = ownPage(device.address);
  const states = (
    <>
      {stateCell(row, { lang, dates, now, lostAt: null }, true)}
      {row.supply.severity !== null && supplyCell(row, lang, true)}
    </>
  );
  // On a phone what is wrong stands in a block of its own, before all else.
  const tone =
    row.severity === 'critical' ? ' machine-states-crit' : row.severity === 'warning' ? ' machine-states-warn' : '';
  return (
    <>
      {!narrow && (
        <nav class="crumb" aria-label={m.crumb({}, lang)}>
          <a href="/">{m.tab_machines({}, lang)}</a>
          <Icon name="chevron-right" size={14} />
          <span class="num">{device.address}</span>
        </nav>
      )}
      <header class="machine-head">
        <div class="machine-who">
          <div class="machine-title">
            <h1>{row.name}</h1>
            {!narrow && states}
          </div>
          <p class="fact">{about.join(', ')}</p>
          {narrow && (
            <div class={`machine-states${tone}`}>
              {states}
              {tone !== '' && log && <OwnWords log={log} now={now} />}
            </div>
          )}
        </div>
        <div class="row-of-buttons machine-actions no-print">
          {!narrow && <ReadAge row={row} now={now} />}
          {page !== null && (
            <Button icon="external-link" href={page} newTab>
              {m.its_own_page({}, lang)}
            </Button>
          )}
          {signedIn && device.monitored && (
            <Button
              kind="primary"
              icon="refresh-cw"
              busy={device.reading && m.reading_now({}, lang)}
              onClick={() => actions.read([row.id])}
            >
              {m.read_now({}, lang)}
            </Button>
          )}
        </div>
      </header>
    </>
  );
}

/** Since when the worst that it reports is on, and how it says it. */
function OwnWords({ log, now }: { readonly log: MachineLog; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const on = log.alerts.filter(({ ended, alert }) => ended === null && alert.severity !== 'info');
  const worst = on.find(({ alert }) => alert.severity === 'critical') ?? on[0];
  if (!worst) return null;
  const lasted = lengthText(worst.began, now, lang);
  return (
    <p class="machine-words">
      <span class="fact">{m.alert_on_since({ from: dates.near(worst.began, now), lasted }, lang)}</span>
      {worst.alert.text !== null && <q>{worst.alert.text}</q>}
    </p>
  );
}
