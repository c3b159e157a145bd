/** One customer: its boxes, a code for another one, and all machines behind them. */
import type { CentralBoxView, CentralDeviceView, CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useMemo, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useNow } from '../central-context.tsx';
import { DeviceList } from '../devices/device-list.tsx';
import { isMissing, LoadedPart, StaleBanner } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { MissingPage } from '../missing-page.tsx';
import { PageHead } from '../page-head.tsx';
import { HandedDownPanel } from '../settings/handed-down-panel.tsx';
import { useResource, useResources } from '../use-resource.ts';
import { WorkBehindBanner } from '../work-behind.tsx';
import { AddBox } from './add-box.tsx';
import { BoxTable } from './box-table.tsx';
import { CustomerForm } from './customer-form.tsx';
import { ExpectedPanel } from './expected-panel.tsx';
import { boxesOf, devicesOf } from './paths.ts';
import { SitesPanel } from './sites-panel.tsx';
import './customer-page.css';

export function CustomerPage({ id, query }: { readonly id: string; readonly query: string }) {
  const lang = useLang();
  const customers = useResource<readonly CustomerView[]>('/customers');
  const boxes = useResource<readonly CentralBoxView[]>(boxesOf(id));
  const [asking, setAsking] = useState<'box' | 'customer' | null>(null);
  const mayWrite = useMayWrite();
  const customer = customers.value?.find((each) => each.id === id);
  if (isMissing(boxes)) return <MissingPage title={m.customer_unknown({}, lang)} />;
  return (
    <main id="content" class="page">
      <PageHead
        crumbs={[{ href: '/customers', text: m.customers({}, lang) }]}
        title={customer?.name ?? '…'}
        right={
          boxes.value &&
          mayWrite &&
          asking === null && (
            <>
              {customer && (
                <Button icon="pencil" onClick={() => setAsking('customer')}>
                  {m.customer_edit({}, lang)}
                </Button>
              )}
              <Button
                icon="plus"
                kind={boxes.value.length === 0 ? 'primary' : 'plain'}
                onClick={() => setAsking('box')}
              >
                {m.box_add({}, lang)}
              </Button>
            </>
          )
        }
      />
      {asking === 'box' && <AddBox customer={id} name={customer?.name ?? ''} onClose={() => setAsking(null)} />}
      {asking === 'customer' && customer && (
        <CustomerForm customer={customer} onSaved={() => void customers.reload()} onClose={() => setAsking(null)} />
      )}
      <WorkBehindBanner />
      <LoadedPart of={boxes} onRetry={() => void boxes.reload()}>
        {(all) =>
          all.length === 0 ? (
            asking === null && <PageState title={m.boxes_none({}, lang)}>{m.boxes_none_next({}, lang)}</PageState>
          ) : (
            <CustomerParts id={id} boxes={all} query={query} onChanged={() => void boxes.reload()} />
          )
        }
      </LoadedPart>
      {boxes.value && (
        <div class="customer-more">
          <ExpectedPanel customer={id} />
          <SitesPanel customer={id} />
          <HandedDownPanel
            load={api.getCustomerSettings(id)}
            save={mayWrite ? (own) => api.saveCustomerSettings(id, own) : null}
          />
        </div>
      )}
    </main>
  );
}

interface CustomerPartsProps {
  readonly id: string;
  readonly boxes: readonly CentralBoxView[];
  readonly query: string;
  readonly onChanged: () => void;
}

function CustomerParts({ id, boxes, query, onChanged }: CustomerPartsProps) {
  const lang = useLang();
  const now = useNow();
  const parts = useResources<readonly CentralDeviceView[]>(boxes.map((box) => devicesOf(id, box.agent)));
  const devices = useMemo(() => parts.flatMap((part) => part.value ?? []), parts);
  const failed = parts.find((part) => part.problem !== null);
  return (
    <>
      <div class="customer-boxes">
        <Panel title={m.boxes({}, lang)} fact={<span class="num">{formatCount(boxes.length, lang)}</span>} flush>
          <BoxTable boxes={boxes} now={now} onChanged={onChanged} />
        </Panel>
      </div>
      {failed && <StaleBanner of={failed} />}
      {parts.every((part) => part.value === null && part.problem === null) ? (
        <LoadingRows rows={8} label={m.loading({}, lang)} />
      ) : (
        <DeviceList devices={devices} query={query} now={now} />
      )}
    </>
  );
}
