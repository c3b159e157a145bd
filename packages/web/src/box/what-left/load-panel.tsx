/** What this box put onto the network, by day and range, against what it may: measured, not reckoned. */
import type { LoadView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBoxView } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import { type LoadChart, loadChart, scaleTop } from './load-days.ts';

const DAYS = 30;
const EVERY = 60_000;

export function LoadPanel() {
  const lang = useLang();
  const box = useBoxView();
  const { value, problem } = useAnswer<LoadView>(`/load?days=${DAYS}`, EVERY);
  const [asTable, setTable] = useState(false);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: box.zone }).format(Date.parse(box.now));
  const chart = value && loadChart(value, today, DAYS);
  return (
    <Panel
      id="load"
      title={m.left_load({}, lang)}
      fact={m.left_load_fact({}, lang)}
      right={
        chart?.most && (
          <Button kind="quiet" small onClick={() => setTable(!asTable)}>
            {asTable ? m.left_chart({}, lang) : m.left_table({}, lang)}
          </Button>
        )
      }
    >
      {value === null && problem && (
        <PageState title={m.part_not_loaded({}, lang)}>{wordProblem(problem, lang)}</PageState>
      )}
      {value === null && !problem && <LoadingRows rows={4} label={m.loading({}, lang)} />}
      {chart && chart.most === null && <p class="fact">{m.left_load_none({}, lang)}</p>}
      {chart?.most && (asTable ? <LoadTable chart={chart} /> : <LoadBars chart={chart} />)}
      {value && chart && <Budgets load={value} chart={chart} />}
    </Panel>
  );
}

const rangeWord = (range: string | null, others: string): string => range ?? others;
/** Solid, light, hatch: told apart without colour, which means something else on these pages. */
const FILLS = ['load-solid', 'load-light', 'load-hatch'] as const;

const WIDTH = 480;
const HEIGHT = 190;
const LEFT = 44;
const BOTTOM = 22;

function LoadBars({ chart }: { readonly chart: LoadChart }) {
  const lang = useLang();
  const dates = useDates();
  const { ranges, days, most } = chart;
  const top = scaleTop(most?.sum ?? 0);
  const slot = (WIDTH - LEFT) / days.length;
  const yOf = (bytes: number) => (HEIGHT - BOTTOM) * (1 - bytes / top) + 6;
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const dayWord = (day: string) => dates.day(`${day}T12:00:00Z`);
  return (
    <>
      <p class="load-legend">
        {ranges.map((range, at) => (
          <span key={range ?? 'others'}>
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" class={FILLS[at]} />
            </svg>
            {rangeWord(range, m.left_load_others({}, lang))}
          </span>
        ))}
      </p>
      <svg class="load-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} role="img" aria-label={m.left_load({}, lang)}>
        <defs>
          <pattern id="load-lines" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="4" height="4" class="load-lines-ground" />
            <rect width="1.6" height="4" class="load-lines-ink" />
          </pattern>
        </defs>
        {steps.map((step) => (
          <g key={step}>
            <line
              x1={LEFT}
              x2={WIDTH}
              y1={yOf(top * step)}
              y2={yOf(top * step)}
              class={step === 0 ? 'load-base' : 'load-line'}
            />
            <text x={LEFT - 8} y={yOf(top * step) + 3.5} class="load-axis num" text-anchor="end">
              {formatCount(Math.round((top * step) / 100) / 10, lang)}
            </text>
          </g>
        ))}
        {days.map((day, at) => {
          let below = 0;
          const x = LEFT + at * slot + slot * 0.14;
          return (
            <g key={day.day}>
              <title>{`${dayWord(day.day)}: ${formatBytes(day.sum, lang)}`}</title>
              <rect x={LEFT + at * slot} y={0} width={slot} height={HEIGHT - BOTTOM} class="load-touch" />
              {day.bytes.map((bytes, of) => {
                const y = yOf(below + bytes);
                const height = yOf(below) - y;
                below += bytes;
                return bytes > 0 ? (
                  <rect
                    key={ranges[of] ?? 'others'}
                    x={x}
                    y={y}
                    width={slot * 0.72}
                    height={Math.max(0.8, height - 0.7)}
                    class={FILLS[of]}
                  />
                ) : null;
              })}
              {(days.length - 1 - at) % 7 === 0 && (
                <text
                  x={LEFT + (at + 0.5) * slot}
                  y={HEIGHT + 4}
                  class="load-axis num"
                  text-anchor={at === days.length - 1 ? 'end' : 'middle'}
                >
                  {dayWord(day.day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </>
  );
}

function LoadTable({ chart }: { readonly chart: LoadChart }) {
  const lang = useLang();
  const dates = useDates();
  return (
    <WideScroll label={m.left_load_fact({}, lang)}>
      <table class="plain-table load-table">
        <thead>
          <tr>
            <th scope="col">{m.left_load_day({}, lang)}</th>
            {chart.ranges.map((range) => (
              <th key={range ?? 'others'} scope="col" class="cell-numeric">
                {rangeWord(range, m.left_load_others({}, lang))}
              </th>
            ))}
            <th scope="col" class="cell-numeric">
              {m.left_load_sum({}, lang)}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...chart.days]
            .reverse()
            .filter(({ sum }) => sum > 0)
            .map(({ day, bytes, sum }) => (
              <tr key={day}>
                <th scope="row">{dates.day(`${day}T12:00:00Z`)}</th>
                {bytes.map((of, at) => (
                  <td key={chart.ranges[at] ?? 'others'} class="num cell-numeric">
                    {formatBytes(of, lang)}
                  </td>
                ))}
                <td class="num cell-numeric">{formatBytes(sum, lang)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </WideScroll>
  );
}

function Budgets({ load, chart }: { readonly load: LoadView; readonly chart: LoadChart }) {
  const lang = useLang();
  const dates = useDates();
  const fullest = (range: string) =>
    Math.max(0, ...load.days.filter((day) => day.range === range).map((day) => day.sentBytes + day.receivedBytes));
  const sentence = ({ range, kilobytesPerHour, packetsPerSecond }: LoadView['ranges'][number]) => {
    if (kilobytesPerHour !== null) {
      const share = Math.round((fullest(range) / (kilobytesPerHour * 24_000)) * 100);
      const size = formatBytes(kilobytesPerHour * 1000, lang);
      return m.left_load_budget({ range, size, share: `${formatCount(share, lang)}\u00a0%` }, lang);
    }
    if (packetsPerSecond > 0)
      return m.left_load_no_budget({ range, packets: formatCount(packetsPerSecond, lang) }, lang);
    return m.left_load_unlimited({ range }, lang);
  };
  return (
    <ul class="load-budgets hint">
      {chart.most && (
        <li>
          {m.left_load_most(
            { size: formatBytes(chart.most.sum, lang), day: dates.day(`${chart.most.day}T12:00:00Z`) },
            lang,
          )}
        </li>
      )}
      {load.ranges
        .filter(({ on }) => on)
        .map((range) => (
          <li key={range.range}>{sentence(range)}</li>
        ))}
    </ul>
  );
}
