/** Toner levels over time. */
import { m } from '@rsb/messages';
import { useCallback, useMemo } from 'preact/hooks';
import { Panel } from '../components/Panel.tsx';
import { useDates } from '../format/dates-context.tsx';
import { useLang } from '../language/language.tsx';
import { supplyName } from '../reading/supply-words.ts';
import { ChartFrame, type TableData } from './chart-frame.tsx';
import { chartWords } from './chart-words.ts';
import type { History } from './history.ts';
import { RangeChoice } from './range-choice.tsx';
import { slotsOf, TONER_RANGES } from './ranges.ts';
import { type TonerLine, tonerLines } from './toner-lines.ts';
import { useCharts } from './use-charts.ts';
import { zoneTime } from './zone-time.ts';

export function TonerPanel(history: History) {
  const lang = useLang();
  const dates = useDates();
  const charts = useCharts();
  const { series, range, mark } = history;
  const lines = useMemo(() => (series ? tonerLines(series) : []), [series]);
  const span = useMemo(() => {
    if (!series) return { from: 0, to: 1, times: [] };
    const time = zoneTime(series.zone);
    const to = Date.parse(series.to);
    const slots = slotsOf(range, to, time);
    const words = chartWords(lang.locale, series.zone, time);
    const from = slots[0]?.from ?? to;
    const times = slots.flatMap((slot) => {
      const text = words.axis(slot.from, range);
      return text === '' ? [] : [{ at: slot.from, words: text }];
    });
    // The panel is narrow: every second word where there are many.
    const every = times.length > 7 ? 2 : 1;
    return { from, to, times: times.filter((_, at) => at % every === 0) };
  }, [series, range, lang]);
  const shown = useMemo(() => lines.map((line) => within(line, span.from)), [lines, span.from]);
  const value = useCallback((percent: number) => `${percent}\u00a0%`, []);
  const drawn = shown.filter((line) => line.last !== null);
  const table: TableData | null = series && {
    name: m.toner_over_time({}, lang),
    head: [m.chart_time({}, lang), ...drawn.map((line) => supplyName(line, lang))],
    ...tonerRows(drawn, (at) => dates.near(at, Date.parse(series.to))),
  };
  const title = m.toner_over_time({}, lang);
  const rangeNames = {
    day: m.range_last_day({}, lang),
    week: m.range_last_days({ days: 7 }, lang),
    month: m.range_last_days({ days: 30 }, lang),
    quarter: m.range_last_days({ days: 90 }, lang),
    year: m.range_last_year({}, lang),
  };
  return (
    <Panel
      title={title}
      fact={m.toner_over_time_unit({ mark }, lang)}
      right={
        <RangeChoice of={title} names={rangeNames} ranges={TONER_RANGES} range={range} onRange={history.setRange} />
      }
      flush
    >
      <ChartFrame
        history={history}
        table={table}
        nothing={series && drawn.length === 0 ? m.toner_none_yet({}, lang) : null}
      >
        {charts !== null && charts !== 'failed' ? (
          <charts.TonerChart
            lines={drawn}
            from={span.from}
            to={span.to}
            times={span.times}
            mark={mark}
            value={value}
            label={drawn
              .map((line) => `${supplyName(line, lang)} ${line.last === null ? '?' : value(line.last.percent)}`)
              .join(', ')}
          />
        ) : (
          <div class="chart-empty">{charts === 'failed' && <p class="fact">{m.chart_not_loaded({}, lang)}</p>}</div>
        )}
      </ChartFrame>
    </Panel>
  );
}

function within(line: TonerLine, from: number): TonerLine {
  const runs = line.runs.map((run) => run.filter((point) => point.at >= from)).filter((run) => run.length > 0);
  return {
    ...line,
    runs,
    replaced: line.replaced.filter((point) => point.at >= from),
    last: line.last && line.last.at >= from ? line.last : null,
  };
}

/** Most rows that a table shows: the newest. */
const MOST_ROWS = 500;

/** One row for each moment of a reading, newest first. */
function tonerRows(lines: readonly TonerLine[], words: (at: number) => string): Pick<TableData, 'rows' | 'csv'> {
  const byMoment = new Map<number, (number | null)[]>();
  lines.forEach((line, column) => {
    for (const { at, percent } of line.runs.flat()) {
      const row = byMoment.get(at) ?? lines.map(() => null);
      row[column] = percent;
      byMoment.set(at, row);
    }
  });
  const moments = [...byMoment].sort(([a], [b]) => b - a);
  return {
    rows: moments
      .slice(0, MOST_ROWS)
      .map(([at, levels]) => [words(at), ...levels.map((percent) => (percent === null ? '–' : `${percent}\u00a0%`))]),
    csv: [
      ['takenAt', ...lines.map((line) => line.name)],
      ...moments
        .reverse()
        .map(([at, levels]) => [
          new Date(at).toISOString(),
          ...levels.map((percent) => (percent === null ? '' : String(percent))),
        ]),
    ],
  };
}
