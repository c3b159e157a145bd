/** What a machine's charts show: the series of the range in the page's address. */
import type { CentralDeviceView, DeviceSeries } from '@rsb/contract';
import type { History } from '../../charts/history.ts';
import { askedFrom, rangeFrom } from '../../charts/ranges.ts';
import { useNow } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { SUPPLY_MARK } from '../devices/device-row.ts';
import { useListQuery } from '../list-query.ts';
import { useResource } from '../use-resource.ts';

const HOUR = 3_600_000;

export function useHistory(device: CentralDeviceView, query: string): History {
  const list = useListQuery(query, '');
  const range = rangeFrom(list.get('range'));
  // Whole hours, so that the question stays the same while the page is open.
  const from = askedFrom(range, Math.floor(useNow() / HOUR) * HOUR);
  const path = `${deviceOf(device.customer, device.id)}/series?from=${encodeURIComponent(from)}`;
  const series = useResource<DeviceSeries>(path);
  return {
    series: series.value,
    failed: series.value === null && series.problem !== null,
    retry: () => void series.reload(),
    range,
    setRange: (next) => list.set('range', next === 'month' ? null : next),
    since: Date.parse(device.firstHeard),
    mark: SUPPLY_MARK,
  };
}
