/** The port of an echo sweep: which of these addresses answer a ping. */
import type { Millis } from '@rsb/runtime';

export interface EchoResult {
  readonly address: string;
  /** Null where it could not be found out (no means to ping, or they failed): the caller asks by SNMP all the same. */
  readonly alive: boolean | null;
  /** Null where it did not answer. */
  readonly roundTrip: Millis | null;
  /** The system would not send it: this machine has no way there. */
  readonly unsent?: true;
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
  /** Behind the 8 bytes of ICMP header in each of its echoes: what a budget reckons with before one is sent. */
  readonly dataBytes: number;
  /**
   * One result for each address, in the order in which they become known; an aborted sweep ends early. Addresses are
   * taken as fast as `addresses` gives them, so a source may hold its own pace. Packets and bytes are counted in `cost`.
   */
  sweep(addresses: AsyncIterable<string> | Iterable<string>, options: EchoOptions): AsyncIterable<EchoResult>;
  /** IP packets and bytes in both directions since it was made. */
  readonly cost: { packets: number; bytes: number };
  /** Ends all sweeps that run. */
  close(): Promise<void>;
}
