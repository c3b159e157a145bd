/** Pages per slot as bars: mono at the foot, colour above; hatch where no reading tells. */
import { useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { PageSlot } from '../page-slots.ts';
import { drawHatch, drawLines, LABEL_FONT, niceSplits, valueAxis } from './axes.ts';
import { useChartColors } from './chart-colors.ts';
import { Plot } from './plot.tsx';

export interface PagesChartProps {
  readonly slots: readonly PageSlot[];
  /** Before this moment the machine was not known: nothing is drawn, not even that a reading is missing. */
  readonly since: number;
  /** The slot that is still running may be without a reading yet. */
  readonly until: number;
  /** A word under a slot, '' for none. */
  readonly labels: readonly string[];
  readonly value: (count: number) => string;
  readonly label: string;
  /** The slot under the pointer, or chosen by the arrow keys. */
  readonly onPoint: (slot: number | null) => void;
}

const FILLED = 0.72;
const HEIGHT = 216;

export function PagesChart({ slots, since, until, labels, value, label, onPoint }: PagesChartProps) {
  const colors = useChartColors();
  const plot = useRef<uPlot | null>(null);
  const pointed = useRef<number | null>(null);
  const most = Math.max(0, ...slots.map((slot) => (slot.mono ?? 0) + (slot.color ?? 0)));
  const splits = useMemo(() => niceSplits(most), [most]);
  const point = (slot: number | null) => {
    if (slot === pointed.current) return;
    pointed.current = slot;
    plot.current?.redraw(false);
    onPoint(slot);
  };
  const data = useMemo<uPlot.AlignedData>(
    () => [slots.map((_, at) => at), slots.map((slot) => (slot.mono ?? 0) + (slot.color ?? 0))],
    [slots],
  );
  const options = useMemo<Omit<uPlot.Options, 'width' | 'height'>>(
    () => ({
      padding: [8, 16, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false, setScale: false }, points: { show: false } },
      scales: {
        x: { time: false, range: [-0.5, slots.length - 0.5] },
        y: { range: [0, splits.at(-1) ?? 1] },
      },
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
          splits: () => labels.flatMap((words, at) => (words === '' ? [] : [at])),
          values: (_plot, values) => values.map((at) => labels[at] ?? ''),
        },
        valueAxis(colors, splits, value),
      ],
      hooks: {
        drawClear: [(drawn) => drawLines(drawn, colors, splits)],
        draw: [
          (drawn) => {
            const { ctx } = drawn;
            const base = drawn.valToPos(0, 'y', true);
            const whole = drawn.bbox.width / slots.length;
            const width = Math.max(devicePixelRatio, Math.round(whole * FILLED));
            slots.forEach((slot, at) => {
              const x = Math.round(drawn.valToPos(at, 'x', true) - width / 2);
              if (slot.mono === null && slot.color === null) {
                if (slot.to > since && slot.to <= until) drawHatch(drawn, colors, x, width);
                return;
              }
              ctx.save();
              ctx.globalAlpha = pointed.current === null || pointed.current === at ? 1 : 0.45;
              const mono = Math.round(base - drawn.valToPos(slot.mono ?? 0, 'y', true));
              ctx.fillStyle = colors['pages-mono'];
              ctx.fillRect(x, base - mono, width, mono);
              const top = Math.round(base - drawn.valToPos((slot.mono ?? 0) + (slot.color ?? 0), 'y', true));
              const gap = mono > 0 ? devicePixelRatio : 0;
              if (top > mono + gap) {
                ctx.fillStyle = colors['pages-color'];
                ctx.fillRect(x, base - top, width, top - mono - gap);
              }
              ctx.restore();
            });
          },
        ],
        setCursor: [
          (drawn) => {
            const { left } = drawn.cursor;
            if (left === undefined || left < 0) point(null);
            else point(Math.min(slots.length - 1, Math.max(0, Math.round(drawn.posToVal(left, 'x')))));
          },
        ],
      },
    }),
    [slots, since, until, labels, splits, colors, value],
  );
  return (
    <section
      class="chart-keys"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the values of the bars are reachable by keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const from = pointed.current ?? (step > 0 ? -1 : slots.length);
        point(Math.min(slots.length - 1, Math.max(0, from + step)));
      }}
      onBlur={() => point(null)}
    >
      <Plot options={options} data={data} height={HEIGHT} label={label} plotRef={plot} />
    </section>
  );
}
