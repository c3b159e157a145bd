/** One box: what it says of itself, and the machines behind it. */
import type { CentralBoxView, CentralDeviceView, CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useNow } from '../central-context.tsx';
import { DeviceList } from '../devices/device-list.tsx';
import { Heard } from '../heard.tsx';
import { isMissing, LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { MissingPage } from '../missing-page.tsx';
import { PageHead } from '../page-head.tsx';
import { customerPath } from '../router.ts';
import { HandedDownPanel } from '../settings/handed-down-panel.tsx';
import { isSilent } from '../silence.ts';
import { UnreachedRanges } from '../unreached.tsx';
import { useResource } from '../use-resource.ts';
import { MoveBox, ReplaceBox } from './box-changes.tsx';
import { boxesOf, devicesOf } from './paths.ts';
import { ProposalsPanel } from './proposals-panel.tsx';
import { RevokeBox } from './revoke-box.tsx';
import './customer-page.css';

export interface BoxPageProps {
  readonly customer: string;
  readonly agent: string;
  readonly query: string;
}

export function BoxPage({ customer, agent, query }: BoxPageProps) {
  const lang = useLang();
  const now = useNow();
  const customers = useResource<readonly CustomerView[]>('/customers');
  const boxes = useResource<readonly CentralBoxView[]>(boxesOf(customer));
  const devices = useResource<readonly CentralDeviceView[]>(devicesOf(customer, agent));
  const [change, setChange] = useState<'replace' | 'move' | null>(null);
  const mayWrite = useMayWrite();
  const box = boxes.value?.find((each) => each.agent === agent);
  const name = customers.value?.find((each) => each.id === customer)?.name ?? '…';
  if (isMissing(boxes)) return <MissingPage title={m.customer_unknown({}, lang)} />;
  if (isMissing(devices))
    return (
      <MissingPage
        title={m.box_unknown({}, lang)}
        back={<a href={customerPath(customer)}>{customers.value ? name : m.to_customers({}, lang)}</a>}
      />
    );
  return (
    <main id="content" class="page">
      <PageHead
        crumbs={[
          { href: '/customers', text: m.customers({}, lang) },
          { href: customerPath(customer), text: name },
        ]}
        title={m.box_named({ agent }, lang)}
        beside={box && <BoxChip box={box} now={now} />}
        right={
          box &&
          box.leftAt === null &&
          mayWrite && (
            <>
              <Button small onClick={() => setChange('replace')}>
                {m.box_replace({}, lang)}
              </Button>
              <Button small onClick={() => setChange('move')}>
                {m.box_move({}, lang)}
              </Button>
              {box.revokedAt === null && <RevokeBox box={box} onRevoked={() => void boxes.reload()} />}
            </>
          )
        }
      />
      {change === 'replace' && (
        <ReplaceBox customer={customer} name={name} agent={agent} onClose={() => setChange(null)} />
      )}
      {change === 'move' && <MoveBox customer={customer} name={name} agent={agent} onClose={() => setChange(null)} />}
      {box && <BoxFacts box={box} now={now} />}
      {box && box.revokedAt === null && box.leftAt === null && <UnreachedRanges ranges={box.unreached} now={now} />}
      {box && box.revokedAt === null && <ProposalsPanel box={box} />}
      <LoadedPart of={devices} onRetry={() => void devices.reload()}>
        {(all) => <DeviceList devices={all} query={query} now={now} />}
      </LoadedPart>
      {box && (
        <div class="customer-more">
          <HandedDownPanel
            title={m.handed_down_here({}, lang)}
            load={api.getBoxSettings(customer, agent)}
            save={mayWrite && box.leftAt === null ? (own) => api.saveBoxSettings(customer, agent, own) : null}
          />
        </div>
      )}
    </main>
  );
}

function BoxChip({ box, now }: { readonly box: CentralBoxView; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  if (box.leftAt !== null) return <Chip icon="lock">{m.box_left_on({ day: dates.day(box.leftAt) }, lang)}</Chip>;
  if (box.revokedAt !== null)
    return <Chip icon="lock">{m.box_revoked_on({ day: dates.day(box.revokedAt) }, lang)}</Chip>;
  if (box.lastHeard !== null && isSilent(box.lastHeard, now, box.silentHours))
    return (
      <Chip kind="warn" icon="unplug">
        {m.box_silent_since({ when: dates.near(box.lastHeard, now) }, lang)}
      </Chip>
    );
  return null;
}

function BoxFacts({ box, now }: { readonly box: CentralBoxView; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const sites = useResource(api.listSites(box.customer));
  const site = sites.value?.find(({ id }) => id === box.site);
  const unknown = <span class="none">{m.not_told({}, lang)}</span>;
  return (
    <dl class="box-facts">
      <div>
        <dt>{m.last_heard({}, lang)}</dt>
        <dd>
          <Heard at={box.lastHeard} now={now} hours={box.silentHours} watched={box.revokedAt === null} />
        </dd>
      </div>
      <div>
        <dt>{m.box_waiting({}, lang)}</dt>
        <dd class="num">{box.waiting === null ? unknown : formatCount(box.waiting, lang)}</dd>
      </div>
      <div>
        <dt>{m.box_quarantined({}, lang)}</dt>
        <dd class={box.quarantined > 0 ? 'num warn' : 'num'}>{formatCount(box.quarantined, lang)}</dd>
      </div>
      <div>
        <dt>{m.box_version({}, lang)}</dt>
        <dd>{box.version ?? unknown}</dd>
      </div>
      <div>
        <dt>{m.site({}, lang)}</dt>
        <dd>{site?.name || m.site_first({}, lang)}</dd>
      </div>
      <div>
        <dt>{m.box_zone({}, lang)}</dt>
        <dd>{box.zone ?? unknown}</dd>
      </div>
      <div>
        <dt>{m.box_enrolled({}, lang)}</dt>
        <dd class="num" title={dates.full(box.enrolledAt)}>
          {dates.longDay(box.enrolledAt)}
        </dd>
      </div>
    </dl>
  );
}
