/** What the engine remembers of a device while it runs: how fast it answers and how much it can take. */

import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { type Millis, millis } from '@rsb/runtime';
import type { IpFamily } from './datagrams.ts';
import type { SnmpFailure } from './engine.ts';
import type { Peer } from './usm/peer.ts';

/** Before anything is known: a printer that wakes its controller up takes about this long. */
const FIRST_WAIT = millis(2000);
/** A busy printer answers late now and then; asking again sooner would only double its load. */
const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 10_000;

/** One may be the line's. */
const SILENCES_TO_LEARN_FROM = 2;
/** GETs after which what silence taught is tried anew: some days of hourly polls in parts. */
const ANSWERS_TO_FORGET_SILENCE = 200;

/** Devices that are remembered; of a port, the one met first goes first. */
const MOST_DEVICES = 20_000;

/** What has the device for itself from `start` to its own end. */
export interface Turn {
  start(): void;
  receive(bytes: Uint8Array): void;
  /** ICMP said that the request did not arrive. */
  refuse(code: string, bytes: number): void;
  finish(failure: SnmpFailure): void;
}

export class Device {
  readonly address: string;
  readonly port: number;
  readonly family: IpFamily;
  /** One request at a time: the one on the wire, and those that wait for it. */
  current: Turn | null = null;
  readonly waiting: Turn[] = [];
  #mostBySize = Number.POSITIVE_INFINITY;
  #mostBySilence = Number.POSITIVE_INFINITY;
  /** Calls in which it answered one object and stayed silent to many. */
  #silences = 0;
  /** GETs that it answered since it was last asked for less because of them. */
  #answersSince = 0;
  /** Whether GETBULK was answered well, or GETNEXT was where GETBULK failed. */
  bulk: 'untried' | 'works' | 'broken' = 'untried';
  /** Its SNMPv3 engine, once it was found out. */
  peer: Peer | null = null;
  #smoothed: number | null = null;
  #variation = 0;

  constructor(address: string, port: number, family: IpFamily) {
    this.address = address;
    this.port = port;
    this.family = family;
  }

  get hasAnswered(): boolean {
    return this.#smoothed !== null;
  }

  /** Objects to ask for in one GET. */
  get mostObjects(): number {
    return Math.min(this.#mostBySize, this.#mostBySilence);
  }

  /** It said that more are too many. */
  learnSize(objects: number): void {
    this.#mostBySize = Math.min(this.#mostBySize, objects);
  }

  /** It answered one object right after it was silent to more than `objects`; `isFirst` of the same call. */
  learnSilence(objects: number, isFirst: boolean): void {
    if (isFirst) this.#silences += 1;
    if (this.#silences < SILENCES_TO_LEARN_FROM) return;
    this.#mostBySilence = Math.min(this.#mostBySilence, objects);
    this.#answersSince = 0;
  }

  /** What silence taught may have been the line's doing: in time it is asked for all at once again. */
  learnAnswer(): void {
    if (this.#silences === 0) return;
    this.#answersSince += 1;
    if (this.#answersSince < ANSWERS_TO_FORGET_SILENCE) return;
    this.#mostBySilence = Number.POSITIVE_INFINITY;
    this.#silences = Math.min(this.#silences, SILENCES_TO_LEARN_FROM) - 1;
    this.#answersSince = 0;
  }

  /** RFC 6298 §2. Each try has its own request id, so a sample is never ambiguous. */
  learnRoundTrip(sample: Millis): void {
    if (this.#smoothed === null) {
      this.#smoothed = sample;
      this.#variation = sample / 2;
      return;
    }
    this.#variation = 0.75 * this.#variation + 0.25 * Math.abs(this.#smoothed - sample);
    this.#smoothed = 0.875 * this.#smoothed + 0.125 * sample;
  }

  firstWait(): Millis {
    if (this.#smoothed === null) return FIRST_WAIT;
    return millis(Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, this.#smoothed + 4 * this.#variation)));
  }
}

/** How long try number `attempt` (0 = the first) waits: doubled each time, so that a slow line is not flooded. */
export function waitOf(first: Millis, attempt: number): Millis {
  if (attempt === 0) return first;
  return millis(Math.min(Math.max(first, LONGEST_WAIT), first * 2 ** attempt));
}

export interface DeviceAddress {
  readonly address: string;
  readonly family: IpFamily;
}

/** The address as the system will print it on an answer; undefined where it is none. */
export function parseDeviceAddress(text: string): DeviceAddress | undefined {
  if (isIPv4(text)) return { address: text, family: 4 };
  if (!isIPv6(text)) return undefined;
  const [bare = '', zone] = text.split('%', 2);
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined) return { address: mapped, family: 4 };
  return { address: zone === undefined ? address : `${address}%${zone}`, family: 6 };
}

export class DeviceMemory {
  /** By port, then by address: nearly all are at one port, and no key has to be made for each datagram. */
  readonly #ports = new Map<number, Map<string, Device>>();
  #count = 0;

  find(address: string, port: number): Device | undefined {
    return this.#ports.get(port)?.get(address);
  }

  /** Undefined where `address` is no IP address. */
  device(address: string, port: number): Device | undefined {
    const known = this.find(address, port);
    if (known !== undefined) return known;
    const parsed = parseDeviceAddress(address);
    if (parsed === undefined) return undefined;
    return this.find(parsed.address, port) ?? this.#remember(new Device(parsed.address, port, parsed.family));
  }

  /** A scan asks thousands of addresses once: those that did not answer leave no trace. */
  forgetSilent(device: Device): void {
    if (!device.hasAnswered && device.current === null && device.waiting.length === 0) this.#forget(device);
  }

  *all(): Iterable<Device> {
    for (const devices of this.#ports.values()) yield* devices.values();
  }

  #remember(device: Device): Device {
    const devices = this.#ports.get(device.port) ?? new Map<string, Device>();
    this.#ports.set(device.port, devices);
    devices.set(device.address, device);
    this.#count += 1;
    if (this.#count > MOST_DEVICES) this.#forgetOne();
    return device;
  }

  #forget(device: Device): void {
    const devices = this.#ports.get(device.port);
    if (devices?.get(device.address) !== device) return;
    devices.delete(device.address);
    this.#count -= 1;
    if (devices.size === 0) this.#ports.delete(device.port);
  }

  #forgetOne(): void {
    for (const device of this.all()) {
      if (device.current !== null) continue;
      this.#forget(device);
      return;
    }
  }
}
