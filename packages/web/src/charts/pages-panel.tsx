/** Pages per hour, day or month. */
import type { DeviceSeries, DeviceUsage } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { Panel } from '../components/Panel.tsx';
import { formatCount } from '../format/count.ts';
import { useLang } from '../language/language.tsx';
import { ChartFrame, type TableData } from './chart-frame.tsx';
import { chartWords } from './chart-words.ts';
import type { History } from './history.ts';
import { type PageSlot, type PagesOverTime, pagesOverTime, sumPages } from './page-slots.ts';
import { RangeChoice } from './range-choice.tsx';
import { type PageRange, RANGES, type Slot, slotsOf, slotUnit } from './ranges.ts';
import { pagesByUsage } from './usage-slots.ts';
import { useCharts } from './use-charts.ts';
import { zoneTime } from './zone-time.ts';

export function PagesPanel(history: History<PageRange>) {
  const lang = useLang();
  const charts = useCharts();
  const { series, usage, range, since } = history;
  const [pointed, setPointed] = useState<number | null>(null);
  const time = useMemo(() => zoneTime(series?.zone ?? 'UTC'), [series?.zone]);
  const words = useMemo(() => chartWords(lang.locale, series?.zone ?? 'UTC', time), [lang, series?.zone, time]);
  const pages = useMemo<PagesOverTime | null>(
    () => (series && usage !== null ? pagesIn(series, usage, slotsOf(range, Date.parse(series.to), time)) : null),
    [series, usage, range, time],
  );
  const labels = useMemo(() => pages?.slots.map((slot) => words.axis(slot.from, range)) ?? [], [pages, words, range]);
  const value = useCallback((count: number) => formatCount(count, lang), [lang]);
  const split = pages?.by === 'split';
  const titles = {
    hour: m.pages_per_hour({}, lang),
    day: m.pages_per_day({}, lang),
    month: m.pages_per_month({}, lang),
  };
  const title = titles[slotUnit(range)];
  const rangeNames = {
    day: m.range_day({}, lang),
    week: m.range_week({}, lang),
    month: m.range_month({}, lang),
    year: m.range_year({}, lang),
  };
  const slotWords = (slot: PageSlot) => {
    if (slot.mono === null && slot.color === null)
      return slot.to <= since ? m.not_known_yet({}, lang) : m.no_reading({}, lang);
    const mono = formatCount(slot.mono ?? 0, lang);
    return split
      ? m.pages_split({ mono, color: formatCount(slot.color ?? 0, lang) }, lang)
      : m.pages_sum({ count: slot.mono ?? 0, pages: mono }, lang);
  };
  const chosen = pointed === null ? null : pages?.slots[pointed];
  const sums = pages && sumPages(pages.slots);
  const fact = chosen
    ? `${words.full(chosen.from, range)}: ${slotWords(chosen)}`
    : sums &&
      pages.by !== null &&
      (split
        ? m.pages_split({ mono: formatCount(sums.mono, lang), color: formatCount(sums.color, lang) }, lang)
        : m.pages_sum({ count: sums.mono, pages: formatCount(sums.mono, lang) }, lang));
  const known =
    pages !== null && (pages.slots[0]?.from ?? since) < since
      ? [m.known_since({ day: words.full(since, 'month') }, lang)]
      : [];
  const notes = pages ? [...pageNotes(pages, lang), ...known] : [];
  const table: TableData | null = pages && {
    name: title,
    head: split
      ? [
          m.chart_time({}, lang),
          m.counter_head_mono({}, lang),
          m.counter_head_color({}, lang),
          m.counter_reading({}, lang),
        ]
      : [m.chart_time({}, lang), m.pages({}, lang), m.counter_reading({}, lang)],
    rows: [...pages.slots].reverse().map((slot) => {
      const none = slot.to <= since ? m.not_known_yet({}, lang) : m.no_reading({}, lang);
      const cell = (count: number | null) => (count === null ? none : formatCount(count, lang));
      const counter = slot.counter === null ? '–' : formatCount(slot.counter, lang);
      const first = words.full(slot.from, range);
      return split ? [first, cell(slot.mono), cell(slot.color), counter] : [first, cell(slot.mono), counter];
    }),
    csv: [
      split ? ['from', 'to', 'mono', 'color', 'counter'] : ['from', 'to', 'pages', 'counter'],
      ...pages.slots.map((slot) => {
        const plain = (count: number | string | null) => (count === null ? '' : String(count));
        const span = [new Date(slot.from).toISOString(), new Date(slot.to).toISOString()];
        return split
          ? [...span, plain(slot.mono), plain(slot.color), plain(slot.counter)]
          : [...span, plain(slot.mono), plain(slot.counter)];
      }),
    ],
  };
  return (
    <Panel
      title={title}
      fact={
        <span class="num" role="status">
          {fact}
        </span>
      }
      right={
        <>
          {split && (
            <span class="chart-legend">
              <i class="legend-square legend-mono" /> {m.counter_head_mono({}, lang)}
              <i class="legend-square legend-color" /> {m.counter_head_color({}, lang)}
            </span>
          )}
          <RangeChoice of={title} names={rangeNames} ranges={RANGES} range={range} onRange={history.setRange} />
        </>
      }
      flush
    >
      <ChartFrame
        history={history}
        table={table}
        nothing={pages?.by === null ? nothingWords(series, lang) : null}
        notes={notes}
      >
        {pages && charts !== null && charts !== 'failed' ? (
          <charts.PagesChart
            slots={pages.slots}
            since={since}
            until={Date.parse(series?.to ?? '')}
            labels={labels}
            value={value}
            label={`${title}. ${m.chart_keys({}, lang)}`}
            onPoint={setPointed}
          />
        ) : (
          <div class="chart-empty">{charts === 'failed' && <p class="fact">{m.chart_not_loaded({}, lang)}</p>}</div>
        )}
      </ChartFrame>
    </Panel>
  );
}

const pagesIn = (series: DeviceSeries, usage: DeviceUsage | undefined, slots: readonly Slot[]): PagesOverTime =>
  usage ? pagesByUsage(series, usage, slots) : pagesOverTime(series, slots);

/** A machine that was read only once, or whose readings central has not worked through, tells counters but no pages. */
const nothingWords = (series: DeviceSeries | null, lang: Lang): string =>
  series?.counters.length ? m.counters_not_counted_yet({}, lang) : m.counters_none_yet({}, lang);

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

function pageNotes(pages: PagesOverTime, lang: Lang): readonly string[] {
  return [
    m.chart_running({}, lang),
    ...(pages.by === 'life' ? [m.pages_by_life({}, lang)] : []),
    ...(pages.unplaced > 0
      ? [m.pages_unplaced({ count: pages.unplaced, pages: formatCount(pages.unplaced, lang) }, lang)]
      : []),
    ...(pages.wentBack > 0 ? [m.counter_went_back({ count: pages.wentBack }, lang)] : []),
  ];
}
