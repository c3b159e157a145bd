/** What a machine's charts show: its history on the box for the ranges in the page's address, one for each chart. */
import type { DeviceSeries, DeviceView } from '@rsb/contract';
import { useMemo } from 'preact/hooks';
import type { Histories } from '../../charts/history.ts';
import { askedFrom, type Range, rangeFrom, TONER_RANGES, tonerRangeFrom } from '../../charts/ranges.ts';
import { useBox, useBoxView, useNow } from '../box-context.tsx';
import { machinePath } from '../router.ts';
import { useFetched } from './use-fetched.ts';

const HOUR = 3_600_000;

export function useHistory(device: DeviceView, query: string): Histories {
  const { router } = useBox();
  const { supplyMark } = useBoxView();
  const asked = new URLSearchParams(query);
  const pages = rangeFrom(asked.get('range'));
  const toner = tonerRangeFrom(asked.get('toner'));
  // Whole hours, so that the question stays the same while the page is open.
  const now = Math.floor(useNow(HOUR) / HOUR) * HOUR;
  const path = (range: Range) =>
    `/devices/${encodeURIComponent(device.id)}/history?from=${encodeURIComponent(askedFrom(range, now))}`;
  const turn = lastTaken(device);
  // A year comes by days, shorter times by readings: what comes alike is asked once, for the longer of the two.
  const alike = (pages === 'year') === (toner === 'year');
  const longer = TONER_RANGES.indexOf(pages) > TONER_RANGES.indexOf(toner) ? pages : toner;
  const first = useFetched<DeviceSeries>(path(alike ? longer : pages), turn);
  const second = useFetched<DeviceSeries>(alike ? null : path(toner), turn);
  const choose = (name: string, value: string, usual: string) => {
    const next = new URLSearchParams(query);
    if (value === usual) next.delete(name);
    else next.set(name, value);
    const text = next.toString();
    router.replace(`${machinePath(device.id)}${text === '' ? '' : `?${text}`}`);
  };
  const known = { since: Date.parse(device.firstSeen), mark: supplyMark };
  const { value: series, ...fetched } = first;
  const pagesFrom = askedFrom(pages, now);
  // What the machine told of before its pages' first slot must not decide how they are counted.
  const pagesSeries = useMemo(() => series && since(series, pagesFrom), [series, pagesFrom]);
  return {
    pages: {
      ...fetched,
      ...known,
      series: pagesSeries,
      range: pages,
      setRange: (next) => choose('range', next, 'month'),
    },
    toner: {
      ...(alike ? fetched : { failed: second.failed, retry: second.retry }),
      ...known,
      series: alike ? series : second.value,
      range: toner,
      setRange: (next) => choose('toner', next, 'quarter'),
    },
  };
}

function since(series: DeviceSeries, from: string): DeviceSeries {
  const first = Date.parse(from);
  return { ...series, counters: series.counters.filter(({ takenAt }) => Date.parse(takenAt) >= first) };
}

/** Changes with each part that was read. */
export const lastTaken = ({ counters, supplies, alerts, address }: DeviceView): string =>
  [counters?.takenAt, supplies?.takenAt, alerts?.takenAt, address].join(' ');
