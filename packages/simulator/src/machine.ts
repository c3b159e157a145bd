/** One device of a simulated site: its address, its objects and its habits on the wire. */
import type { Fault } from './fault.ts';
import type { Mib } from './mib.ts';

export interface SimulatedMachine {
  /** The 127.x that its agent binds, and no other. */
  readonly address: string;
  readonly name: string;
  readonly mib: Mib;
  /** `public` unless said otherwise; a request with another gets no answer. */
  readonly community?: string;
  /** Both unless said otherwise. */
  readonly versions?: readonly ('v1' | 'v2c')[];
  /** 1,472 bytes, what fits into one Ethernet frame, unless said otherwise. */
  readonly largestResponse?: number;
  readonly faults?: readonly Fault[];
}
