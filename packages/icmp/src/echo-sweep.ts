/** The port of an echo sweep: which of these addresses answer a ping. */
import type { Millis } from '@rsb/runtime';

export interface EchoResult {
  readonly address: string;
  readonly alive: boolean;
  /** Null where it did not answer. */
  readonly roundTrip: Millis | null;
}

export interface EchoOptions {
  /** Echo requests sent per second at most; 0 = no limit. */
  readonly rate: number;
  readonly timeout: Millis;
  readonly retries: number;
  readonly signal?: AbortSignal;
}

export interface EchoSweep {
  /** What stands behind it; `none` answers nothing and the caller asks by SNMP without a ping. */
  readonly method: 'socket' | 'fping' | 'none';
  /** One result for each address, in the order in which they become known. Packets and bytes are counted in `cost`. */
  sweep(addresses: AsyncIterable<string> | Iterable<string>, options: EchoOptions): AsyncIterable<EchoResult>;
  readonly cost: { packets: number; bytes: number };
  close(): Promise<void>;
}
