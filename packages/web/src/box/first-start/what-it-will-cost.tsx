/** What the first scan of the ticked networks costs, reckoned by the box without sending anything. */
import { m } from '@rsb/messages';
import { lengthAhead } from '../../format/age.ts';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { secondsAtMost } from '../scan-cost.tsx';
import { useEstimate } from '../settings/use-estimate.ts';
import { type ChosenNetwork, FIRST_RATE } from './first-settings.ts';

export interface WhatItWillCostProps {
  readonly chosen: readonly ChosenNetwork[];
  readonly community: string;
}

export function WhatItWillCost({ chosen, community }: WhatItWillCostProps) {
  const lang = useLang();
  const addresses = chosen.reduce((sum, network) => sum + network.addresses, 0);
  // Side by side, each within its own limit and all within the box's.
  const found = useEstimate(
    chosen.length === 0
      ? null
      : { range: chosen.map(({ range }) => range).join(', '), packetsPerSecond: FIRST_RATE * chosen.length },
  );
  const estimate = found.state === 'known' ? found.estimate : found.state === 'asking' ? found.before : null;
  return (
    <>
      <h2>{m.start_cost_title({}, lang)}</h2>
      <p class="fact">
        {m.networks_addresses(
          {
            count: chosen.length,
            networks: formatCount(chosen.length, lang),
            addresses: m.addresses({ count: addresses, addresses: formatCount(addresses, lang) }, lang),
          },
          lang,
        )}
      </p>
      {chosen.length === 0 && <p class="hint">{m.start_cost_none({}, lang)}</p>}
      <dl class="num">
        {estimate && chosen.length > 0 && (
          <>
            <div>
              <dt>{m.start_cost_first({}, lang)}</dt>
              <dd>
                {estimate.minutes === null
                  ? m.estimate_at_once({}, lang)
                  : lengthAhead(secondsAtMost(estimate.minutes), lang)}
              </dd>
            </div>
            <div>
              <dt>{m.estimate_packets({}, lang)}</dt>
              <dd>{formatCount(estimate.packets, lang)}</dd>
            </div>
            <div>
              <dt>{m.start_cost_data({}, lang)}</dt>
              <dd>{formatBytes(estimate.kilobytes * 1000, lang)}</dd>
            </div>
            {estimate.machines > 0 && (
              <div>
                <dt>{m.start_cost_hourly({}, lang)}</dt>
                <dd>{m.start_cost_about({ data: formatBytes(estimate.hourly.kilobytes * 1000, lang) }, lang)}</dd>
              </div>
            )}
          </>
        )}
        <div>
          <dt>{m.will_limit({}, lang)}</dt>
          <dd>{m.limit_packets({ packets: formatCount(FIRST_RATE, lang) }, lang)}</dd>
        </div>
        <div>
          <dt>{m.will_ask({}, lang)}</dt>
          <dd>SNMP v2c{community === 'public' ? ', public' : ''}</dd>
        </div>
        <div>
          <dt>{m.will_write({}, lang)}</dt>
          <dd>{m.never({}, lang)}</dd>
        </div>
      </dl>
      <p class="hint">{m.will_later({}, lang)}</p>
    </>
  );
}
