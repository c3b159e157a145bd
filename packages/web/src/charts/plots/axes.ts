/** What the charts have in common: horizontal lines alone, small grey labels, no vertical grid (LOOK §11). */
import type uPlot from 'uplot';
import type { ChartColors } from './chart-colors.ts';

export const LABEL_FONT = '11px Inter, system-ui, sans-serif';

export function valueAxis(
  colors: ChartColors,
  splits: readonly number[],
  words: (value: number) => string,
): uPlot.Axis {
  return {
    scale: 'y',
    side: 3,
    size: 44,
    gap: 8,
    font: LABEL_FONT,
    stroke: colors.ink3,
    ticks: { show: false },
    grid: { show: false },
    splits: () => [...splits],
    values: (_plot, values) => values.map(words),
  };
}

/** At most five values upwards, round ones, the topmost above all data. */
export function niceSplits(most: number): readonly number[] {
  if (most <= 0) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const whole = step < 10 ? Math.ceil(step) : step;
  const count = Math.max(1, Math.ceil(most / whole));
  return Array.from({ length: count + 1 }, (_, at) => at * whole);
}

/** Lines behind the data; the base is the stronger one. */
export function drawLines(plot: uPlot, colors: ChartColors, splits: readonly number[]): void {
  const { ctx } = plot;
  const { left, width } = plot.bbox;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const value of splits) {
    const y = Math.round(plot.valToPos(value, 'y', true)) + (Math.round(devicePixelRatio) % 2) / 2;
    ctx.strokeStyle = value === 0 ? colors.line2 : colors.line;
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
  }
  ctx.restore();
}

/** Where nothing was read: thin slanted lines over the full height. */
export function drawHatch(plot: uPlot, colors: ChartColors, x: number, width: number): void {
  const { ctx } = plot;
  const { top, height } = plot.bbox;
  const step = 6 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, top, width, height);
  ctx.clip();
  ctx.strokeStyle = colors.line2;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  for (let at = Math.floor((x - height) / step) * step; at < x + width; at += step) {
    ctx.moveTo(at, top + height);
    ctx.lineTo(at + height, top);
  }
  ctx.stroke();
  ctx.restore();
}
