/**
 * A whole network behind one cable, address by address: some answer SNMP, some only a ping, most nothing at all. On its
 * way each packet may be late, lost or filtered. What comes and goes is counted here, apart from what the box counts.
 */
import { type Clock, millis, type Random } from '@rsb/runtime';
import { decodeRequest } from '@rsb/snmp/message';
import type { SimulatedMachine } from '../machine.ts';
import { respond } from '../respond.ts';
import {
  decodePacket,
  type EchoRequest,
  encodeEchoReply,
  encodePortUnreachable,
  encodeUdpAnswer,
  type UdpDatagram,
} from './ip-packet.ts';

export interface LineConditions {
  /** Milliseconds there and back. */
  readonly roundTrip: number;
  /** Part of the packets that is lost, in each direction. */
  readonly loss: number;
  /** What a router on the way drops. */
  readonly filtered: 'nothing' | 'icmp' | 'snmp';
  /** What a host without SNMP does with a request: drops it, or says by ICMP that nobody listens. */
  readonly closedPort: 'silent' | 'refused';
}

export const PERFECT_LINE: LineConditions = { roundTrip: 0, loss: 0, filtered: 'nothing', closedPort: 'silent' };

export interface WireSiteOptions {
  readonly machines: readonly SimulatedMachine[];
  /** Answer an echo and no SNMP. */
  readonly pingOnly: readonly string[];
  readonly line?: Partial<LineConditions>;
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
  /** Decides which packets are lost. */
  readonly random: Random;
  readonly send: (packet: Uint8Array) => void;
}

/** IP packets and bytes as they are on the cable on the box's side: what is lost afterwards is counted, too. */
export interface WireCount {
  packets: number;
  bytes: number;
}

export interface WireTally {
  readonly toSite: WireCount;
  readonly fromSite: WireCount;
  readonly echo: WireCount;
  readonly snmp: WireCount;
  /** Most packets that came to the site in any second. */
  readonly peakPerSecond: number;
  /** Both directions, by address of the site. */
  readonly byAddress: Readonly<Record<string, WireCount>>;
}

export interface WireSite {
  /** `cameAt`: in milliseconds, where the line knows better than the clock when that was. */
  receive(packet: Uint8Array, cameAt?: number): void;
  tally(): WireTally;
  /** Counts anew, and changes the line. */
  reset(line?: Partial<LineConditions>): void;
}

const LARGEST_RESPONSE = 1472;
const LOSSES = 1_000_000;

export function createWireSite(options: WireSiteOptions): WireSite {
  const { clock, random, send } = options;
  const machines = new Map(options.machines.map((machine) => [machine.address, machine]));
  const pingOnly = new Set(options.pingOnly);
  let line: LineConditions = { ...PERFECT_LINE, ...options.line };
  let count = freshCount();

  const isLost = () => line.loss > 0 && random.below(LOSSES) < line.loss * LOSSES;
  const add = (kind: 'echo' | 'snmp', direction: 'toSite' | 'fromSite', address: string, bytes: number) => {
    const own = count.byAddress.get(address) ?? { packets: 0, bytes: 0 };
    count.byAddress.set(address, own);
    for (const sum of [count[direction], count[kind], own]) {
      sum.packets += 1;
      sum.bytes += bytes;
    }
  };
  const noteMoment = (now: number) => {
    count.moments.push(now);
    while ((count.moments[0] ?? now) <= now - 1000) count.moments.shift();
    count.peak = Math.max(count.peak, count.moments.length);
  };

  const answer = (kind: 'echo' | 'snmp', address: string, packet: Uint8Array) => {
    // Lost on the way back, it never comes to the box's cable.
    if (isLost()) return;
    const leave = () => {
      add(kind, 'fromSite', address, packet.length);
      send(packet);
    };
    if (line.roundTrip === 0) leave();
    else clock.after('the way there and back', millis(line.roundTrip), leave);
  };

  const answerEcho = (request: EchoRequest) => {
    if (line.filtered === 'icmp') return;
    if (machines.has(request.to) || pingOnly.has(request.to)) answer('echo', request.to, encodeEchoReply(request));
  };

  const answerSnmp = (datagram: UdpDatagram, packet: Uint8Array) => {
    if (line.filtered === 'snmp') return;
    const machine = machines.get(datagram.to);
    if (machine === undefined) {
      const tells = pingOnly.has(datagram.to) && line.closedPort === 'refused' && line.filtered !== 'icmp';
      if (tells) answer('snmp', datagram.to, encodePortUnreachable(datagram, packet));
      return;
    }
    const decoded = decodeRequest(datagram.payload);
    if (!decoded.ok || decoded.value.community !== (machine.community ?? 'public')) return;
    if (machine.versions !== undefined && !machine.versions.includes(decoded.value.version)) return;
    const limits = { largestResponse: machine.largestResponse ?? LARGEST_RESPONSE };
    answer('snmp', datagram.to, encodeUdpAnswer(datagram, respond(decoded.value, machine.mib, limits)));
  };

  return {
    receive(bytes, cameAt = clock.monotonic()) {
      const seen = decodePacket(bytes);
      if (seen === undefined) return;
      const length = (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
      add(seen.kind === 'echo' ? 'echo' : 'snmp', 'toSite', seen.to, length);
      noteMoment(cameAt);
      if (isLost()) return;
      if (seen.kind === 'echo') answerEcho(seen);
      else answerSnmp(seen, bytes);
    },
    tally() {
      const { toSite, fromSite, echo, snmp, peak, byAddress } = count;
      return { toSite, fromSite, echo, snmp, peakPerSecond: peak, byAddress: Object.fromEntries(byAddress) };
    },
    reset(next = {}) {
      line = { ...line, ...next };
      count = freshCount();
    },
  };
}

function freshCount() {
  const none = () => ({ packets: 0, bytes: 0 });
  return {
    toSite: none(),
    fromSite: none(),
    echo: none(),
    snmp: none(),
    byAddress: new Map<string, WireCount>(),
    peak: 0,
    moments: [] as number[],
  };
}
