/** One device of a simulated site: its address, its objects and its habits on the wire. */
import type { UsmCredential } from '@rsb/snmp';
import type { Fault } from './fault.ts';
import type { Mib } from './mib.ts';

export interface SimulatedUsers {
  readonly engineId: Uint8Array;
  readonly boots: number;
  readonly users: readonly UsmCredential[];
}

export interface SimulatedMachine {
  /** The 127.x that its agent binds, and no other. */
  readonly address: string;
  readonly name: string;
  readonly mib: Mib;
  /** `public` unless said otherwise; a request with another gets no answer. */
  readonly community?: string;
  /** Both unless said otherwise; none for a machine that speaks SNMPv3 alone. */
  readonly versions?: readonly ('v1' | 'v2c')[];
  /** Whom it answers by SNMPv3: nobody unless said otherwise. */
  readonly usm?: SimulatedUsers;
  /** 1,472 bytes, what fits into one Ethernet frame, unless said otherwise. */
  readonly largestResponse?: number;
  readonly faults?: readonly Fault[];
}
