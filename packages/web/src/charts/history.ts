/** What charts are drawn from: the series of one machine, and the range that the reader chose. */
import type { DeviceSeries, DeviceUsage } from '@rsb/contract';
import type { Range } from './ranges.ts';

export interface History {
  readonly series: DeviceSeries | null;
  /** Central's count of the pages, null until it is there; without it pages are the differences of the readings. */
  readonly usage?: DeviceUsage | null;
  readonly failed: boolean;
  readonly retry: () => void;
  readonly range: Range;
  readonly setRange: (range: Range) => void;
  /** The machine is known since then: before it nothing is missing. */
  readonly since: number;
  /** Percent at which a supply is shown as low. */
  readonly mark: number;
}
