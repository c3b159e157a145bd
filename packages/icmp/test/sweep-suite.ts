/** What every sweep keeps to, whatever stands behind it: the same tests for socket, fping and none. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { millis } from '@rsb/runtime';
import type { EchoOptions, EchoSweep } from '../src/index.ts';
import { collect, fates, loopback, sorted } from './collect.ts';

export const OPTIONS: EchoOptions = { rate: 0, timeout: millis(300), retries: 0 };

/** `make` gives undefined where the means is missing, after it has skipped the test. */
export function sweepSuite(
  method: EchoSweep['method'],
  make: (t: TestContext) => Promise<EchoSweep | undefined>,
): void {
  /** What a loopback address is found to be. */
  const life = method === 'none' ? null : true;

  const test = (name: string, run: (sweep: EchoSweep) => Promise<void>) =>
    it(name, async (t) => {
      const sweep = await make(t);
      if (!sweep) return;
      assert.equal(sweep.method, method);
      try {
        await run(sweep);
      } finally {
        await sweep.close();
      }
    });

  describe(`every sweep: ${method}`, () => {
    test('tells each address once, with its round trip, and counts what it sent', async (sweep) => {
      const addresses = loopback(600);
      const results = await collect(sweep.sweep(addresses, OPTIONS));
      assert.deepEqual(sorted(results), [...addresses].sort());
      for (const { alive, roundTrip } of results) {
        assert.equal(alive, life);
        assert.equal(roundTrip !== null, life === true);
      }
      // An IPv4 header, one of ICMP and the data; an echo and its reply for each.
      const packets = life ? 1200 : 0;
      assert.deepEqual(sweep.cost, { packets, bytes: packets * (20 + 8 + sweep.dataBytes) });
    });

    test('IPv6 costs its longer header', async (sweep) => {
      assert.deepEqual(fates(await collect(sweep.sweep(['::1'], OPTIONS))), [`::1: ${life}`]);
      const packets = life ? 2 : 0;
      assert.deepEqual(sweep.cost, { packets, bytes: packets * (40 + 8 + sweep.dataBytes) });
    });

    test('never takes a name or an option for an address', async (sweep) => {
      const results = await collect(sweep.sweep(['127.0.0.2', '-f/etc/passwd', 'localhost'], OPTIONS));
      assert.deepEqual(fates(results), ['-f/etc/passwd: null', `127.0.0.2: ${life}`, 'localhost: null']);
      assert.equal(sweep.cost.packets, life ? 2 : 0);
    });

    test('both families in one list', async (sweep) => {
      const results = await collect(sweep.sweep(['127.0.0.2', '::1', '127.0.0.3'], OPTIONS));
      assert.deepEqual(fates(results), [`127.0.0.2: ${life}`, `127.0.0.3: ${life}`, `::1: ${life}`]);
    });

    test('nothing to ask: nothing to tell', async (sweep) => {
      assert.deepEqual(await collect(sweep.sweep([], OPTIONS)), []);
    });

    test('takes addresses from a source that waits for results before it goes on', async (sweep) => {
      let wake = () => {};
      async function* source() {
        yield '127.0.0.2';
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        yield '127.0.0.3';
      }
      const seen: string[] = [];
      for await (const { address } of sweep.sweep(source(), OPTIONS)) {
        seen.push(address);
        // `none` tells an address before it takes the next one.
        setImmediate(() => wake());
      }
      assert.deepEqual(seen, ['127.0.0.2', '127.0.0.3']);
    });

    test('a source that fails: the sweep fails with its reason', async (sweep) => {
      async function* source() {
        yield '127.0.0.2';
        throw new Error('the list is torn');
      }
      await assert.rejects(collect(sweep.sweep(source(), OPTIONS)), /the list is torn/);
    });

    test('a reader that goes away early ends it', async (sweep) => {
      for await (const result of sweep.sweep(loopback(5000), OPTIONS)) {
        assert.equal(result.alive, life);
        break;
      }
      await sweep.close();
      assert.ok(sweep.cost.packets < 10_000, 'stopped before the end');
    });

    test('aborted: ends before its end', async (sweep) => {
      const abort = new AbortController();
      let seen = 0;
      for await (const _ of sweep.sweep(loopback(5000), { ...OPTIONS, signal: abort.signal })) {
        seen += 1;
        abort.abort();
      }
      assert.ok(seen >= 1 && seen < 5000, `${seen}`);
    });

    test('several sweeps side by side keep apart', async (sweep) => {
      const lists = [loopback(100).slice(0, 50), loopback(100).slice(50), loopback(100)];
      const told = await Promise.all(lists.map((list) => collect(sweep.sweep(list, OPTIONS))));
      assert.deepEqual(
        told.map(sorted),
        lists.map((list) => [...list].sort()),
      );
    });
  });
}
