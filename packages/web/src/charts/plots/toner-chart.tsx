/** Levels of toner over time: one line in each supply's colour, labelled at its end; a ring where it was replaced. */
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { TonerLine } from '../toner-lines.ts';
import { drawLines, LABEL_FONT, valueAxis } from './axes.ts';
import { type ChartColors, useChartColors } from './chart-colors.ts';
import { Plot } from './plot.tsx';
import { spread } from './spread.ts';

export interface TimeLabel {
  readonly at: number;
  readonly words: string;
}

export interface TonerChartProps {
  readonly lines: readonly TonerLine[];
  readonly from: number;
  readonly to: number;
  readonly mark: number;
  readonly times: readonly TimeLabel[];
  readonly value: (percent: number) => string;
  readonly label: string;
}

const SPLITS = [0, 25, 50, 75, 100];
const HEIGHT = 216;
/** Room at the right for the lines' own words. */
const WORDS = 60;
const APART = 15;

const LETTERS = { k: 'K', c: 'C', m: 'M', y: 'Y', n: 'N', lc: 'LC', lm: 'LM', mk: 'MK' } as const;

function strokeOf(line: TonerLine, colors: ChartColors): string {
  switch (line.ink) {
    case 'k':
    case 'mk':
      return colors['k-edge'];
    case 'c':
    case 'lc':
      return colors.c;
    case 'm':
    case 'lm':
      return colors.m;
    case 'y':
      return colors.y;
    case 'n':
      return colors.n;
  }
}

export function TonerChart({ lines, from, to, mark, times, value, label }: TonerChartProps) {
  const colors = useChartColors();
  const data = useMemo<uPlot.AlignedData>(
    () => [
      [from / 1000, to / 1000],
      [null, null],
    ],
    [from, to],
  );
  const options = useMemo<Omit<uPlot.Options, 'width' | 'height'>>(
    () => ({
      padding: [8, WORDS, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [from / 1000, to / 1000] }, y: { range: [0, 100] } },
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      axes: [
        {
          scale: 'x',
          size: 24,
          gap: 6,
          font: LABEL_FONT,
          stroke: colors.ink3,
          ticks: { show: false },
          grid: { show: false },
          splits: () => times.map((time) => time.at / 1000),
          values: (_plot, values) => values.map((_, at) => times[at]?.words ?? ''),
        },
        valueAxis(colors, SPLITS, String),
      ],
      hooks: {
        drawClear: [(plot) => drawLines(plot, colors, SPLITS)],
        draw: [(plot) => drawToner(plot, { lines, colors, mark, value })],
      },
    }),
    [lines, from, to, mark, times, value, colors],
  );
  return <Plot options={options} data={data} height={HEIGHT} label={label} />;
}

interface Drawn {
  readonly lines: readonly TonerLine[];
  readonly colors: ChartColors;
  readonly mark: number;
  readonly value: (percent: number) => string;
}

function drawToner(plot: uPlot, { lines, colors, mark, value }: Drawn): void {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  const x = (at: number) => plot.valToPos(at / 1000, 'x', true);
  const y = (percent: number) => plot.valToPos(percent, 'y', true);
  ctx.save();
  ctx.strokeStyle = colors.ink3;
  ctx.lineWidth = px;
  ctx.setLineDash([4 * px, 3 * px]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y(mark));
  ctx.lineTo(bbox.left + bbox.width, y(mark));
  ctx.stroke();
  ctx.restore();
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, 0, bbox.width, plot.ctx.canvas.height);
  ctx.clip();
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  for (const line of lines) {
    const trace = (width: number, color: string) => {
      ctx.lineWidth = width * px;
      ctx.strokeStyle = color;
      for (const run of line.runs) {
        ctx.beginPath();
        run.forEach((point, at) => {
          if (at === 0) ctx.moveTo(x(point.at), y(point.percent));
          else ctx.lineTo(x(point.at), y(point.percent));
        });
        // A single reading between two holes is a dot.
        if (run.length === 1 && run[0]) ctx.lineTo(x(run[0].at) + 0.1, y(run[0].percent));
        ctx.stroke();
      }
    };
    const color = strokeOf(line, colors);
    if (line.ink === 'y') trace(3.2, colors['y-edge']);
    trace(1.8, color);
    for (const at of line.replaced) {
      ctx.save();
      ctx.strokeStyle = color;
      ctx.lineWidth = px;
      ctx.setLineDash([px, 2 * px]);
      ctx.beginPath();
      ctx.moveTo(x(at.at), y(0));
      ctx.lineTo(x(at.at), y(at.percent));
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.lineWidth = 1.8 * px;
      ctx.fillStyle = colors.surface;
      ctx.beginPath();
      ctx.arc(x(at.at), y(at.percent), 3.5 * px, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    }
  }
  ctx.restore();
  drawWords(plot, lines, colors, value);
}

function drawWords(plot: uPlot, lines: readonly TonerLine[], colors: ChartColors, value: Drawn['value']): void {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  const ended = lines.flatMap((line) => (line.last ? [{ line, last: line.last }] : []));
  const wanted = ended.map(({ last }) => plot.valToPos(last.percent, 'y', true));
  const places = spread(wanted, APART * px, bbox.top + 4 * px, bbox.top + bbox.height - 4 * px);
  ctx.save();
  ctx.font = `500 ${11 * px}px Inter, system-ui, sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ended.forEach(({ line, last }, at) => {
    const words = `${LETTERS[line.ink]} ${value(last.percent)}`;
    const left = bbox.left + bbox.width + 8 * px;
    ctx.lineWidth = 4 * px;
    ctx.strokeStyle = colors.surface;
    ctx.strokeText(words, left, places[at] ?? 0);
    ctx.fillStyle = colors.ink2;
    ctx.fillText(words, left, places[at] ?? 0);
  });
  ctx.restore();
}
