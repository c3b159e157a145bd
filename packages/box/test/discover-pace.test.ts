/** A whole scan keeps to its rates, echoes and SNMP together: on a driven clock, so that every packet has its moment. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { instant, manualClock, millis, seconds } from '@rsb/runtime';
import type { GetAnswer, SnmpEngine } from '@rsb/snmp';
import { createSendBudget, discover, estimate } from '../src/discover/index.ts';
import { parseRange } from '../src/range/index.ts';
import { fakeEcho } from './fake-echo.ts';
import { community } from './simulated-site.ts';

const BOX_RATE = 20;
const RANGES = [
  { name: '127.0.1.0/26', rate: 10 },
  { name: '127.0.2.0/26', rate: 4 },
  { name: '127.0.3.0/26', rate: 0 },
];

it('no second of a scan holds more packets than the box and each range may send', async () => {
  const clock = manualClock(instant(0));
  const ranges = RANGES.map(({ name, rate }) => {
    const range = parseRange(name);
    if (!range.ok) assert.fail(name);
    return { name, range: range.value, credentials: [community('public')], ping: true, packetsPerSecond: rate };
  });
  const budget = createSendBudget(clock, { packetsPerSecond: BOX_RATE, ranges });
  const sent: { at: number; address: string }[] = [];
  const gate = {
    async beforeSend(address: string, bytes: number, signal?: AbortSignal) {
      await budget.beforeSend(address, bytes, signal);
      sent.push({ at: clock.monotonic(), address });
    },
  };
  /** Nobody speaks SNMP: each request is sent and waited for in vain. */
  const snmp: SnmpEngine = {
    async get({ address }, _objects, options): Promise<GetAnswer> {
      const { timeout, retries } = options?.patience ?? { timeout: millis(0), retries: 0 };
      for (let attempt = 0; attempt <= retries; attempt += 1) {
        await gate.beforeSend(address, 100, options?.signal);
        await clock.sleep('answer', timeout);
      }
      const packets = retries + 1;
      const cost = { requests: packets, packets, bytes: packets * 100 };
      return { varbinds: [], failure: { kind: 'timeout' }, cost, roundTrip: null };
    },
    walk: () => assert.fail('nobody answers, so nothing is walked'),
    poll: () => assert.fail('nobody is known'),
    close: async () => {},
  };
  // Every fourth address answers a ping.
  const echo = fakeEcho((address) => (Number(address.split('.')[3]) % 4 === 0 ? 0 : undefined));
  const discovery = discover({ snmp, echo, gate, clock }, ranges, { port: 161, packetsPerSecond: BOX_RATE });
  let ended = false;
  const reading = (async () => {
    for await (const found of discovery.found) assert.fail(found.address);
    ended = true;
  })();
  for (let second = 0; second < 600 && !ended; second += 1) await clock.advance(seconds(1));
  await reading;

  const alive = 3 * 15;
  const dead = 3 * 62 - alive;
  assert.equal(sent.length, alive * (1 + 2) + dead * 2);
  const peak = (moments: readonly number[]) =>
    Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + 1000 - 1e-6).length));
  assert.ok(peak(sent.map(({ at }) => at)) <= BOX_RATE);
  for (const { name, range, packetsPerSecond } of ranges) {
    const own = sent.filter(({ address }) => range.has(address)).map(({ at }) => at);
    assert.ok(own.length >= 124, name);
    if (packetsPerSecond > 0) assert.ok(peak(own) <= packetsPerSecond + 1, `${name}: ${peak(own)}`);
  }
  const { addresses, answersPingOnly, packets } = discovery.summary();
  assert.deepEqual({ addresses, answersPingOnly }, { addresses: 186, answersPingOnly: alive });
  // Every echo that was answered came back.
  assert.equal(packets, sent.length + alive);

  const promised = estimate(ranges, BOX_RATE);
  const took = Math.max(...sent.map(({ at }) => at)) / 60_000;
  assert.ok(took >= (promised.minutes ?? 0) * 0.9, `${took} minutes, estimated ${promised.minutes}`);
  assert.ok(took <= (promised.minutes ?? 0) * 1.5 + 0.2, `${took} minutes, estimated ${promised.minutes}`);
});
