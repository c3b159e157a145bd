/** Pages per hour, day or month as central counted them: what waits for a person's answer is not among them. */
import type { DeviceSeries, DeviceUsage } from '@rsb/contract';
import type { Count } from '../format/count.ts';
import type { PageCount, PageSlot, PagesOverTime } from './page-slots.ts';
import type { Slot } from './ranges.ts';
import { zoneTime } from './zone-time.ts';

type Pages = DeviceUsage['points'][number]['pages'];

const told = (usage: DeviceUsage, name: keyof Pages) => usage.points.some(({ pages }) => pages[name] !== null);

function countedBy(usage: DeviceUsage): PageCount | null {
  if (told(usage, 'mono') && told(usage, 'color')) return 'split';
  return told(usage, 'all') ? 'total' : null;
}

const two = (value: number) => String(value).padStart(2, '0');

/** The name that a slot has among the points: an instant, a local date, a local month. */
function namesIn(usage: DeviceUsage): (slot: Slot) => string {
  const time = zoneTime(usage.zone);
  return ({ from }) => {
    if (usage.step === 'hour') return String(from);
    const { year, month, day } = time.local(from);
    return usage.step === 'month' ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`;
  };
}

/** The pages of an hour, a day or a month are far below 2^53. */
const pagesOf = (pages: Count | null) => (pages === null ? null : Number(pages));

export function pagesByUsage(series: DeviceSeries, usage: DeviceUsage, slots: readonly Slot[]): PagesOverTime {
  const by = countedBy(usage);
  const nameOf = namesIn(usage);
  const points = new Map(
    usage.points.map(({ time, pages }) => [usage.step === 'hour' ? String(Date.parse(time)) : time, pages]),
  );
  const filled = slots.map((slot): PageSlot => {
    const pages = points.get(nameOf(slot));
    const counter = lastInside(series, slot);
    if (pages === undefined) return { ...slot, mono: null, color: null, counter };
    return by === 'split'
      ? { ...slot, mono: pagesOf(pages.mono), color: pagesOf(pages.color), counter }
      : { ...slot, mono: pagesOf(pages.all), color: null, counter };
  });
  return { by, slots: filled, unplaced: 0, wentBack: 0 };
}

function lastInside({ counters }: DeviceSeries, slot: Slot): Count | null {
  const last = counters.findLast(({ takenAt }) => {
    const at = Date.parse(takenAt);
    return at >= slot.from && at < slot.to;
  });
  return last ? (last.total ?? last.life ?? last.mono) : null;
}
