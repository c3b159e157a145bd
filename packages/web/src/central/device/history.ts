/** What a machine's charts show: the series of the ranges in the page's address, one for each chart. */
import type { CentralDeviceView, DeviceSeries, DeviceUsage } from '@rsb/contract';
import type { Histories } from '../../charts/history.ts';
import { askedFrom, rangeFrom, slotUnit, tonerRangeFrom } from '../../charts/ranges.ts';
import { useNow } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { useListQuery } from '../list-query.ts';
import { useResource } from '../use-resource.ts';

const HOUR = 3_600_000;

export function useHistory(device: CentralDeviceView, query: string): Histories {
  const list = useListQuery(query, '');
  const range = rangeFrom(list.get('range'));
  const tonerRange = tonerRangeFrom(list.get('toner'));
  // Whole hours, so that the question stays the same while the page is open.
  const now = Math.floor(useNow() / HOUR) * HOUR;
  const path = deviceOf(device.customer, device.id);
  const from = `from=${encodeURIComponent(askedFrom(range, now))}`;
  const series = useResource<DeviceSeries>(`${path}/series?${from}`);
  const usage = useResource<DeviceUsage>(`${path}/usage?${from}&step=${slotUnit(range)}`);
  const levels = useResource<DeviceSeries>(`${path}/series?from=${encodeURIComponent(askedFrom(tonerRange, now))}`);
  const known = { since: Date.parse(device.firstHeard), mark: device.supplyMark };
  return {
    pages: {
      ...known,
      series: series.value,
      usage: usage.value,
      failed: [series, usage].some(({ value, problem }) => value === null && problem !== null),
      retry: () => void Promise.all([series.reload(), usage.reload()]),
      range,
      setRange: (next) => list.set('range', next === 'month' ? null : next),
    },
    toner: {
      ...known,
      series: levels.value,
      failed: levels.value === null && levels.problem !== null,
      retry: () => void levels.reload(),
      range: tonerRange,
      setRange: (next) => list.set('toner', next === 'quarter' ? null : next),
    },
  };
}
