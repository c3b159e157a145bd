/**
 * The clocks that SNMPv3 engines have signed (RFC 3414 §2.3), by engine id. Kept by the caller beyond the life of this
 * process, so that an answer recorded before is refused after a restart too.
 */
import type { SignedClock } from '../engine.ts';
import type { EngineClock } from './peer.ts';

/** As many as devices are remembered. */
const MOST_ENGINES = 20_000;

export class EngineClocks {
  readonly #signed = new Map<string, EngineClock>();

  recall(clocks: Iterable<SignedClock>): void {
    for (const { engineId, boots, time } of clocks) {
      if (this.#signed.size >= MOST_ENGINES) return;
      this.#signed.set(engineId, { boots, time });
    }
  }

  of(engineId: Uint8Array): EngineClock | null {
    return this.#signed.get(nameOf(engineId)) ?? null;
  }
}

export const nameOf = (engineId: Uint8Array): string => Buffer.from(engineId).toString('hex');
