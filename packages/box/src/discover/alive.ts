/**
 * Ping first: which addresses of a range are worth an SNMP request. Two echoes to each; a third where the range shows
 * that packets are lost, as two of two go missing now and then.
 */
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
  /** Looked up for each round: the answers of one teach the next. */
  readonly timeout: () => Millis;
  /** Further rounds over those that did not answer. */
  readonly retries: number;
  /** Whether tries get lost on the way to this range, as far as is known at the end of the last round. */
  readonly isLossy: () => boolean;
  readonly signal: AbortSignal;
  /** Told of each packet, sent or received. */
  readonly onPacket: (bytes: number) => void;
  /** Told of each address to which the system would send nothing. */
  readonly onUnsent?: (address: string) => void;
}

/**
 * `unknown`: there is no means to ping, SNMP has to find out. `allSilent`: nobody in the range answered the first echo,
 * so that ICMP may be filtered on the way; SNMP takes the place of the second.
 */
export type Life = 'alive' | 'dead' | 'unknown' | 'allSilent';

export interface LifeSign {
  readonly address: string;
  readonly life: Life;
  /** It was told to be dead before. */
  readonly revived?: true;
}

/**
 * Each address once, in the order in which its fate is known; a dead one of a lossy range may come to life afterwards.
 * The program behind the sweep never retries by itself: each round goes through the send budget like the first.
 */
export async function* lifeOf(
  addresses: Iterable<string>,
  deps: AliveDeps,
  options: AliveOptions,
): AsyncGenerator<LifeSign> {
  const { rate, signal, onPacket, retries } = options;
  let round = addresses;
  let anyAlive = false;
  let anyLate = false;
  for (let tried = 0; ; tried += 1) {
    const silent: string[] = [];
    const isExtra = tried > retries;
    // What leaves as it is handed over has the gate's pace; a second one would delay single packets and crowd others.
    const ownRate = deps.echo.method === 'socket' ? 0 : rate;
    const paces = { rate: ownRate, timeout: options.timeout(), retries: 0, signal };
    for await (const { address, alive, roundTrip, unsent } of deps.echo.sweep(paced(round, deps, options), paces)) {
      if (alive === true) {
        const bytes = echoBytes(address, deps.echo.dataBytes);
        onPacket(bytes);
        deps.gate.received?.(address, bytes, 'echo');
        if (roundTrip !== null) deps.gate.answered?.(address, roundTrip, tried);
        anyAlive = true;
        anyLate ||= tried > 0;
        yield { address, life: 'alive', ...(isExtra && { revived: true }) };
      } else if (alive === null) {
        if (!isExtra) yield { address, life: 'unknown' };
      } else {
        if (unsent) options.onUnsent?.(address);
        silent.push(address);
        if (tried === retries && tried > 0) yield { address, life: 'dead' };
      }
    }
    if (silent.length === 0 || signal.aborted || isExtra) return;
    if (tried === 0 && (retries === 0 || !anyAlive)) {
      for (const address of silent) yield { address, life: retries === 0 ? 'dead' : 'allSilent' };
      return;
    }
    if (tried === retries && !anyLate && !options.isLossy()) return;
    round = silent;
  }
}

async function* paced(addresses: Iterable<string>, { echo, gate }: AliveDeps, { signal, onPacket }: AliveOptions) {
  for (const address of addresses) {
    // Without a means to ping nothing will be sent for it.
    if (echo.method !== 'none') {
      try {
        await gate.beforeSend(address, echoBytes(address, echo.dataBytes), signal, 'echo');
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      onPacket(echoBytes(address, echo.dataBytes));
    }
    yield address;
  }
}
