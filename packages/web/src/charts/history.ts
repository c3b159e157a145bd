/** What a chart is drawn from: the series of one machine, and the range that the reader chose for this chart. */
import type { DeviceSeries, DeviceUsage } from '@rsb/contract';
import type { PageRange, Range } from './ranges.ts';

export interface History<R extends Range = Range> {
  readonly series: DeviceSeries | null;
  /** Central's count of the pages, null until it is there; without it pages are the differences of the readings. */
  readonly usage?: DeviceUsage | null;
  readonly failed: boolean;
  readonly retry: () => void;
  readonly range: R;
  readonly setRange: (range: R) => void;
  /** The machine is known since then: before it nothing is missing. */
  readonly since: number;
  /** Percent at which a supply is shown as low. */
  readonly mark: number;
}

/** Both charts of a machine, each with its own range. */
export interface Histories {
  readonly pages: History<PageRange>;
  readonly toner: History;
}
