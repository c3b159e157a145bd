/** One machine: all that is known of it, each part with its age; notes are edited in place. */
import type { DeviceView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { useObservable } from '../../api/observable.ts';
import { AlertTable } from '../../components/AlertTable.tsx';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { CounterMatrix } from '../../components/CounterMatrix.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { SupplyList } from '../../components/SupplyList.tsx';
import { agoText } from '../../format/age.ts';
import { type Count, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { unitWord } from '../../reading/kind-words.ts';
import { useMachineActions } from '../actions-context.tsx';
import { useBoxView, useLive, useNow, useSignedIn } from '../box-context.tsx';
import { StateCell, SupplyCell } from '../machines/machine-cells.tsx';
import { type MachineRow, machineRow, oldBefore } from '../machines/machine-row.ts';
import { IdentityPanel } from './identity-panel.tsx';
import './machine-page.css';

export function MachinePage({ id }: { readonly id: string }) {
  const lang = useLang();
  const { devices } = useLive();
  const box = useBoxView();
  const now = useNow(10_000);
  const device = devices?.get(id);
  if (!devices) return <LoadingRows rows={6} label={m.loading({}, lang)} />;
  if (!device)
    return <PageState title={m.machine_unknown({}, lang)} action={<a href="/">{m.to_machines({}, lang)}</a>} />;
  const before = oldBefore(now, box.lastRead, box.nextRead);
  return <Machine row={machineRow(device, { lang, mark: box.supplyMark, oldBefore: before })} now={now} />;
}

function Machine({ row, now }: { readonly row: MachineRow; readonly now: number }) {
  const lang = useLang();
  const box = useBoxView();
  const signedIn = useSignedIn();
  const actions = useMachineActions();
  const failure = useObservable(actions.failure);
  const { device } = row;
  const about = [
    [device.manufacturer, device.model].filter(Boolean).join(' '),
    row.location,
    device.serviceId && m.service_id_is({ id: device.serviceId }, lang),
  ].filter(Boolean);
  const alerts = device.alerts?.value ?? [];
  return (
    <main id="content" class="page machine">
      <nav class="crumb" aria-label={m.crumb({}, lang)}>
        <a href="/">{m.tab_machines({}, lang)}</a>
        <Icon name="chevron-right" size={14} />
        <span class="num">{device.address}</span>
      </nav>
      <header class="machine-head">
        <div>
          <div class="machine-title">
            <h1>{row.name}</h1>
            <StateCell row={row} now={now} lostAt={null} signedIn={signedIn} actions={actions} inline />
            {row.supply.severity !== null && <SupplyCell row={row} inline />}
          </div>
          <p class="fact">{about.join(', ')}</p>
        </div>
        <div class="row-of-buttons machine-actions">
          <ReadAge row={row} now={now} />
          <Button
            icon="external-link"
            href={`http://${device.address.includes(':') ? `[${device.address}]` : device.address}/`}
          >
            {m.its_own_page({}, lang)}
          </Button>
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
      <div class="machine-grid">
        <div class="machine-identity">
          <IdentityPanel row={row} actions={actions} />
        </div>
        <div class="machine-supplies">
          <Panel title={m.supplies({}, lang)} fact={<PartAge part={device.supplies} now={now} />} flush>
            {device.supplies === null ? (
              <NotRead />
            ) : device.supplies.value.length === 0 ? (
              <p class="panel-body fact">{m.supplies_none_told({}, lang)}</p>
            ) : (
              <SupplyList supplies={device.supplies.value} mark={box.supplyMark} old={row.old} />
            )}
          </Panel>
        </div>
        <div class="machine-counters">
          <CountersPanel device={device} now={now} />
        </div>
        <div class="machine-alerts">
          <Panel title={m.alerts({}, lang)} fact={<PartAge part={device.alerts} now={now} />} flush>
            {device.alerts === null ? (
              <NotRead />
            ) : alerts.length === 0 ? (
              <p class="panel-body fact">{m.alerts_none({}, lang)}</p>
            ) : (
              <div class="machine-scroll">
                <AlertTable alerts={alerts} />
              </div>
            )}
          </Panel>
        </div>
        {device.completeness && device.completeness.missing.length > 0 && (
          <div class="machine-missing">
            <Panel title={m.not_told_title({}, lang)} flush>
              <ul class="missing">
                {device.completeness.missing.map((path) => (
                  <li key={path}>
                    <code>{path}</code>
                    <span class="fact">{reasonText(device, path, lang)}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          </div>
        )}
      </div>
    </main>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

/** A reason is a code of the error catalogue; one that this page does not know is shown as it is. */
function reasonText(device: DeviceView, path: string, lang: Lang): string {
  const code = device.completeness?.reasons[path];
  if (code === undefined) return m.not_told({}, lang);
  return wordFault(
    { code: code as Parameters<typeof wordFault>[0]['code'], params: { address: device.address } },
    lang.locale,
  );
}

function ReadAge({ row, now }: { readonly row: MachineRow; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const { readAt, device } = row;
  if (readAt === null) return <span class="fact">{m.state_not_read({}, lang)}</span>;
  const state = device.completeness?.state;
  const words =
    state === 'complete'
      ? m.read_complete({ ago: agoText(readAt, now, dates, lang) }, lang)
      : state === 'partial'
        ? m.read_partial({ ago: agoText(readAt, now, dates, lang) }, lang)
        : m.read_at({ ago: agoText(readAt, now, dates, lang) }, lang);
  return (
    <span class="fact" title={dates.full(readAt)}>
      {words}
    </span>
  );
}

function PartAge({ part, now }: { readonly part: { readonly takenAt: string } | null; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  return part ? <span title={dates.full(part.takenAt)}>{agoText(part.takenAt, now, dates, lang)}</span> : null;
}

function NotRead() {
  const lang = useLang();
  return <p class="panel-body fact">{m.state_not_read({}, lang)}</p>;
}

function CountersPanel({ device, now }: { readonly device: DeviceView; readonly now: number }) {
  const lang = useLang();
  const counters = device.counters?.value;
  if (!counters) {
    return (
      <Panel title={m.counters({}, lang)} flush>
        <NotRead />
      </Panel>
    );
  }
  const shown = (count: Count | null) => (count === null ? m.not_told({}, lang) : formatCount(count, lang));
  const unit = counters.lifeUnit && counters.lifeUnit !== 'impressions' ? ` ${unitWord(counters.lifeUnit, lang)}` : '';
  const billing = {
    total: m.billing_total({}, lang),
    vendorLife: m.billing_vendor_life({}, lang),
    life: m.billing_life({}, lang),
  };
  return (
    <Panel title={m.counters({}, lang)} fact={<PartAge part={device.counters} now={now} />} flush>
      <CounterMatrix counters={counters} />
      <dl class="more-counters num">
        <dt>{m.counter_life_standard({}, lang)}</dt>
        <dd>
          {shown(counters.life)}
          {unit}
        </dd>
        <dt>{m.counter_life_vendor({}, lang)}</dt>
        <dd>{shown(counters.vendorLife)}</dd>
        <dt>{m.counter_duplex({}, lang)}</dt>
        <dd>{shown(counters.duplex)}</dd>
        <dt>{m.counter_large_format({}, lang)}</dt>
        <dd>{shown(counters.largeFormat)}</dd>
        <dt>{m.counter_billing({}, lang)}</dt>
        <dd>{counters.billing === null ? m.not_told({}, lang) : billing[counters.billing]}</dd>
        {counters.other.map((other, at) => [
          <dt key={`name ${at}`}>{other.name}</dt>,
          <dd key={`value ${at}`}>
            {formatCount(other.value, lang)} {unitWord(other.unit, lang)}
          </dd>,
        ])}
      </dl>
    </Panel>
  );
}
