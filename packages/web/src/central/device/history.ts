/** What a machine's charts show: the series of the range in the page's address. */
import type { CentralDeviceView, DeviceSeries } from '@rsb/contract';
import { useNow } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { useListQuery } from '../list-query.ts';
import { useResource } from '../use-resource.ts';
import { askedFrom, type Range, rangeFrom } from './ranges.ts';

const HOUR = 3_600_000;

export interface History {
  readonly series: DeviceSeries | null;
  readonly failed: boolean;
  readonly retry: () => void;
  readonly range: Range;
  readonly setRange: (range: Range) => void;
  /** Central knows the machine since then. */
  readonly since: number;
}

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
  };
}
