/** What a discovery is given, tells on its way and finds. */
import type { RangeFinding, ReadGroup } from '@rsb/contract';
import type { EchoSweep } from '@rsb/icmp';
import type { Clock, Millis } from '@rsb/runtime';
import type { Credential, Patience, SendGate, SnmpEngine } from '@rsb/snmp';
import type { AddressRange } from '../range/index.ts';
import type { IdentifiedPrinter } from '../read/identify-device.ts';
import type { LineJudge } from './send-budget.ts';

export interface DiscoverRange {
  /** As the person wrote it: for progress. */
  readonly name: string;
  readonly range: AddressRange;
  /** Tried in this order, except that what worked more often goes first. */
  readonly credentials: readonly Credential[];
  /** For how many known machines of the range each of them works. */
  readonly worked?: readonly number[];
  /** false: SNMP is asked without a ping first. */
  readonly ping: boolean;
  /** 0 = no limit of its own. The gate enforces it; here it only spreads the echoes. */
  readonly packetsPerSecond: number;
}

export interface DiscoverDeps {
  readonly snmp: SnmpEngine;
  readonly echo: EchoSweep;
  /** The same that the engine waits for; it knows the line where it measures it. */
  readonly gate: SendGate & Partial<LineJudge>;
  readonly clock: Clock;
}

export interface DiscoverOptions {
  readonly port: number;
  /** Groups that the customer does not want asked. */
  readonly notRead?: readonly ReadGroup[];
  /** For the whole box, 0 = no limit: spreads the echoes and bounds how many addresses are asked at once. */
  readonly packetsPerSecond: number;
  readonly patience?: Patience;
  readonly ping?: { readonly timeout: Millis; readonly retries: number };
  /** Addresses asked by SNMP at once. */
  readonly mostAtOnce?: number;
  /** The place in the range's credentials that is known to work for an address. */
  readonly preferred?: (address: string) => number | undefined;
  /** Scans in a row in which an address answered an echo and none of these credentials; where not said, all are asked at once. */
  readonly silentScans?: (address: string) => number;
  /** Told of each address that answers an echo and no SNMP. */
  readonly onPingOnly?: (address: string) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DiscoverProgress) => void;
}

export interface DiscoverCounts {
  addresses: number;
  /** Addresses whose fate is known. */
  done: number;
  /** Answered a ping or, where there is none, SNMP. */
  alive: number;
  /** Answered SNMP: printers and what is ignored. */
  snmp: number;
  printers: number;
  ignored: number;
  answersPingOnly: number;
}

export interface DiscoverProgress extends Readonly<DiscoverCounts> {
  /** The range of the address that was done last. */
  readonly range: string;
}

/** IP packets and bytes, both directions. */
export interface Load {
  packets: number;
  bytes: number;
}

export interface Swept {
  readonly finding: RangeFinding | null;
  /** Whether anything at all answered. */
  readonly heard: boolean;
}

export interface DiscoverSummary extends Readonly<DiscoverCounts>, Readonly<Load> {
  readonly seconds: number;
  /** What each range cost and showed as a whole, in the order given. */
  readonly ranges: readonly (Readonly<Load> & Swept & { readonly range: string })[];
  /** False where it was aborted before the end. */
  readonly complete: boolean;
}

export interface Found extends Omit<IdentifiedPrinter, 'kind'> {
  readonly address: string;
  readonly port: number;
  readonly range: DiscoverRange;
}

export interface Discovery {
  /** Printers as they are found. Must be read to its end, or left early, which ends the scan. */
  readonly found: AsyncIterable<Found>;
  /** So far; final once `found` has ended. */
  summary(): DiscoverSummary;
}
