/**
 * An echo sweep over ICMP datagram sockets of our own. A reply counts only from the address that was asked, with the
 * sequence and the random token that it was asked with; all others are dropped.
 */
import { isIP, SocketAddress } from 'node:net';
import { Readable } from 'node:stream';
import type { Clock, Millis, Outcome, Random, Timer } from '@rsb/runtime';
import { decodeReply, ECHO_BYTES, encodeEcho, type IpFamily, packetBytes, TOKEN_BYTES } from './echo-packet.ts';
import type { EchoOptions, EchoResult, EchoSweep } from './echo-sweep.ts';
import type { EchoSocket, OpenEchoSocket } from './icmp-socket.ts';
import { createPace, createTurns } from './pace.ts';
import { untilAborted } from './until-aborted.ts';

/** Addresses in question at once; with the tries that are remembered of each, sequences never run out. */
const MOST_IN_FLIGHT = 16_384;
const TRIES_REMEMBERED = 3;
const SEQUENCES = 65_536;

/** An address whose fate is open. */
interface Question {
  readonly address: string;
  /** As the system writes the sender of a reply. */
  readonly from: string;
  readonly token: Uint8Array;
  /** Oldest first. A late reply to an earlier try is an answer too. */
  readonly sequences: number[];
  timer?: Timer;
  readonly settle: (alive: boolean | null, roundTrip?: Millis, unsent?: boolean) => void;
}

interface Line {
  readonly socket: EchoSocket;
  /** By sequence. */
  readonly tries: Map<number, { readonly question: Question; readonly sentAt: Millis }>;
  next: number;
}

export interface SocketSweepDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly open: OpenEchoSocket;
}

export function socketSweep({ clock, random, open }: SocketSweepDeps): EchoSweep {
  const cost = { packets: 0, bytes: 0 };
  const lines = new Map<IpFamily, Outcome<Line, string>>();
  const turn = createTurns();
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  let inFlight = 0;
  const waiting: (() => void)[] = [];

  function lineOf(family: IpFamily): Outcome<Line, string> {
    const known = lines.get(family);
    if (known) return known;
    const tries: Line['tries'] = new Map();
    const socket = open(family, (bytes, address) => {
      count(family, bytes.length);
      const reply = decodeReply(family, bytes);
      const asked = reply && tries.get(reply.sequence);
      if (!asked || asked.question.from !== address) return;
      if (Buffer.compare(reply.token, asked.question.token) !== 0) return;
      asked.question.settle(true, (clock.monotonic() - asked.sentAt) as Millis);
    });
    const line = socket.ok
      ? { ok: true as const, value: { socket: socket.value, tries, next: random.below(SEQUENCES) } }
      : socket;
    lines.set(family, line);
    return line;
  }

  function count(family: IpFamily, icmpBytes: number): void {
    cost.packets += 1;
    cost.bytes += packetBytes(family, icmpBytes);
  }

  /** Resolves once the question is in flight; `tell` is called once, never after an abort. */
  async function ask(address: string, sweep: SweepParts, tell: (result: EchoResult) => void): Promise<void> {
    const { options, pace, signal, open: openQuestions } = sweep;
    const family = isIP(address);
    const line = family === 4 || family === 6 ? lineOf(family) : undefined;
    if ((family !== 4 && family !== 6) || !line?.ok) return tell({ address, alive: null, roundTrip: null });
    const { socket, tries } = line.value;
    let settled = false;
    let left = options.retries;
    const question: Question = {
      address,
      from: senderOf(address, family),
      token: random.bytes(TOKEN_BYTES),
      sequences: [],
      settle(alive, roundTrip, unsent) {
        if (settled) return;
        settled = true;
        question.timer?.cancel();
        for (const sequence of question.sequences) tries.delete(sequence);
        openQuestions.delete(question);
        release();
        if (!signal.aborted) tell({ address, alive, roundTrip: roundTrip ?? null, ...(unsent && { unsent }) });
      },
    };
    const attempt = async () => {
      await pace(signal);
      await turn();
      if (settled) return;
      const sequence = freeSequence(line.value);
      // Replies on loopback are there before the system says that the echo has left.
      tries.set(sequence, { question, sentAt: clock.monotonic() });
      question.sequences.push(sequence);
      if (question.sequences.length > TRIES_REMEMBERED) tries.delete(question.sequences.shift() ?? sequence);
      socket.send(encodeEcho(family, sequence, question.token), address, (code) => {
        if (code === null) count(family, ECHO_BYTES);
        if (settled) return;
        if (code !== null) return question.settle(isNoWay(code) ? false : null, undefined, isNoWay(code));
        question.timer = clock.after('an echo is waited for', options.timeout, () => {
          left -= 1;
          if (left < 0) question.settle(false);
          else attempt().catch(() => question.settle(null));
        });
      });
    };
    await acquire();
    openQuestions.add(question);
    if (signal.aborted) return question.settle(null);
    await attempt().catch(() => question.settle(null));
  }

  function acquire(): Promise<void> {
    inFlight += 1;
    if (inFlight <= MOST_IN_FLIGHT) return Promise.resolve();
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  }

  function release(): void {
    inFlight -= 1;
    waiting.shift()?.();
  }

  async function* sweep(addresses: AsyncIterable<string> | Iterable<string>, options: EchoOptions) {
    const results = new Readable({ objectMode: true, read: () => {} });
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, closing.signal, ...(options.signal ? [options.signal] : [])]);
    const parts: SweepParts = { options, signal, pace: createPace(clock, options.rate), open: new Set() };
    let told = 0;
    let asked = 0;
    let allTold = () => {};
    const dropAll = () => {
      for (const question of parts.open) question.settle(null);
      allTold();
    };
    signal.addEventListener('abort', dropAll, { once: true });
    const feed = async () => {
      for await (const address of untilAborted(addresses, signal)) {
        asked += 1;
        await ask(address, parts, (result) => {
          told += 1;
          results.push(result);
          if (told === asked) allTold();
        });
      }
      while (told < asked && !signal.aborted) {
        await new Promise<void>((resolve) => {
          allTold = resolve;
        });
      }
    };
    const fed = feed().then(
      () => {
        results.push(null);
      },
      (error: Error) => {
        results.destroy(error);
      },
    );
    running.add(fed);
    try {
      for await (const result of results) yield result as EchoResult;
    } finally {
      abort.abort();
      await fed;
      running.delete(fed);
    }
  }

  return {
    method: 'socket',
    dataBytes: TOKEN_BYTES,
    sweep,
    cost,
    async close() {
      closing.abort();
      await Promise.all(running);
      for (const line of lines.values()) if (line.ok) line.value.socket.close();
    },
  };
}

interface SweepParts {
  readonly options: EchoOptions;
  readonly signal: AbortSignal;
  readonly pace: ReturnType<typeof createPace>;
  readonly open: Set<Question>;
}

function freeSequence(line: Line): number {
  while (line.tries.has(line.next)) line.next = (line.next + 1) % SEQUENCES;
  const sequence = line.next;
  line.next = (sequence + 1) % SEQUENCES;
  return sequence;
}

/** IPv6 has many spellings; a zone is kept as it is. */
function senderOf(address: string, family: IpFamily): string {
  if (family === 4 || address.includes('%')) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

/** Where no way leads nobody can answer; any other refusal (a local firewall, a broadcast address) tells nothing. */
const isNoWay = (code: string): boolean => NO_WAY.has(code);
const NO_WAY: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'ENODEV',
]);
