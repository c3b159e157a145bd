/** No means to ping: every address stays unknown, nothing is sent. */
import type { EchoSweep } from './echo-sweep.ts';

export function noSweep(): EchoSweep {
  return {
    method: 'none',
    dataBytes: 0,
    async *sweep(addresses, { signal }) {
      for await (const address of addresses) {
        if (signal?.aborted) return;
        yield { address, alive: null, roundTrip: null };
      }
    },
    cost: { packets: 0, bytes: 0 },
    close: async () => {},
  };
}
