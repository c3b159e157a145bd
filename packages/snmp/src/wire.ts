/** The sockets, what is on its way, and the order in which each device is asked. */
import type { Clock, Random } from '@rsb/runtime';
import type { BerWriter } from './ber.ts';
import type { IpFamily, OpenUdpSocket, UdpSocket } from './datagrams.ts';
import { HEADER_BYTES } from './datagrams.ts';
import { Deadlines } from './deadlines.ts';
import type { Device, DeviceMemory, Turn } from './device.ts';
import type { AskedObserver, SendGate } from './engine.ts';
import type { Refusal } from './error-queue.ts';
import { RequestIds } from './request-ids.ts';
import { RequestTemplates } from './request-templates.ts';
import { EngineClocks } from './usm/engine-clocks.ts';

/**
 * Requests that are made in one turn of the loop, as many as answers are heard in one: else the answers to a large burst
 * overflow the socket's buffer (of 10,000 at once a third was lost).
 */
const MOST_STARTS_A_TURN = 256;

/** Datagrams that came and were used for nothing. */
export interface Dropped {
  /** From an address and port that no request is out to: late, or not for us. */
  wrongSource: number;
  undecodable: number;
  /** Late, repeated or forged. */
  unknownId: number;
  wrongVersion: number;
  wrongCommunity: number;
  /** SNMPv3: below the asked level, of another engine or user, wrongly signed, untimely or not to be decrypted. */
  unauthentic: number;
  /** Names or a frame that are no answer to what was asked. */
  unfitting: number;
}

/** IP and ICMP headers, and those of the packet that it quotes. */
const ICMP_BYTES = 20 + 8 + 28;

export interface WireParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly gate: SendGate | undefined;
  readonly observer: AskedObserver | undefined;
  readonly openSocket: OpenUdpSocket;
  readonly devices: DeviceMemory;
  readonly writer: BerWriter;
}

export interface DeviceTurn extends Turn {
  readonly question: { readonly device: Device };
}

export class Wire {
  readonly clock: Clock;
  readonly gate: SendGate | undefined;
  readonly observer: AskedObserver | undefined;
  readonly writer: BerWriter;
  readonly requests: RequestTemplates;
  readonly devices: DeviceMemory;
  readonly waits: Deadlines;
  readonly engineClocks = new EngineClocks();
  readonly dropped: Dropped = {
    wrongSource: 0,
    undecodable: 0,
    unknownId: 0,
    wrongVersion: 0,
    wrongCommunity: 0,
    unauthentic: 0,
    unfitting: 0,
  };
  closed = false;
  readonly #ids: RequestIds;
  readonly #openSocket: OpenUdpSocket;
  readonly #sockets = new Map<IpFamily, UdpSocket>();
  /** Exchanges that began, or would have, in this turn of the loop. */
  #startedNow = 0;
  readonly #held: Turn[] = [];
  readonly #onTurn = () => {
    this.#startedNow = 0;
    for (const exchange of this.#held.splice(0, MOST_STARTS_A_TURN)) this.#start(exchange);
    // Those before them came first.
    if (this.#held.length > 0) this.#startedNow = MOST_STARTS_A_TURN;
  };

  constructor(parts: WireParts) {
    this.clock = parts.clock;
    this.gate = parts.gate;
    this.observer = parts.observer;
    this.writer = parts.writer;
    this.requests = new RequestTemplates(parts.writer);
    this.waits = new Deadlines(parts.clock, 'snmp answer');
    this.devices = parts.devices;
    this.#ids = new RequestIds(parts.random);
    this.#openSocket = parts.openSocket;
  }

  /** One request in flight for each device: others wait their turn. */
  ask(exchange: DeviceTurn): void {
    const { device } = exchange.question;
    if (device.current !== null) {
      device.waiting.push(exchange);
      return;
    }
    device.current = exchange;
    this.#start(exchange);
  }

  release(exchange: DeviceTurn): void {
    const { device } = exchange.question;
    if (device.current !== exchange) {
      const place = device.waiting.indexOf(exchange);
      if (place >= 0) device.waiting.splice(place, 1);
      return;
    }
    const next = device.waiting.length > 0 ? (device.waiting.shift() ?? null) : null;
    device.current = next;
    if (next !== null) this.#start(next);
  }

  /** What is too much for this turn of the loop waits for the next one. */
  #start(exchange: Turn): void {
    if (this.#startedNow === 0) setImmediate(this.#onTurn);
    this.#startedNow += 1;
    if (this.#startedNow <= MOST_STARTS_A_TURN) exchange.start();
    else this.#held.push(exchange);
  }

  freshId(): number {
    return this.#ids.next();
  }

  socketFor(family: IpFamily): UdpSocket {
    const open = this.#sockets.get(family);
    if (open !== undefined) return open;
    const made = this.#openSocket(
      family,
      (bytes, address, port) => this.#receive(bytes, address, port),
      (refusal) => this.#refuse(refusal),
    );
    this.#sockets.set(family, made);
    return made;
  }

  /** Before a wait is called over. */
  hearNow(family: IpFamily): void {
    this.#sockets.get(family)?.hearNow?.();
  }

  close(): void {
    this.closed = true;
    for (const device of this.devices.all()) {
      for (const exchange of device.waiting.splice(0)) exchange.finish({ kind: 'aborted' });
      device.current?.finish({ kind: 'aborted' });
    }
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  #refuse({ address, port, code, quoted }: Refusal): void {
    const device = this.devices.find(address, port);
    const exchange = device?.current;
    if (!exchange) return;
    const bytes = ICMP_BYTES + quoted;
    this.gate?.received?.(address, bytes);
    exchange.refuse(code, bytes);
  }

  /** The device is found by where the datagram came from: a forged id elsewhere has nothing to be compared with. */
  #receive(bytes: Uint8Array, address: string, port: number): void {
    const device = this.devices.find(address, port);
    if (device) this.gate?.received?.(device.address, bytes.length + HEADER_BYTES[device.family]);
    const exchange = device?.current;
    if (!exchange) {
      this.dropped.wrongSource += 1;
      return;
    }
    exchange.receive(bytes);
  }
}
