/** Echo sweeps by the real fping, on this machine's own loopback (127/8 answers as a whole). */

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { failure, instant, manualClock, millis, systemClock } from '@rsb/runtime';
import { chooseSweep, type EchoSweep, fpingSweep, noSweep, whichOn } from '../src/index.ts';
import { collect, sorted } from './collect.ts';
import { standIn } from './stand-in.ts';
import { OPTIONS, sweepSuite } from './sweep-suite.ts';

const clock = systemClock();
const which = whichOn(process.env['PATH']);
/** As where the system forbids sockets of our own. */
const sockets = async () => failure('EACCES');

/** The real program, or a reason to skip; with RSB_REQUIRE_ALL=1 its absence is a failure. */
async function realSweep(t: TestContext): Promise<EchoSweep | undefined> {
  const sweep = await chooseSweep({ clock, which, sockets });
  if (sweep.method === 'fping') return sweep;
  assert.notEqual(process.env['RSB_REQUIRE_ALL'], '1', 'fping is missing or may not ping');
  t.skip('fping is missing or may not ping');
  return undefined;
}

sweepSuite('fping', realSweep);
sweepSuite('none', async () => noSweep());

describe('fping', () => {
  it('ends at once when it is aborted, also while its source waits', async (t) => {
    const sweep = await realSweep(t);
    if (!sweep) return;
    const abort = new AbortController();
    async function* endless() {
      yield '127.0.0.2';
      await new Promise<void>(() => {});
    }
    const seen: string[] = [];
    for await (const { address } of sweep.sweep(endless(), { ...OPTIONS, signal: abort.signal })) {
      seen.push(address);
      abort.abort();
    }
    assert.deepEqual(seen, ['127.0.0.2']);
    await sweep.close();
  });
});

describe('what it costs', () => {
  it('IPv6 is counted with its longer header, an ICMP error with what it quotes', async () => {
    const program = standIn(
      'cat >/dev/null; echo "fd00::1 is alive (1.5 ms)"; echo "fd00::2 is unreachable"; ' +
        'printf " 3 ICMP Echos sent\\n 1 ICMP Echo Replies received\\n 1 other ICMP received\\n" >&2; exit 1',
    );
    const sweep = fpingSweep({ program, clock });
    assert.deepEqual(await collect(sweep.sweep(['fd00::1', 'fd00::2'], OPTIONS)), [
      { address: 'fd00::1', alive: true, roundTrip: 1.5 },
      { address: 'fd00::2', alive: false, roundTrip: null },
    ]);
    assert.deepEqual(sweep.cost, { packets: 5, bytes: 4 * 104 + 76 });
  });

  it('each family goes into a run of its own', async () => {
    const sweep = fpingSweep({ program: standIn('while read a; do echo "$a is unreachable"; done; echo end'), clock });
    const results = await collect(sweep.sweep(['127.0.0.2', 'fd00::1', '127.0.0.3'], OPTIONS));
    assert.deepEqual(sorted(results), ['127.0.0.2', '127.0.0.3', 'fd00::1']);
    assert.deepEqual(sweep.cost, { packets: 3, bytes: 84 + 104 + 84 });
  });
});

describe('a program that fails', () => {
  for (const [what, script] of [
    ['ends with an error', 'exit 4'],
    ['dies in the middle', 'kill -9 $$'],
    ['says rubbish', 'echo "127.0.0.2 is alive (not a number)"; echo "9.9.9.9 is alive (1 ms)"; cat >/dev/null'],
  ] as const) {
    it(`${what}: its addresses stay unknown`, async () => {
      const sweep = fpingSweep({ program: standIn(script), clock });
      const results = await collect(sweep.sweep(['127.0.0.2', '127.0.0.3'], OPTIONS));
      assert.deepEqual(results.map(({ address, alive }) => [address, alive]).sort(), [
        ['127.0.0.2', null],
        ['127.0.0.3', null],
      ]);
    });
  }

  it('is not there: its addresses stay unknown and nothing is counted', async () => {
    const sweep = fpingSweep({ program: '/nonexistent/fping', clock });
    const results = await collect(sweep.sweep(['127.0.0.2'], OPTIONS));
    assert.deepEqual(results, [{ address: '127.0.0.2', alive: null, roundTrip: null }]);
    assert.deepEqual(sweep.cost, { packets: 0, bytes: 0 });
  });

  it('hangs: it is ended when its waits are over', async () => {
    const driven = manualClock(instant(0));
    const sweep = fpingSweep({ program: standIn('exec tail -f /dev/null'), clock: driven });
    const collected = collect(sweep.sweep(['127.0.0.2'], OPTIONS));
    for (let turn = 0; turn < 100 && !driven.waiting().includes('fping hangs'); turn += 1) {
      await driven.advance(millis(100));
    }
    await driven.advance(millis(11_000));
    assert.deepEqual(await collected, [{ address: '127.0.0.2', alive: null, roundTrip: null }]);
  });
});

describe('the means to ping', () => {
  it('is none where fping is not installed, and then nothing is known of any address', async () => {
    const sweep = await chooseSweep({ clock, which: () => undefined, sockets });
    assert.equal(sweep.method, 'none');
    assert.deepEqual(await collect(sweep.sweep(['127.0.0.2'], OPTIONS)), [
      { address: '127.0.0.2', alive: null, roundTrip: null },
    ]);
    assert.deepEqual(noSweep().cost, { packets: 0, bytes: 0 });
  });

  it('is none where fping may not ping', async () => {
    const sweep = await chooseSweep({
      clock,
      which: () => standIn('echo "can\'t create socket" >&2; exit 4'),
      sockets,
    });
    assert.equal(sweep.method, 'none');
  });

  it('is looked for along the path, and only what can be run counts', () => {
    assert.equal(whichOn('/nonexistent:/bin')('sh'), '/bin/sh');
    assert.equal(whichOn('/nonexistent:/etc')('passwd'), undefined);
    assert.equal(whichOn(undefined)('sh'), undefined);
  });
});
