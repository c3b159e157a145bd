/** What the range in hand costs, and all ranges against the box's budget (LOOK §5). */
import type { LoadView, RangeEstimate } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Panel } from '../../components/Panel.tsx';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import type { RangeDraft } from './draft.ts';
import type { SettingsState } from './settings-state.ts';
import { estimateRequest, useEstimate } from './use-estimate.ts';
import './estimate-panel.css';

const HOURS_A_DAY = 24;

export interface EstimatePanelProps {
  readonly range: RangeDraft | undefined;
  readonly settings: SettingsState;
}

export function EstimatePanel({ range, settings }: EstimatePanelProps) {
  const lang = useLang();
  const saved = settings.base.credentials.map(({ id }) => id);
  const { draft } = settings;
  const found = useEstimate(range ? estimateRequest(range, saved, draft.packetsPerSecond) : null);
  const estimate = found.state === 'known' ? found.estimate : found.state === 'asking' ? found.before : null;
  const why =
    found.state === 'asking'
      ? m.estimate_asking({}, lang)
      : found.state === 'refused'
        ? found.reason
        : estimate !== null
          ? assumption(estimate, lang)
          : range
            ? m.estimate_not_yet({}, lang)
            : m.estimate_none({}, lang);
  return (
    <Panel title={m.estimate_title({}, lang)} fact={range?.range || undefined} id="estimate" flush>
      {estimate && <Figures estimate={estimate} scan={draft.scan} />}
      <p class={found.state === 'refused' ? 'warn panel-body' : 'hint panel-body'} aria-live="polite">
        {why}
      </p>
    </Panel>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

function assumption(estimate: RangeEstimate, lang: Lang): string {
  const count = estimate.machines;
  const machines = m.machines_count({ count, machines: formatCount(count, lang) }, lang);
  const limits = {
    range: m.estimate_limited_range,
    box: m.estimate_limited_box,
    kilobytes: m.estimate_limited_kilobytes,
  };
  const limit = estimate.limitedBy === null ? '' : limits[estimate.limitedBy]({}, lang);
  const { further } = estimate;
  const more = further === 0 ? '' : m.estimate_further({ packets: formatCount(further, lang) }, lang);
  return [m.estimate_assumes({ machines }, lang), limit, more].filter((sentence) => sentence !== '').join(' ');
}

function Figures({ estimate, scan }: { readonly estimate: RangeEstimate; readonly scan: string }) {
  const lang = useLang();
  const { packets, kilobytes, minutes, hourly } = estimate;
  const shown = (value: number) => formatCount(value < 10 ? value : Math.round(value), lang);
  const rows = [
    { name: m.estimate_scan({ time: scan }, lang), packets, kilobytes },
    { name: m.estimate_hour({}, lang), packets: hourly.packets, kilobytes: hourly.kilobytes },
    {
      name: m.estimate_day({}, lang),
      packets: packets + hourly.packets * HOURS_A_DAY,
      kilobytes: kilobytes + hourly.kilobytes * HOURS_A_DAY,
    },
  ];
  return (
    <table class="plain-table estimate">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{m.estimate_title({}, lang)}</span>
          </th>
          {[m.estimate_packets({}, lang), m.estimate_kilobytes({}, lang), m.estimate_minutes({}, lang)].map((head) => (
            <th key={head} scope="col" class="cell-numeric">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={row.name} class={at === 0 ? 'estimate-scan' : undefined}>
            <th scope="row">{row.name}</th>
            <td class="cell-numeric">{shown(row.packets)}</td>
            <td class="cell-numeric">{shown(row.kilobytes)}</td>
            <td class="cell-numeric">
              {at > 0 ? '' : minutes === null ? m.estimate_at_once({}, lang) : shown(minutes)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface TogetherPanelProps extends EstimatePanelProps {
  readonly load: LoadView | null;
  /** Today, in the site's zone. */
  readonly yesterday: string;
}

/** What of the box's packets a second a range may take; a range without a limit of its own takes what there is. */
export function rateOf(range: Pick<RangeDraft, 'packetsPerSecond' | 'on'>, box: number): number {
  const own = Number(range.packetsPerSecond.replace(',', '.'));
  if (!range.on || !(own >= 0)) return 0;
  return own === 0 ? box : box === 0 ? own : Math.min(own, box);
}

export function TogetherPanel({ range, settings, load, yesterday }: TogetherPanelProps) {
  const lang = useLang();
  const { draft } = settings;
  const box = Number(draft.packetsPerSecond.replace(',', '.')) || 0;
  const rates = draft.ranges.map((each) => ({ key: each.key, rate: rateOf(each, box) }));
  const own = rates.find(({ key }) => key === range?.key)?.rate ?? 0;
  const others = rates.reduce((sum, { key, rate }) => (key === range?.key ? sum : sum + rate), 0);
  const all = own + others;
  const whole = box === 0 ? Math.max(all, 1) : Math.max(box, all);
  // 0 is a range that is off, or one that nothing limits: neither its own limit nor the box's.
  const isEndlessAt = (each: RangeDraft) =>
    each.on && box === 0 && Number(each.packetsPerSecond.replace(',', '.')) === 0;
  const isEndless = draft.ranges.some(isEndlessAt);
  const isOwnEndless = range !== undefined && isEndlessAt(range);
  const packets = (rate: number) => m.limit_packets({ packets: formatCount(rate, lang) }, lang);
  const day = load?.days.filter((each) => each.day === yesterday) ?? [];
  const measured = day.reduce((sum, each) => sum + each.sentBytes + each.receivedBytes, 0);
  return (
    <Panel title={m.together_title({}, lang)} id="together">
      <p class="together-line num">
        <span>{m.together_rate({}, lang)}</span>
        <b>{isEndless ? m.no_limit({}, lang) : packets(box === 0 ? all : Math.min(all, box))}</b>
      </p>
      <svg class="together-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="together-track" width="100" height="8" />
        <rect class="together-others" width={(others / whole) * 100} height="8" />
        <rect class="together-own" x={(others / whole) * 100} width={(own / whole) * 100} height="8" />
      </svg>
      <p class="together-line hint num">
        <span>{box === 0 ? m.together_unlimited({}, lang) : m.together_of({ packets: packets(box) }, lang)}</span>
        {range && <span>{m.together_this({ packets: isOwnEndless ? m.no_limit({}, lang) : packets(own) }, lang)}</span>}
      </p>
      {box > 0 && all > box && <p class="hint">{m.together_shared({}, lang)}</p>}
      <dl class="facts-list together-facts num">
        <dt>{m.together_hour({}, lang)}</dt>
        <dd>{load ? formatBytes(load.hour.bytes, lang) : '–'}</dd>
        <dt>{m.together_yesterday({}, lang)}</dt>
        <dd>{day.length > 0 ? formatBytes(measured, lang) : m.together_not_measured({}, lang)}</dd>
      </dl>
    </Panel>
  );
}
