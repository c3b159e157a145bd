/** An echo sweep whose network is a list: loopback itself answers every ping, so silence has to be made up. */
import type { EchoSweep } from '@rsb/icmp';
import { millis } from '@rsb/runtime';

export interface FakeEcho extends EchoSweep {
  /** Echoes sent, by address. */
  readonly sent: Map<string, number>;
}

/** `answers`: how many echoes to an address are lost before it answers; undefined = it never does. */
export function fakeEcho(answers: (address: string) => number | undefined): FakeEcho {
  const sent = new Map<string, number>();
  return {
    method: 'fping',
    dataBytes: 56,
    sent,
    cost: { packets: 0, bytes: 0 },
    async *sweep(addresses, { signal }) {
      for await (const address of addresses) {
        if (signal?.aborted) return;
        const before = sent.get(address) ?? 0;
        sent.set(address, before + 1);
        const lost = answers(address);
        const alive = lost !== undefined && before >= lost;
        yield { address, alive, roundTrip: alive ? millis(1) : null };
      }
    },
    close: async () => {},
  };
}
