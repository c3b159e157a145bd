/**
 * An IPv4 socket that sends and receives many datagrams in one call of the system (sendmmsg, recvmmsg): what all devices
 * are asked in one turn of the loop leaves together. Node's own socket takes a call, an object and 64 KiB of memory for
 * each, which cost more than the rest of a GET.
 */
import { createRequire } from 'node:module';
import process from 'node:process';
import type { OnDatagram, OnRefusal, UdpSocket } from './datagrams.ts';
import { ErrorQueue } from './error-queue.ts';
import { dotted, MessageHeaders } from './message-headers.ts';

/** Linux on every architecture that Node is built for. */
const AF_INET = 2;
const SOCK_DGRAM = 2;
/** Never waits, and no program that the box starts inherits it. */
const SOCK_NONBLOCK_CLOEXEC = 0o2_004_000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SOL_IP = 0;
const IP_RECVERR = 11;
/** What a pending ICMP error may make of a send to somebody else, before the send itself is looked at. */
const MOST_PENDING = 3;
/** Room for the answers that come while the loop is busy; the system may grant less. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

const SENDS = 64;
/** Far above what the engine sends; only a caller with limits of its own reaches it. */
const LONGEST_SEND = 8192;
const RECEIVES = 32;
const LONGEST_DATAGRAM = 65_536;
/** Between buffers: were they a power of two apart, they would all share the few same places of the processor's caches. */
const APART = 320;
/** Calls of recvmmsg a turn: a flood must leave room for timers and for the rest of the box. */
const MOST_RECEIVE_CALLS = 8;
/** Senders whose text is remembered; anybody can send from many addresses. */
const MOST_SENDERS = 32_768;

/** `status` is negative where an error is pending; then the poll has ended. */
type OnEvent = (status: number) => void;

interface Poll {
  start(events: { readable: boolean; writable: boolean }, onEvent: OnEvent): void;
  close(): void;
}

/** What of koffi and of the C library is used. */
export interface System {
  readonly addressOf: (bytes: Uint8Array) => bigint;
  readonly poll: (fd: number, events: { readable: boolean }, onEvent: OnEvent) => Poll;
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly close: (fd: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Int32Array, length: number) => number;
  readonly sendmmsg: (fd: number, headers: bigint, count: number, flags: number) => number;
  readonly recvmmsg: (fd: number, headers: bigint, count: number, flags: number, timeout: null) => number;
  readonly error: () => string;
  readonly nameOf: (errno: number) => string;
}

/** Undefined where this machine cannot: no Linux of 64 bits, no binary of koffi, a sandbox that forbids the calls. */
export function openBatchSocket(
  onDatagram: OnDatagram,
  onRefusal: OnRefusal = () => {},
  system: System | undefined = loadSystem(),
): UdpSocket | undefined {
  if (system === undefined) return undefined;
  const fd = system.socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK_CLOEXEC, 0);
  if (fd < 0) return undefined;
  const out = new MessageHeaders(SENDS, LONGEST_SEND + APART, system.addressOf);
  if (system.sendmmsg(fd, out.pointers[0] as bigint, 0, 0) < 0) {
    system.close(fd);
    return undefined;
  }
  system.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, Int32Array.of(RECEIVE_BUFFER), 4);
  system.setsockopt(fd, SOL_IP, IP_RECVERR, Int32Array.of(1), 4);
  return new BatchSocket(system, fd, out, onDatagram, onRefusal);
}

export function loadSystem(): System | undefined {
  const { platform, arch } = process;
  if (platform !== 'linux' || (arch !== 'x64' && arch !== 'arm64')) return undefined;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    // The C library that this process runs with, whichever it is.
    const library = koffi.load(null);
    const codes = new Map(Object.entries(koffi.os.errno).map(([code, number]) => [number, code]));
    // It has two names.
    codes.set(koffi.os.errno['EAGAIN'] ?? 11, 'EAGAIN');
    const nameOf = (errno: number) => codes.get(errno) ?? 'EUNKNOWN';
    return {
      addressOf: koffi.address,
      // Its types leave out the status.
      poll: koffi.node.poll as unknown as System['poll'],
      socket: library.func('int socket(int domain, int type, int protocol)'),
      close: library.func('int close(int fd)'),
      setsockopt: library.func('int setsockopt(int fd, int level, int name, int32_t *value, unsigned int length)'),
      sendmmsg: library.func('int sendmmsg(int fd, void *headers, unsigned int count, int flags)'),
      recvmmsg: library.func('int recvmmsg(int fd, void *headers, unsigned int count, int flags, void *timeout)'),
      error: () => nameOf(koffi.errno()),
      nameOf,
    };
  } catch {
    return undefined;
  }
}

type Failed = (code: string) => void;

class BatchSocket implements UdpSocket {
  readonly #system: System;
  readonly #fd: number;
  readonly #onDatagram: OnDatagram;
  readonly #onRefusal: OnRefusal;
  readonly #errors: ErrorQueue;
  readonly #out: MessageHeaders;
  readonly #in: MessageHeaders;
  readonly #failed: (Failed | undefined)[] = [];
  readonly #senders = new Map<number, string>();
  readonly #poll: Poll;
  /** Slots that wait to be sent, from the first on. */
  #queued = 0;
  #flushing = false;
  #receiving: NodeJS.Immediate | null = null;
  /** The system's queue is full: sending goes on once it has room. */
  #blocked = false;
  #hearing = false;
  #closed = false;
  /** An ICMP error came. */
  #refused = false;
  /** Here promises would not go on after the answers that they wait for: that takes a callback of Node's own. */
  readonly #onEvent = (status: number) => {
    if (status < 0) this.#refused = true;
    this.#receiving ??= setImmediate(this.#onTurn);
  };
  readonly #onTurn = () => {
    this.#receiving = null;
    if (this.#closed) return;
    // Taken before, so that the errors end no reading; told after the answers, which say more.
    const refusals = this.#refused ? this.#errors.take() : [];
    if (this.#refused) {
      this.#refused = false;
      this.#poll.start({ readable: true, writable: this.#blocked }, this.#onEvent);
    }
    if (this.#blocked) this.#unblock();
    this.#receive();
    for (const refusal of refusals) if (!this.#closed) this.#onRefusal(refusal);
  };
  readonly #flush = () => {
    this.#flushing = false;
    this.#sendQueued();
  };

  constructor(system: System, fd: number, out: MessageHeaders, onDatagram: OnDatagram, onRefusal: OnRefusal) {
    this.#system = system;
    this.#fd = fd;
    this.#out = out;
    this.#in = new MessageHeaders(RECEIVES, LONGEST_DATAGRAM + APART, system.addressOf);
    this.#onDatagram = onDatagram;
    this.#onRefusal = onRefusal;
    const read = (headers: bigint, count: number, flags: number) => system.recvmmsg(fd, headers, count, flags, null);
    this.#errors = new ErrorQueue(read, system.addressOf, system.nameOf);
    this.#poll = system.poll(fd, { readable: true }, this.#onEvent);
  }

  send(bytes: Uint8Array, port: number, address: string, failed: Failed): void {
    if (this.#closed) return;
    if (bytes.length > LONGEST_SEND) {
      failed('EMSGSIZE');
      return;
    }
    if (this.#queued === SENDS) this.#sendQueued();
    if (this.#queued === SENDS) {
      failed('ENOBUFS');
      return;
    }
    const slot = this.#queued;
    const out = this.#out;
    out.bytes.set(bytes, slot * out.slotBytes);
    out.setLength(slot, bytes.length);
    out.setPeer(slot, address, port);
    this.#failed[slot] = failed;
    this.#queued += 1;
    if (this.#blocked || this.#flushing) return;
    // After all promises that can go on now: what they ask leaves together.
    this.#flushing = true;
    process.nextTick(this.#flush);
  }

  hearNow(): void {
    if (!this.#closed) this.#receive();
  }

  close(): void {
    if (this.#closed) return;
    this.#sendQueued();
    this.#closed = true;
    if (this.#receiving !== null) clearImmediate(this.#receiving);
    this.#poll.close();
    this.#system.close(this.#fd);
  }

  #sendQueued(): void {
    if (this.#closed || this.#blocked) return;
    const failures: [Failed, string][] = [];
    let sent = 0;
    let pending = MOST_PENDING;
    while (sent < this.#queued) {
      const count = this.#system.sendmmsg(this.#fd, this.#out.pointers[sent] as bigint, this.#queued - sent, 0);
      if (count > 0) {
        sent += count;
        pending = MOST_PENDING;
        continue;
      }
      const code = this.#system.error();
      if (code === 'EINTR') continue;
      if (code === 'EAGAIN') break;
      // It may be of an earlier datagram to another device.
      pending -= 1;
      if (pending > 0) continue;
      pending = MOST_PENDING;
      const failed = this.#failed[sent];
      if (failed !== undefined) failures.push([failed, code]);
      sent += 1;
    }
    if (sent < this.#queued) this.#block(sent);
    else this.#queued = 0;
    for (const [failed, code] of failures) failed(code);
  }

  /** Keeps what could not leave, as the first in the queue. */
  #block(sent: number): void {
    const out = this.#out;
    const left = this.#queued - sent;
    out.moveToFront(sent, left);
    this.#failed.splice(0, sent);
    this.#queued = left;
    this.#blocked = true;
    this.#poll.start({ readable: true, writable: true }, this.#onEvent);
  }

  #unblock(): void {
    this.#blocked = false;
    this.#poll.start({ readable: true, writable: false }, this.#onEvent);
    this.#sendQueued();
  }

  #receive(): void {
    // Its slots are in use until all that came in one call is handed over.
    if (this.#hearing) return;
    this.#hearing = true;
    try {
      this.#hear();
    } finally {
      this.#hearing = false;
    }
  }

  #hear(): void {
    const { recvmmsg } = this.#system;
    const first = this.#in.pointers[0] as bigint;
    for (let call = 0; call < MOST_RECEIVE_CALLS; call += 1) {
      const count = recvmmsg(this.#fd, first, RECEIVES, 0, null);
      // An error that is pending is told first.
      if (count < 0 && call === 0) continue;
      for (let slot = 0; slot < count; slot += 1) {
        if (this.#closed) return;
        this.#deliver(slot);
      }
      if (count < RECEIVES) return;
    }
  }

  #deliver(slot: number): void {
    this.#onDatagram(this.#in.content(slot), this.#sender(this.#in.ipv4(slot)), this.#in.port(slot));
  }

  #sender(ipv4: number): string {
    const known = this.#senders.get(ipv4);
    if (known !== undefined) return known;
    if (this.#senders.size >= MOST_SENDERS) this.#senders.clear();
    const made = dotted(ipv4);
    this.#senders.set(ipv4, made);
    return made;
  }
}
