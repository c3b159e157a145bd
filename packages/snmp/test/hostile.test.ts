/** Walks of devices that never end by themselves: every walk ends, within its limits, and none is called complete. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant, manualClock, millis } from '@rsb/runtime';
import { DEFAULT_WALK_LIMITS, type WalkAnswer, type WalkLimits } from '../src/index.ts';
import type { Request } from '../src/message.ts';
import { type Oid, oid } from '../src/oid.ts';
import type { Varbind } from '../src/value.ts';
import { type Agent, type Answer, honestAnswer, integer, reply, startAgent, table } from './agent.ts';
import { engineOn, PATIENT, underTest } from './engine-under-test.ts';

const COLUMN = oid('1.3.6.1.2.1.43.11.1.1.9');
const row = (index: number): Varbind => ({ oid: oid(`${COLUMN}.${index}`), value: integer(index) });
const indexOf = (name: Oid | undefined): number => (name === COLUMN ? 0 : Number(name?.split('.').at(-1)));

/** Answers each repetition by what comes after a name. */
const following =
  (next: (name: Oid) => Varbind): Answer =>
  (request) => {
    const rows: Varbind[] = [];
    let names = request.oids;
    for (let count = 0; count < Math.max(1, request.maxRepetitions); count += 1) {
      const found = names.map(next);
      rows.push(...found);
      names = found.map((each) => each.oid);
    }
    return [reply(request, rows)];
  };

const HOSTILE: readonly [why: string, answer: Answer, told: number, requests: number][] = [
  ['the same name for ever', following(() => row(1)), 1, 3],
  ['the name that was asked', following((name) => ({ oid: name, value: integer(1) })), 0, 2],
  ['names that go down', following((name) => row(name === COLUMN ? 1000 : indexOf(name) - 1)), 1, 3],
  ['names in a circle of three', following((name) => row((indexOf(name) % 3) + 1)), 3, 4],
  ['a name before the column', following(() => ({ oid: oid('1.3.6.1.2.1.1.5.0'), value: integer(1) })), 0, 2],
  ['the column itself', following(() => ({ oid: COLUMN, value: integer(1) })), 0, 2],
];

async function walk(
  place: number,
  answer: Answer,
  limits: Partial<WalkLimits> = {},
): Promise<{ got: WalkAnswer; agent: Agent }> {
  const agent = await startAgent(`127.15.0.${place}`, answer);
  const { engine } = underTest();
  const got = await engine.walk(agent.target(), [COLUMN], { patience: PATIENT, limits });
  await engine.close();
  await agent.close();
  return { got, agent };
}

const endless = following((name) => row(indexOf(name) + 1));
const kindOf = ({ end }: WalkAnswer) => (end === 'complete' ? end : end.kind);

describe('a walk of a hostile device', () => {
  for (const [place, [why, answer, told, requests]] of HOSTILE.entries()) {
    it(`ends as endless: ${why}`, async () => {
      const { got, agent } = await walk(place + 1, answer);
      assert.equal(kindOf(got), 'endless');
      assert.equal(got.varbinds.length, told);
      assert.equal(agent.asked.length, requests);
    });
  }

  it('ends at 5,000 varbinds of an endless table', async () => {
    const { got } = await walk(10, endless, { requests: 1000 });
    assert.deepEqual(got.end, { kind: 'endless', detail: 'more than 5000 varbinds' });
    assert.equal(got.varbinds.length, DEFAULT_WALK_LIMITS.varbinds);
    assert.equal(new Set(got.varbinds.map((each) => each.oid)).size, 5000);
  });

  it('ends at 200 requests of a device that tells one varbind at a time', async () => {
    const { got, agent } = await walk(11, following1(endless));
    assert.deepEqual(got.end, { kind: 'endless', detail: 'more than 200 requests' });
    assert.equal(agent.asked.length, DEFAULT_WALK_LIMITS.requests);
    assert.equal(got.varbinds.length, 200);
  });

  it('ends at 1 MiB of large values', async () => {
    const large = { type: 'octets', value: new Uint8Array(2500) } as const;
    const { got } = await walk(
      12,
      following((name) => ({ oid: row(indexOf(name) + 1).oid, value: large })),
      { requests: 1000 },
    );
    assert.deepEqual(got.end, { kind: 'endless', detail: 'more than 1048576 bytes' });
    // One answer may go beyond.
    assert.ok(got.cost.bytes < DEFAULT_WALK_LIMITS.bytes + 65_536, `${got.cost.bytes} bytes`);
  });

  it('ends after 60 s of a slow device', async () => {
    let now = 0;
    const slow = await startAgent('127.15.0.13', (request, bytes) => {
      now += 1500;
      return following1(endless)(request, bytes);
    });
    const engine = engineOn({ ...manualClock(instant(0)), monotonic: () => millis(now) });
    const got = await engine.walk(slow.target(), [COLUMN], { patience: PATIENT });
    assert.deepEqual(got.end, { kind: 'endless', detail: 'more than 60000 ms' });
    assert.equal(slow.asked.length, 40);
    await engine.close();
    await slow.close();
  });

  for (const [at, [limit, value]] of (
    [
      ['varbinds', 7],
      ['requests', 2],
      ['bytes', 300],
    ] as const
  ).entries()) {
    it(`ends where the caller says: ${value} ${limit}`, async () => {
      const { got } = await walk(20 + at, following1(endless), { [limit]: value });
      assert.equal(kindOf(got), 'endless');
      assert.ok(got.varbinds.length <= 7);
    });
  }

  it('is complete where the table ends exactly at the limit and the end was seen', async () => {
    const { got } = await walk(24, honestAnswer(table([COLUMN], 7)), { varbinds: 8 });
    assert.equal(got.end, 'complete');
  });

  it('ends with what was told before the device fell silent', async () => {
    const { engine, clock } = underTest();
    const agent = await startAgent('127.15.0.25', (request, bytes) =>
      indexOf(request.oids[0]) < 20 ? endless(request, bytes) : [],
    );
    const call = engine.walk(agent.target(), [COLUMN], { patience: { timeout: millis(10), retries: 1 } });
    // Five answers, the first of one row to see whether there is a table; then two tries by GETBULK and two by GETNEXT that
    // nobody answers.
    for (const [heard, wait] of [
      [6, 10],
      [7, 20],
      [8, 10],
      [9, 20],
    ] as const) {
      await agent.heard(heard);
      await clock.advance(millis(wait));
    }
    const got = await call;
    assert.deepEqual([kindOf(got), got.varbinds.length, agent.asked.length], ['timeout', 22, 9]);
    await engine.close();
    await agent.close();
  });

  it('tells nothing of what it did not ask', async () => {
    const secret = { type: 'octets', value: Buffer.from('canary') } as const;
    const answer = following((name) =>
      indexOf(name) < 2 ? row(indexOf(name) + 1) : { oid: oid('1.3.6.1.2.1.43.16.5.1.2.1.1'), value: secret },
    );
    const { got } = await walk(26, answer);
    assert.equal(got.end, 'complete');
    assert.deepEqual(
      got.varbinds.map((each) => each.oid),
      [row(1).oid, row(2).oid],
    );
  });
});

/** The first varbind of each answer alone. */
function following1(answer: Answer): Answer {
  return (request: Request, bytes) =>
    answer({ ...request, oids: request.oids.slice(0, 1), maxRepetitions: Math.min(1, request.maxRepetitions) }, bytes);
}
