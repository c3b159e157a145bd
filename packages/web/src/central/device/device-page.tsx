/** One machine of the archive: supplies, counters, both over time, what it reports, who it is, and its readings as they came. */
import type { CentralBoxView, CentralDeviceView, CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { PagesPanel } from '../../charts/pages-panel.tsx';
import { TonerPanel } from '../../charts/toner-panel.tsx';
import { AlertTable } from '../../components/AlertTable.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SupplyList } from '../../components/SupplyList.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { agoText } from '../../format/age.ts';
import { DatesProvider, useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { supplyOrder } from '../../reading/supply-order.ts';
import { api } from '../api/central-api.ts';
import { useNow } from '../central-context.tsx';
import { boxesOf, deviceOf } from '../customer/paths.ts';
import { StateCell, SupplyCell } from '../devices/device-cells.tsx';
import { type DeviceRow, deviceRow } from '../devices/device-row.ts';
import { isMissing, LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { MissingPage } from '../missing-page.tsx';
import { PageHead } from '../page-head.tsx';
import { boxPath, customerPath } from '../router.ts';
import { HandedDownPanel } from '../settings/handed-down-panel.tsx';
import { isOld } from '../silence.ts';
import { useResource } from '../use-resource.ts';
import { CountersPanel } from './counters-panel.tsx';
import { useHistory } from './history.ts';
import { IdentityPanel } from './identity-panel.tsx';
import { MissingPanel } from './missing-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { EventsPanel, QuestionsPanel } from './past-panels.tsx';
import { ReadingsPanel } from './readings-panel.tsx';
import './device-page.css';

export interface DevicePageProps {
  readonly customer: string;
  readonly id: string;
  readonly query: string;
}

export function DevicePage({ customer, id, query }: DevicePageProps) {
  const lang = useLang();
  const device = useResource<CentralDeviceView>(deviceOf(customer, id));
  const boxes = useResource<readonly CentralBoxView[]>(boxesOf(customer));
  const zone = boxes.value?.find((box) => box.agent === device.value?.box)?.zone ?? 'UTC';
  if (isMissing(device)) return <MissingPage title={m.device_unknown({}, lang)} />;
  return (
    <DatesProvider zone={zone}>
      <main id="content" class="page device">
        <LoadedPart of={device} onRetry={() => void device.reload()} rows={8}>
          {(value) => <Device device={value} zone={zone} query={query} onChanged={() => void device.reload()} />}
        </LoadedPart>
      </main>
    </DatesProvider>
  );
}

interface DeviceProps {
  readonly device: CentralDeviceView;
  readonly zone: string;
  readonly query: string;
  readonly onChanged: () => void;
}

function Device({ device, zone, query, onChanged }: DeviceProps) {
  const lang = useLang();
  const mayWrite = useMayWrite();
  const now = useNow();
  const dates = useDates();
  const customers = useResource<readonly CustomerView[]>('/customers');
  const history = useHistory(device, query);
  const row = deviceRow(device, now, lang);
  const name = customers.value?.find((each) => each.id === device.customer)?.name ?? '…';
  const alerts = device.alerts?.value ?? [];
  const about = [
    [device.identity?.manufacturer, device.identity?.model].filter(Boolean).join(' '),
    row.location,
    device.serviceId && m.service_id_is({ id: device.serviceId }, lang),
  ].filter(Boolean);
  return (
    <>
      <PageHead
        crumbs={[
          { href: '/customers', text: m.customers({}, lang) },
          { href: customerPath(device.customer), text: name },
          { href: boxPath(device.customer, device.box), text: m.box_named({ agent: device.box }, lang) },
        ]}
        title={row.name}
        beside={
          <>
            {device.removedAt === null ? (
              <StateCell row={row} now={now} inline />
            ) : (
              <Chip>{m.device_removed({ day: dates.longDay(device.removedAt) }, lang)}</Chip>
            )}
            {row.supply.severity !== null && <SupplyCell row={row} inline />}
          </>
        }
        fact={about.join(', ')}
        right={<ReadAge row={row} now={now} />}
      />
      <div class="device-columns">
        <div class="device-column">
          <div class="device-supplies">
            <Panel title={m.supplies({}, lang)} fact={<PartAge part={device.supplies} now={now} />} flush>
              {device.supplies === null ? (
                <NotRead />
              ) : device.supplies.value.length === 0 ? (
                <p class="panel-body fact">{m.supplies_none_told({}, lang)}</p>
              ) : (
                <SupplyList
                  supplies={supplyOrder(device.supplies.value)}
                  mark={device.supplyMark}
                  old={isOld(device.supplies.takenAt, now)}
                />
              )}
            </Panel>
          </div>
          <div class="device-pages">
            <PagesPanel {...history.pages} />
          </div>
          <div class="device-alerts">
            <Panel title={m.alerts({}, lang)} fact={<PartAge part={device.alerts} now={now} />} flush>
              {device.alerts === null ? (
                <NotRead />
              ) : alerts.length === 0 ? (
                <p class="panel-body fact">{m.alerts_none({}, lang)}</p>
              ) : (
                <WideScroll label={m.alerts({}, lang)}>
                  <AlertTable alerts={alerts} />
                </WideScroll>
              )}
            </Panel>
            <MissingPanel device={device} />
          </div>
          <div class="device-readings">
            <ReadingsPanel device={device} />
          </div>
          <div class="device-notes">
            <NotesPanel customer={device.customer} device={device.id} onSaved={onChanged} />
          </div>
          <div class="device-settings">
            <HandedDownPanel
              title={m.handed_down_here({}, lang)}
              load={api.getDeviceSettings(device.customer, device.id)}
              save={mayWrite ? (own) => api.saveDeviceSettings(device.customer, device.id, own) : null}
            />
          </div>
        </div>
        <div class="device-column">
          <div class="device-counters">
            <CountersPanel device={device} age={<PartAge part={device.counters} now={now} />} />
          </div>
          <div class="device-levels">
            <TonerPanel {...history.toner} />
          </div>
          <div class="device-past">
            <QuestionsPanel device={device} />
            <EventsPanel device={device} />
          </div>
          <div class="device-identity">
            <IdentityPanel device={device} zone={zone} />
          </div>
        </div>
      </div>
    </>
  );
}

function ReadAge({ row, now }: { readonly row: DeviceRow; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const { readAt, device } = row;
  if (readAt === null) return <span class="fact">{m.state_not_read({}, lang)}</span>;
  const ago = agoText(readAt, now, dates, lang);
  const state = device.completeness?.state;
  return (
    <span class="fact" title={dates.full(readAt)}>
      {state === 'complete'
        ? m.read_complete({ ago }, lang)
        : state === 'partial'
          ? m.read_partial({ ago }, lang)
          : m.read_at({ ago }, lang)}
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
