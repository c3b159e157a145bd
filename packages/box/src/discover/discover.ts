/**
 * Finds printers in ranges: ping, then SNMP only to what answered, then one identifying GET. Of everything that is no
 * printer only the count is kept.
 *
 *   addresses ─▶ ping (budget) ─▶ identifying GET (budget) ─▶ printer? ─▶ found
 */
import { Readable } from 'node:stream';
import type { EchoSweep } from '@rsb/icmp';
import { type Clock, type Millis, millis } from '@rsb/runtime';
import type { Credential, Patience, SendGate, SnmpEngine } from '@rsb/snmp';
import type { AddressRange } from '../range/index.ts';
import { attemptsOf, SHORT_PATIENCE } from '../read/attempts.ts';
import { type IdentifiedPrinter, identifyDevice, type WhoIsThere } from '../read/identify-device.ts';
import { lifeOf } from './alive.ts';
import { createSlots, type Slots } from './slots.ts';

export interface DiscoverRange {
  /** As the person wrote it: for progress. */
  readonly name: string;
  readonly range: AddressRange;
  /** Tried in this order, except that the one that worked last goes first. */
  readonly credentials: readonly Credential[];
  /** false: SNMP is asked without a ping first. */
  readonly ping: boolean;
  /** 0 = no limit of its own. The gate enforces it; here it only spreads the echoes. */
  readonly packetsPerSecond: number;
}

export interface DiscoverDeps {
  readonly snmp: SnmpEngine;
  readonly echo: EchoSweep;
  /** The same that the engine waits for. */
  readonly gate: SendGate;
  readonly clock: Clock;
}

export interface DiscoverOptions {
  readonly port: number;
  /** For the whole box, 0 = no limit: spreads the echoes and bounds how many addresses are asked at once. */
  readonly packetsPerSecond: number;
  readonly patience?: Patience;
  readonly ping?: { readonly timeout: Millis; readonly retries: number };
  /** Addresses asked by SNMP at once. */
  readonly mostAtOnce?: number;
  /** The place in the range's credentials that is known to work for an address. */
  readonly preferred?: (address: string) => number | undefined;
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

export interface DiscoverSummary extends Readonly<DiscoverCounts>, Readonly<Load> {
  readonly seconds: number;
  /** What each range cost, in the order given. */
  readonly ranges: readonly (Readonly<Load> & { readonly range: string })[];
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

export const PING = { timeout: millis(1000), retries: 1 };
/** Ranges side by side; more would only divide the same budget. */
const RANGES_AT_ONCE = 8;
const MOST_AT_ONCE = 256;

/** As many as keep the rate busy while silent addresses are waited for, with a margin. */
const atOnce = (rate: number): number => (rate === 0 ? MOST_AT_ONCE : Math.min(MOST_AT_ONCE, Math.max(16, 2 * rate)));

export function discover(deps: DiscoverDeps, ranges: readonly DiscoverRange[], options: DiscoverOptions): Discovery {
  const counts: DiscoverCounts = {
    addresses: ranges.reduce((sum, { range }) => sum + range.count, 0),
    done: 0,
    alive: 0,
    snmp: 0,
    printers: 0,
    ignored: 0,
    answersPingOnly: 0,
  };
  const loads = ranges.map(({ name }) => ({ range: name, packets: 0, bytes: 0 }));
  const startedAt = deps.clock.monotonic();
  let endedAt: Millis | undefined;
  let complete = false;

  async function* find(): AsyncGenerator<Found> {
    const results = new Readable({ objectMode: true, read: () => {} });
    const abort = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
    const asking = createSlots(options.mostAtOnce ?? atOnce(options.packetsPerSecond));
    const sweeping = createSlots(RANGES_AT_ONCE);
    const swept = Promise.all(
      ranges.map(async (range, index) => {
        await sweeping.take();
        try {
          await sweepRange(range, loads[index] ?? { packets: 0, bytes: 0 }, results, asking, signal);
        } finally {
          sweeping.release();
        }
      }),
    ).then(
      () => results.push(null),
      (error: Error) => results.destroy(error),
    );
    try {
      for await (const found of results) yield found as Found;
      complete = !signal.aborted;
    } finally {
      abort.abort(new Error('the scan was left'));
      await swept;
      endedAt = deps.clock.monotonic();
    }
  }

  async function sweepRange(
    range: DiscoverRange,
    load: Load,
    results: Readable,
    asking: Slots,
    signal: AbortSignal,
  ): Promise<void> {
    /** The credential that worked last here. */
    let working: number | undefined;
    const open = new Set<Promise<void>>();
    const done = () => {
      counts.done += 1;
      options.onProgress?.({ ...counts, range: range.name });
    };

    const ask = async (address: string, pinged: boolean) => {
      const attempts = attemptsOf(
        range.credentials,
        options.patience ?? SHORT_PATIENCE,
        options.preferred?.(address) ?? working,
      );
      const device = { address, port: options.port };
      const who = await identifyDevice(deps.snmp, device, attempts, signal);
      load.packets += who.gathered.cost.packets;
      load.bytes += who.gathered.cost.bytes;
      if (signal.aborted) return;
      count(who, pinged);
      if (who.kind === 'printer') {
        working = who.attempt.index;
        const { attempt, driver, identification, gathered } = who;
        results.push({ ...device, range, attempt, driver, identification, gathered } satisfies Found);
      }
      done();
    };

    for await (const { address, life } of livesIn(range, load, signal)) {
      if (signal.aborted) break;
      if (life === 'dead') {
        done();
        continue;
      }
      await asking.take();
      const asked = ask(address, life === 'alive')
        .catch((error: Error) => {
          results.destroy(error);
        })
        .finally(() => {
          asking.release();
          open.delete(asked);
        });
      open.add(asked);
    }
    await Promise.all(open);
  }

  function count(who: WhoIsThere, pinged: boolean): void {
    const answered = who.kind !== 'silent';
    if (answered || pinged) counts.alive += 1;
    if (answered) counts.snmp += 1;
    if (who.kind === 'printer') counts.printers += 1;
    else if (answered) counts.ignored += 1;
    else if (pinged) counts.answersPingOnly += 1;
  }

  function livesIn(range: DiscoverRange, load: Load, signal: AbortSignal) {
    if (!range.ping) return unpinged(range.range.addresses());
    const limits = [options.packetsPerSecond, range.packetsPerSecond].filter((rate) => rate > 0);
    const rate = limits.length > 0 ? Math.min(...limits) : 0;
    return lifeOf(range.range.addresses(), deps, {
      ...(options.ping ?? PING),
      rate,
      signal,
      onPacket: (bytes) => {
        load.packets += 1;
        load.bytes += bytes;
      },
    });
  }

  return {
    found: { [Symbol.asyncIterator]: find },
    summary: () => ({
      ...counts,
      packets: loads.reduce((sum, { packets }) => sum + packets, 0),
      bytes: loads.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: ((endedAt ?? deps.clock.monotonic()) - startedAt) / 1000,
      complete,
      ranges: loads.map((load) => ({ ...load })),
    }),
  };
}

async function* unpinged(addresses: Iterable<string>) {
  for (const address of addresses) yield { address, life: 'unknown' as const };
}
