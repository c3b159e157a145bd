/** Counters by function, then those that belong to none. What is not told says so. */
import type { CentralDeviceView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordUnit } from '@rsb/messages/value-words';
import type { ComponentChildren } from 'preact';
import { CounterMatrix } from '../../components/CounterMatrix.tsx';
import { Panel } from '../../components/Panel.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { type Count, formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';

export interface CountersPanelProps {
  readonly device: CentralDeviceView;
  readonly age: ComponentChildren;
}

export function CountersPanel({ device, age }: CountersPanelProps) {
  const lang = useLang();
  const counters = device.counters?.value;
  if (!counters) {
    return (
      <Panel title={m.counters({}, lang)}>
        <p class="fact">{m.state_not_read({}, lang)}</p>
      </Panel>
    );
  }
  const shown = (count: Count | null) =>
    count === null ? <span class="none">{m.not_told({}, lang)}</span> : formatCount(count, lang);
  const billing = {
    total: m.billing_total({}, lang),
    vendorLife: m.billing_vendor_life({}, lang),
    life: m.billing_life({}, lang),
  };
  const unit = counters.life !== null && counters.lifeUnit ? ` ${wordUnit(counters.lifeUnit, lang.locale)}` : '';
  return (
    <Panel title={m.counters({}, lang)} fact={age} flush>
      <WideScroll label={m.counters({}, lang)}>
        <CounterMatrix counters={counters} />
      </WideScroll>
      <dl class="further num">
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
        <dd>
          {counters.billing === null ? <span class="none">{m.not_told({}, lang)}</span> : billing[counters.billing]}
        </dd>
        {counters.other.map((other, at) => [
          <dt key={`name ${at}`}>{other.name}</dt>,
          <dd key={`value ${at}`}>
            {formatCount(other.value, lang)} {wordUnit(other.unit, lang.locale)}
          </dd>,
        ])}
      </dl>
    </Panel>
  );
}
