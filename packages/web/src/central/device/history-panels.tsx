/** Pages and toner over time: one range for both, each as a chart or as a table. */
import type { CentralDeviceView, DeviceSeries } from '@rsb/contract';
import { useNow } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { useListQuery } from '../list-query.ts';
import { useResource } from '../resource.ts';
import { PagesPanel } from './pages-panel.tsx';
import { askedFrom, type Range, rangeFrom } from './ranges.ts';
import { TonerPanel } from './toner-panel.tsx';

const HOUR = 3_600_000;

export interface HistoryPart {
  readonly series: DeviceSeries | null;
  readonly failed: boolean;
  readonly onRetry: () => void;
  readonly range: Range;
}

export function HistoryPanels({ device, query }: { readonly device: CentralDeviceView; readonly query: string }) {
  const list = useListQuery(query, '');
  const range = rangeFrom(list.get('range'));
  // Whole hours, so that the question stays the same while the page is open.
  const now = useNow();
  const from = askedFrom(range, Math.floor(now / HOUR) * HOUR);
  const path = `${deviceOf(device.customer, device.id)}/series?from=${encodeURIComponent(from)}`;
  const series = useResource<DeviceSeries>(path);
  const part: HistoryPart = {
    series: series.value,
    failed: series.value === null && series.problem !== null,
    onRetry: () => void series.reload(),
    range,
  };
  return (
    <>
      <div class="device-pages">
        <PagesPanel {...part} onRange={(next) => list.set('range', next === 'month' ? null : next)} />
      </div>
      <div class="device-toner-panel">
        <TonerPanel {...part} />
      </div>
    </>
  );
}
