/** What a machine's charts show: its history on the box for the range in the page's address. */
import type { DeviceSeries, DeviceView } from '@rsb/contract';
import type { History } from '../../charts/history.ts';
import { askedFrom, rangeFrom } from '../../charts/ranges.ts';
import { useBox, useBoxView, useNow } from '../box-context.tsx';
import { machinePath } from '../router.ts';
import { useFetched } from './use-fetched.ts';

const HOUR = 3_600_000;

export function useHistory(device: DeviceView, query: string): History {
  const { router } = useBox();
  const { supplyMark } = useBoxView();
  const range = rangeFrom(new URLSearchParams(query).get('range'));
  // Whole hours, so that the question stays the same while the page is open.
  const now = useNow(HOUR);
  const from = askedFrom(range, Math.floor(now / HOUR) * HOUR);
  const path = `/devices/${encodeURIComponent(device.id)}/history?from=${encodeURIComponent(from)}`;
  const { value, failed, retry } = useFetched<DeviceSeries>(path, lastTaken(device));
  return {
    series: value,
    failed,
    retry,
    range,
    setRange: (next) => router.replace(`${machinePath(device.id)}${next === 'month' ? '' : `?range=${next}`}`),
    since: Date.parse(device.firstSeen),
    mark: supplyMark,
  };
}

/** Changes with each part that was read. */
export const lastTaken = ({ counters, supplies, alerts, address }: DeviceView): string =>
  [counters?.takenAt, supplies?.takenAt, alerts?.takenAt, address].join(' ');
