/** Ping first: which addresses of a range are worth an SNMP request. */
import type { EchoSweep } from '@rsb/icmp';
import type { Millis } from '@rsb/runtime';
import type { SendGate } from '@rsb/snmp';

/** As much as `ping` sends, the most that any means to ping puts into an echo. */
const MOST_DATA_BYTES = 56;

/** IP and ICMP header and data: what an echo costs on the wire. */
export const echoBytes = (address: string, dataBytes = MOST_DATA_BYTES): number =>
  (address.includes(':') ? 40 : 20) + 8 + dataBytes;

export interface AliveDeps {
  readonly echo: EchoSweep;
  readonly gate: SendGate;
}

export interface AliveOptions {
  /** The slower of the range's and the box's rate; 0 = no limit. */
  readonly rate: number;
  readonly timeout: Millis;
  /** Further rounds over those that did not answer. */
  readonly retries: number;
  readonly signal: AbortSignal;
  /** Told of each packet, sent or received. */
  readonly onPacket: (bytes: number) => void;
}

/** `unknown`: there is no means to ping, SNMP has to find out. */
export type Life = 'alive' | 'dead' | 'unknown';

/**
 * Each address once, in the order in which its fate is known. The program behind the sweep never retries by itself: a
 * second round goes through the send budget like the first.
 */
export async function* lifeOf(
  addresses: Iterable<string>,
  deps: AliveDeps,
  options: AliveOptions,
): AsyncGenerator<{ readonly address: string; readonly life: Life }> {
  let round: Iterable<string> = addresses;
  for (let left = options.retries; ; left -= 1) {
    const silent: string[] = [];
    const { rate, timeout, signal, onPacket } = options;
    for await (const { address, alive } of deps.echo.sweep(paced(round, deps, options), {
      rate,
      timeout,
      retries: 0,
      signal,
    })) {
      if (alive) onPacket(echoBytes(address, deps.echo.dataBytes));
      if (alive === false && left > 0) silent.push(address);
      else yield { address, life: alive === null ? 'unknown' : alive ? 'alive' : 'dead' };
    }
    if (silent.length === 0 || signal.aborted) return;
    round = silent;
  }
}

async function* paced(addresses: Iterable<string>, { echo, gate }: AliveDeps, { signal, onPacket }: AliveOptions) {
  for (const address of addresses) {
    // Without a means to ping nothing will be sent for it.
    if (echo.method !== 'none') {
      try {
        await gate.beforeSend(address, echoBytes(address, echo.dataBytes), signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      onPacket(echoBytes(address, echo.dataBytes));
    }
    yield address;
  }
}
