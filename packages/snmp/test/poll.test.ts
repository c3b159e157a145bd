/** Polls: one request and one answer where a device can, and the same values from every device that cannot. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PollAnswer } from '../src/index.ts';
import type { Request } from '../src/message.ts';
import { compareOid, isWithin, type Oid, oid } from '../src/oid.ts';
import type { Varbind } from '../src/value.ts';
import { type Answer, honestAnswer, inMemory, integer, refusal, reply, table, targetAt, varbindsOf } from './agent.ts';
import { driven, underTest } from './engine-under-test.ts';

const ALERTS = ['2', '7', '8'].map((column) => oid(`1.3.6.1.2.1.43.18.1.1.${column}`));
const at = (name: string, value: number): Varbind => ({ oid: oid(name), value: integer(value) });
const EXACT = [
  at('1.3.6.1.2.1.1.2.0', 1),
  at('1.3.6.1.2.1.43.5.1.1.17.1', 2),
  at('1.3.6.1.2.1.43.10.2.1.4.1.1', 3),
  ...[1, 2, 3, 7].map((row) => at(`1.3.6.1.2.1.43.11.1.1.9.1.${row}`, 10 + row)),
  at('1.3.6.1.4.1.1347.43.10.1.1.12.1.1', 4),
];
const NAMES = EXACT.map((each) => each.oid);
const alerts = (...rows: readonly number[]): Varbind[] =>
  ALERTS.flatMap((column, place) => rows.map((row) => at(`${column}.1.${row}`, place * 100 + row)));
/** What stands before, between and behind what is asked. */
const OTHERS = [
  at('1.3.6.1.2.1.1.1.0', 91),
  at('1.3.6.1.2.1.43.10.2.1.4.1.2', 92),
  at('1.3.6.1.2.1.43.11.1.1.9.1.4', 93),
  ...table(['1.3.6.1.2.1.43.18.1.1.9.1'], 3),
  at('1.3.6.1.4.1.1347.99.1.0', 94),
];

interface Run {
  readonly got: PollAnswer;
  readonly asked: readonly Request[];
}

async function poll(
  answer: Answer,
  rows: readonly number[],
  {
    version = 'v2c',
    apart = false,
    names = NAMES,
    runs = [],
  }: Partial<{ version: 'v1' | 'v2c'; apart: boolean; names: readonly Oid[]; runs: readonly (readonly Oid[])[] }> = {},
): Promise<Run> {
  const asked: Request[] = [];
  const openSocket = inMemory((request, bytes) => {
    asked.push(request);
    return answer(request, bytes);
  });
  const { engine, clock } = underTest({ openSocket });
  const options = { rows: rows.map((row) => `1.${row}`), apart, runs };
  const got = await driven(clock, engine.poll(targetAt('127.14.9.1', 161, version), names, ALERTS, options));
  await engine.close();
  return { got, asked };
}

function assertTells({ got }: Run, objects: readonly Varbind[]): void {
  assert.deepEqual(got.get.varbinds, EXACT);
  assert.equal(got.get.failure, null);
  const rows = ALERTS.flatMap((column) =>
    objects.filter((each) => isWithin(column, each.oid)).sort((a, b) => compareOid(a.oid, b.oid)),
  );
  assert.deepEqual(
    got.walk.varbinds.toSorted((a, b) => compareOid(a.oid, b.oid)),
    rows,
  );
  assert.equal(got.walk.end, 'complete');
}

describe('a poll of an honest device', () => {
  const cases: readonly (readonly [
    name: string,
    before: readonly number[],
    now: readonly number[],
    requests: number,
  ])[] = [
    ['without alerts, before and now', [], [], 1],
    ['with the alerts of before', [4, 9], [4, 9], 1],
    ['with its first alerts', [], [5, 6], 3],
    ['with one alert more behind', [4], [4, 9], 2],
    ['with an alert between', [4, 9], [4, 6, 9], 2],
    ['with other alerts', [4, 9], [11, 12], 2],
    ['whose alerts are over', [4, 9], [], 1],
    ['with fewer alerts', [4, 9], [9], 1],
  ];
  for (const version of ['v2c', 'v1'] as const) {
    for (const [name, before, now, requests] of cases) {
      it(`${version}: ${name}`, async () => {
        const objects = [...EXACT, ...OTHERS, ...alerts(...now)];
        const run = await poll(honestAnswer(objects), before, { version });
        assertTells(run, objects);
        assert.equal(run.got.together, true);
        // By v1 a row that is not where it was is walked to.
        assert.ok(run.asked.length <= requests + (version === 'v1' ? 3 : 0), `${run.asked.length} requests`);
        if (version === 'v2c') assert.equal(run.asked[0]?.pdu, 'getBulk');
      });
    }
  }

  it('that lost an object says so, and of no other what is not so', async () => {
    const objects = [...EXACT.filter((each) => !each.oid.endsWith('.9.1.2')), ...OTHERS];
    for (const version of ['v2c', 'v1'] as const) {
      const { got, asked } = await poll(honestAnswer(objects), [], { version });
      const missing = got.get.varbinds.filter(({ value }) => value.type.startsWith('noSuch'));
      assert.deepEqual(
        missing.map((each) => each.oid),
        ['1.3.6.1.2.1.43.11.1.1.9.1.2'],
      );
      assert.equal(got.get.varbinds.length, EXACT.length);
      assert.equal(got.together, true);
      assert.equal(asked.length, 2);
    }
  });

  it('whatever it has and had: as by GET and by walking', async () => {
    const names = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(names, names, names, names, async (has, wanted, before, now) => {
        const levels = (rows: readonly number[]) => rows.map((row) => at(`1.3.6.1.2.1.43.11.1.1.9.1.${row}`, row));
        const objects = [at('1.3.6.1.2.1.1.2.0', 1), ...levels(has), ...alerts(...now)];
        const asked = [oid('1.3.6.1.2.1.1.2.0'), ...levels(wanted).map((each) => each.oid)];
        const answer = honestAnswer([...objects, at('1.3.6.1.4.1.1347.1.0', 9)]);
        const two = await poll(answer, before, { names: asked, apart: true });
        // Whether what is said to follow each other does or not.
        for (const runs of [[], [asked.slice(1).toSorted(compareOid)]]) {
          const one = await poll(answer, before, { names: asked, runs });
          assert.deepEqual(one.got.get.varbinds, two.got.get.varbinds);
          assert.deepEqual(one.got.walk.varbinds, two.got.walk.varbinds);
          assert.equal(one.got.walk.end, 'complete');
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('objects that follow each other', () => {
  const levels = Array.from({ length: 20 }, (_, row) => at(`1.3.6.1.2.1.43.11.1.1.9.1.${row + 1}`, row));
  const names = levels.map((each) => each.oid);
  const others = [at('1.3.6.1.2.1.1.2.0', 1), ...table(['1.3.6.1.2.1.43.12.1.1.4.1'], 3)];

  it('are asked by few names, in one packet', async () => {
    const { got, asked } = await poll(honestAnswer([...levels, ...others]), [], { names, runs: [names] });
    assert.deepEqual(got.get.varbinds, levels);
    assert.equal(got.inRuns, true);
    assert.equal(asked.length, 1);
    assert.ok((asked[0]?.oids.length ?? 0) <= 6, `${asked[0]?.oids.length} names`);
  });

  for (const [name, has] of [
    ['one has gone', levels.filter((_, row) => row !== 7)],
    ['one has come between', [...levels, at('1.3.6.1.2.1.43.11.1.1.9.1.5.1', 99)]],
  ] as const) {
    it(`${name}: the others are told all the same, and asked by their own names from then on`, async () => {
      const { got } = await poll(honestAnswer([...has, ...others]), [], { names, runs: [names] });
      const told = got.get.varbinds.filter(({ value }) => value.type === 'integer');
      assert.deepEqual(
        told,
        levels.filter((level) => has.includes(level)),
      );
      assert.equal(got.get.varbinds.length, levels.length);
      assert.deepEqual({ together: got.together, inRuns: got.inRuns }, { together: true, inRuns: false });
    });
  }
});

describe('a device that answers GETBULK wrongly never gives a wrong value', () => {
  const objects = [...EXACT, ...OTHERS, ...alerts(4, 9)];
  const honest = honestAnswer(objects);
  const bulk =
    (wrong: (request: Request, right: readonly Varbind[], bytes: Uint8Array) => readonly Uint8Array[]): Answer =>
    (request, bytes) => {
      const [right] = honest(request, bytes);
      return request.pdu === 'getBulk' && right ? wrong(request, varbindsOf(right), bytes) : honest(request, bytes);
    };
  const cases: readonly (readonly [name: string, answer: Answer, together?: boolean])[] = [
    [
      'takes non-repeaters for repeaters',
      bulk((request, _right, bytes) => honest({ ...request, nonRepeaters: 0 }, bytes)),
    ],
    [
      'answers the first row only',
      bulk((request, right) => [reply(request, right.slice(0, request.oids.length))]),
      true,
    ],
    ['cuts its answer in the middle', bulk((request, right) => [reply(request, right.slice(0, 5))]), true],
    [
      'answers one value too far',
      bulk((request, right) => [
        reply(
          request,
          right.map(
            ({ oid: name }) =>
              objects.toSorted((a, b) => compareOid(a.oid, b.oid)).find((each) => compareOid(each.oid, name) > 0) ??
              at(name, 0),
          ),
        ),
      ]),
    ],
    [
      'says the asked names again',
      bulk((request) => [
        reply(
          request,
          request.oids.map((name) => at(name, 666)),
        ),
      ]),
    ],
    [
      'leaves values out and closes up',
      bulk((request, right) => [
        reply(
          request,
          right.filter((_, place) => place !== 2),
        ),
      ]),
    ],
    ['turns its answer around', bulk((request, right) => [reply(request, right.toReversed())])],
    ['says genErr', bulk((request) => [refusal(request, 'genErr', 1)])],
    ['says tooBig', bulk((request) => [refusal(request, 'tooBig', 0)])],
    ['is silent', bulk(() => [])],
    ['answers nothing', bulk((request) => [reply(request, [])])],
  ];
  for (const [name, answer, together = false] of cases) {
    it(name, async () => {
      const run = await poll(answer, [4, 9]);
      // One that is silent to its first question may not be there at all, and is asked no more.
      if (name === 'is silent') assert.deepEqual(run.got.get.failure, { kind: 'timeout' });
      else assertTells(run, objects);
      if (name !== 'is silent') assert.equal(run.got.together, together);
      assertTells(await poll(answer, [4, 9], { apart: true }), objects);
      if (name !== 'is silent') assertTells(await poll(answer, [4, 9], { runs: [NAMES.slice(3, 6)] }), objects);
    });
  }
  assert.equal(cases.length, 11);
});
