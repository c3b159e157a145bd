/** Counters by function and colour, then those that belong to none; each number opens where it comes from. */
import type { DeviceView, MachineOrigins } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordUnit } from '@rsb/messages/value-words';
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { CounterMatrix } from '../../components/CounterMatrix.tsx';
import { CountValue } from '../../components/CountValue.tsx';
import { Panel } from '../../components/Panel.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { useLang } from '../../language/language.tsx';
import { lastTaken } from './history.ts';
import { OriginBox } from './origin-box.tsx';
import { NotRead, PartAge } from './part-age.tsx';
import { useFetched } from './use-fetched.ts';

export function CountersPanel({ device, now }: { readonly device: DeviceView; readonly now: number }) {
  const lang = useLang();
  const [path, setPath] = useState<string | null>(null);
  // Asked only once somebody wants to know.
  const asked = path === null ? null : `/devices/${encodeURIComponent(device.id)}/origins`;
  const origins = useFetched<MachineOrigins>(asked, lastTaken(device));
  const counters = device.counters?.value;
  if (!counters) {
    return (
      <Panel title={m.counters({}, lang)} flush>
        <NotRead group="counters" />
      </Panel>
    );
  }
  const choice = { origin: path, onOrigin: (next: string) => setPath(next === path ? null : next) };
  const billing = {
    total: m.billing_total({}, lang),
    vendorLife: m.billing_vendor_life({}, lang),
    life: m.billing_life({}, lang),
  };
  const single = (name: string, key: 'life' | 'vendorLife' | 'duplex' | 'largeFormat', unit = '') => (
    <>
      <dt>{name}</dt>
      <dd class={counters[key] === null ? 'none' : undefined}>
        <CountValue count={counters[key]} path={`counters.${key}`} {...choice} />
        {counters[key] === null ? '' : unit}
      </dd>
    </>
  );
  const lifeUnit = counters.lifeUnit === null ? '' : ` ${wordUnit(counters.lifeUnit, lang.locale)}`;
  return (
    <Panel title={m.counters({}, lang)} fact={<PartAge part={device.counters} now={now} />} flush>
      <WideScroll label={m.counters({}, lang)}>
        <CounterMatrix counters={counters} {...choice} />
      </WideScroll>
      <dl class="more-counters num">
        {single(m.counter_life_standard({}, lang), 'life', lifeUnit)}
        {single(m.counter_life_vendor({}, lang), 'vendorLife')}
        {single(m.counter_duplex({}, lang), 'duplex')}
        {single(m.counter_large_format({}, lang), 'largeFormat')}
        <dt>{m.counter_billing({}, lang)}</dt>
        <dd class={counters.billing === null ? 'none' : undefined}>
          {counters.billing === null ? m.not_told({}, lang) : billing[counters.billing]}
        </dd>
        {counters.other.map((other, at) => (
          <Fragment key={`${at} ${other.name}`}>
            <dt>{other.name}</dt>
            <dd>
              <CountValue count={other.value} path={`counters.other.${at}`} {...choice} />{' '}
              {wordUnit(other.unit, lang.locale)}
            </dd>
          </Fragment>
        ))}
      </dl>
      {path !== null && (
        <OriginBox device={device} path={path} origins={origins} now={now} onClose={() => setPath(null)} />
      )}
    </Panel>
  );
}
