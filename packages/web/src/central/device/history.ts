/** What a machine's charts show: the series of the range in the page's address. */
import type { CentralDeviceView, DeviceSeries, DeviceUsage } from '@rsb/contract';
import type { History } from '../../charts/history.ts';
import { askedFrom, rangeFrom, slotUnit } from '../../charts/ranges.ts';
import { useNow } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { useListQuery } from '../list-query.ts';
import { useResource } from '../use-resource.ts';

const HOUR = 3_600_000;

export function useHistory(device: CentralDeviceView, query: string): History {
  const list = useListQuery(query, '');
  const range = rangeFrom(list.get('range'));
  // Whole hours, so that the question stays the same while the page is open.
  const from = askedFrom(range, Math.floor(useNow() / HOUR) * HOUR);
  const path = deviceOf(device.customer, device.id);
  const since = `from=${encodeURIComponent(from)}`;
  const series = useResource<DeviceSeries>(`${path}/series?${since}`);
  const usage = useResource<DeviceUsage>(`${path}/usage?${since}&step=${slotUnit(range)}`);
  return {
    series: series.value,
    usage: usage.value,
    failed: [series, usage].some(({ value, problem }) => value === null && problem !== null),
    retry: () => void Promise.all([series.reload(), usage.reload()]),
    range,
    setRange: (next) => list.set('range', next === 'month' ? null : next),
    since: Date.parse(device.firstHeard),
    mark: device.supplyMark,
  };
}
