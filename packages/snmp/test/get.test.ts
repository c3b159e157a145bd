/** GET against devices that answer by the book, by halves, or only what they can. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { GetAnswer } from '../src/engine.ts';
import { encodeRequest, type Request } from '../src/message.ts';
import { type Oid, oid } from '../src/oid.ts';
import type { Varbind } from '../src/value.ts';
import {
  type Agent,
  type Answer,
  honestAnswer,
  inMemory,
  integer,
  refusal,
  reply,
  startAgent,
  table,
  targetAt,
} from './agent.ts';
import { driven, underTest } from './engine-under-test.ts';

const COLUMN = '1.3.6.1.2.1.43.11.1.1.9';
const names = (count: number): Oid[] => table([COLUMN], count).map((each) => each.oid);
const values = (answer: GetAnswer) =>
  answer.varbinds.map(({ value }) => (value.type === 'integer' ? value.value : value.type));
const counted = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Asks one agent once; its address is 127.11.0.`place`. */
async function ask(
  place: number,
  answer: Answer,
  objects: readonly Oid[],
  version: 'v1' | 'v2c' = 'v2c',
): Promise<{ got: GetAnswer; asked: readonly Request[] }> {
  const agent = await startAgent(`127.11.0.${place}`, answer);
  const { engine } = underTest();
  try {
    return { got: await engine.get(agent.target(version), objects), asked: agent.asked };
  } finally {
    await engine.close();
    await agent.close();
  }
}

/** The objects of `bad` cannot be told: the answer names an index, or 0 for none. */
const failingOn =
  (bad: readonly Oid[], status: 'genErr' | 'noSuchName', index: (place: number, request: Request) => number): Answer =>
  (request, bytes) => {
    const place = request.oids.findIndex((name) => bad.includes(name));
    if (place >= 0) return [refusal(request, status, index(place, request))];
    return honestAnswer(table([COLUMN], 100))(request, bytes);
  };

describe('get', () => {
  it('tells values and absent objects in asked order, and what it cost', async () => {
    const asked = [oid(`${COLUMN}.3`), oid('1.3.6.1.2.1.1.9.0'), oid(`${COLUMN}.1`)];
    const run = await ask(1, honestAnswer(table([COLUMN], 3)), asked);
    assert.deepEqual(values(run.got), [3, 'noSuchObject', 1]);
    assert.deepEqual(
      run.got.varbinds.map((each) => each.oid),
      asked,
    );
    assert.equal(run.got.failure, null);
    // The answer has two INTEGERs of one octet in place of NULLs, and is otherwise as long as the request.
    const { requests, packets, bytes } = run.got.cost;
    assert.deepEqual({ requests, packets }, { requests: 1, packets: 2 });
    assert.equal(bytes, 28 + 28 + 2 * sizeOf(run.asked[0]) + 2);
  });

  it('asks nothing of nobody', async () => {
    const { got, asked } = await ask(2, () => [], []);
    assert.deepEqual(got, {
      varbinds: [],
      failure: null,
      cost: { requests: 0, packets: 0, bytes: 0 },
      roundTrip: null,
    });
    assert.equal(asked.length, 0);
  });

  it('packs forty objects into a request, and what does not fit into the next', async () => {
    const { got, asked } = await ask(3, honestAnswer(table([COLUMN], 100)), names(100));
    assert.deepEqual(values(got), counted(100));
    assert.deepEqual(
      asked.map((request) => request.oids.length),
      [40, 40, 20],
    );
  });

  it('keeps every request within 1,400 bytes', async () => {
    const long = counted(40).map((row) => oid(`1.3.6.1.4.1.1347.${'4294967295.'.repeat(15)}${row}`));
    const { got, asked } = await ask(
      4,
      (request) => [
        reply(
          request,
          request.oids.map((name) => ({ oid: name, value: integer(7) })),
        ),
      ],
      long,
    );
    assert.equal(got.varbinds.length, 40);
    assert.ok(asked.length > 2);
    for (const request of asked) assert.ok(sizeOf(request) <= 1400);
  });

  it('asks each object that is named twice twice', async () => {
    const [first] = names(1) as [Oid];
    const { got } = await ask(5, honestAnswer(table([COLUMN], 1)), [first, first]);
    assert.deepEqual(values(got), [1, 1]);
  });

  it('halves what is too big, and remembers what fits', async () => {
    const agent = await startAgent('127.11.0.6', honestAnswer(table([COLUMN], 40), { most: 12 }));
    const { engine } = underTest();
    const first = await engine.get(agent.target(), names(40));
    assert.deepEqual(values(first), counted(40));
    assert.equal(first.failure, null);
    const before = agent.asked.length;
    const second = await engine.get(agent.target(), names(40));
    assert.deepEqual(values(second), counted(40));
    assert.deepEqual(
      agent.asked.slice(before).map((request) => request.oids.length),
      [10, 10, 10, 10],
    );
    await engine.close();
    await agent.close();
  });

  it('tells the rest where one object alone is too big', async () => {
    const large = oid(`${COLUMN}.4`);
    const { got } = await ask(
      7,
      (request, bytes) =>
        request.oids.includes(large)
          ? [refusal(request, 'tooBig', 0)]
          : honestAnswer(table([COLUMN], 9))(request, bytes),
      names(9),
    );
    assert.deepEqual(values(got), [1, 2, 3, 5, 6, 7, 8, 9]);
    assert.deepEqual(got.failure, { kind: 'tooBig' });
  });

  it('v1: drops what noSuchName names and asks the rest again', async () => {
    const { got, asked } = await ask(8, honestAnswer(table([COLUMN], 3)), names(5), 'v1');
    assert.deepEqual(values(got), [1, 2, 3, 'noSuchObject', 'noSuchObject']);
    assert.equal(got.failure, null);
    assert.equal(asked.length, 3);
    assert.equal(new Set(asked.map((request) => request.requestId)).size, 3);
  });

  it('v1: knows when nothing is there', async () => {
    const { got, asked } = await ask(9, honestAnswer([]), names(3), 'v1');
    assert.deepEqual(values(got), ['noSuchObject', 'noSuchObject', 'noSuchObject']);
    assert.equal(asked.length, 3);
  });

  const wrongIndexes: readonly [why: string, index: (place: number, request: Request) => number][] = [
    ['0', () => 0],
    ['beyond the last', (_, request) => request.oids.length + 1],
    ['negative', () => -1],
  ];
  for (const [at, [why, index]] of wrongIndexes.entries()) {
    it(`v1: finds the missing object where noSuchName's index is ${why}`, async () => {
      const bad = [oid(`${COLUMN}.2`), oid(`${COLUMN}.7`)];
      const { got } = await ask(10 + at, failingOn(bad, 'noSuchName', index), names(10), 'v1');
      assert.deepEqual(values(got), [1, 'noSuchObject', 3, 4, 5, 6, 'noSuchObject', 8, 9, 10]);
      assert.equal(got.failure, null);
    });
  }

  const genErrIndexes: readonly [why: string, index: (place: number) => number][] = [
    ['right', (place) => place + 1],
    ['0', () => 0],
    ['wrong', (place) => (place === 0 ? 2 : 1)],
  ];
  for (const [at, [why, index]] of genErrIndexes.entries()) {
    it(`tells all but the object that makes genErr, its index being ${why}`, async () => {
      const { got } = await ask(20 + at, failingOn([oid(`${COLUMN}.4`)], 'genErr', index), names(6));
      assert.deepEqual(values(got), [1, 2, 3, 5, 6]);
      assert.deepEqual({ ...got.failure, index: null }, { kind: 'refused', status: 'genErr', index: null });
    });
  }

  it('gives up a device that refuses everything, soon', async () => {
    const { got, asked } = await ask(23, (request) => [refusal(request, 'authorizationError', 1)], names(40));
    assert.equal(got.varbinds.length, 0);
    assert.deepEqual(got.failure, { kind: 'refused', status: 'authorizationError', index: 1 });
    assert.equal(asked.length, 12);
  });

  const odd: readonly [why: string, answer: (asked: readonly Varbind[]) => readonly Varbind[]][] = [
    ['one varbind an answer', (all) => all.slice(0, 1)],
    ['all but the last', (all) => (all.length > 1 ? all.slice(0, -1) : all)],
    ['in another order', (all) => all.toReversed()],
    ['each twice', (all) => all.flatMap((each) => [each, each])],
    ['with an object that nobody asked', (all) => [{ oid: oid('1.3.6.1.2.1.1.4.0'), value: integer(99) }, ...all]],
  ];
  for (const [at, [why, change]] of odd.entries()) {
    it(`takes what was asked from answers that tell ${why}`, async () => {
      const answer: Answer = (request) => [
        reply(
          request,
          change(request.oids.map((name) => ({ oid: name, value: integer(Number(name.split('.').at(-1))) }))),
        ),
      ];
      const { got, asked } = await ask(30 + at, answer, names(6));
      assert.deepEqual(values(got), counted(6));
      assert.deepEqual(
        got.varbinds.map((each) => each.oid),
        names(6),
      );
      assert.equal(got.failure, null);
      assert.ok(asked.length <= 6);
    });
  }

  it('tells all but a value that cannot be read', async () => {
    const { got, asked } = await ask(
      40,
      (request, bytes) => {
        const [answer] = honestAnswer(table([COLUMN], 3))(request, bytes) as [Uint8Array];
        // The last INTEGER of the answer becomes a BIT STRING.
        answer[answer.length - 3] = 0x03;
        return [answer];
      },
      names(3),
    );
    assert.deepEqual(values(got), [1, 2]);
    assert.deepEqual(got.failure, { kind: 'malformed', detail: `${COLUMN}.3: unknownType` });
    assert.equal(asked.length, 1);
  });

  describe('of a device that drops requests for many objects', () => {
    const by = honestAnswer(table([COLUMN], 40));
    const dropping: Answer = (request, bytes) => (request.oids.length > 25 ? [] : by(request, bytes));

    it('asks one alone, then half as many at once, and learns from the second time', async () => {
      const sizes: number[] = [];
      const answer: Answer = (request, bytes) => {
        sizes.push(request.oids.length);
        return dropping(request, bytes);
      };
      const { engine, clock } = underTest({ openSocket: inMemory(answer) });
      const target = targetAt('127.11.1.1', 161);
      await engine.get(target, names(1));
      for (const expected of [
        [40, 40, 40, 1, 20, 19],
        [40, 40, 40, 1, 20, 19],
        [20, 20],
      ]) {
        sizes.length = 0;
        const got = await driven(clock, engine.get(target, names(40)));
        assert.deepEqual(values(got), counted(40));
        assert.equal(got.failure, null);
        assert.deepEqual(sizes, expected);
      }
      await engine.close();
    });

    it('costs one packet more where it has gone', async () => {
      let gone = false;
      const { engine, clock } = underTest({
        openSocket: inMemory((request, bytes) => (gone ? [] : by(request, bytes))),
      });
      const target = targetAt('127.11.1.2', 161);
      await engine.get(target, names(1));
      gone = true;
      const got = await driven(clock, engine.get(target, names(40)));
      assert.deepEqual([got.failure, got.varbinds.length, got.cost.packets], [{ kind: 'timeout' }, 0, 3 + 1]);
      const never = await driven(clock, engine.get(targetAt('127.11.1.3', 161), names(40)));
      assert.deepEqual([never.failure, never.cost.packets], [{ kind: 'timeout' }, 3]);
      await engine.close();
    });
  });

  it('is the same for every size of answer', async () => {
    const site = fc.record({
      there: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }),
      asked: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }),
      most: fc.integer({ min: 1, max: 40 }),
      version: fc.constantFrom('v1', 'v2c'),
    });
    await fc.assert(
      fc.asyncProperty(site, async ({ there, asked, most, version }) => {
        const objects = there.map((row) => ({ oid: oid(`${COLUMN}.${row}`), value: integer(row) }));
        const { engine } = underTest({ openSocket: inMemory(honestAnswer(objects, { most })) });
        const got = await engine.get(
          targetAt('127.11.1.4', 161, version),
          asked.map((row) => oid(`${COLUMN}.${row}`)),
        );
        assert.equal(got.failure, null);
        assert.deepEqual(
          values(got),
          asked.map((row) => (there.includes(row) ? row : 'noSuchObject')),
        );
        await engine.close();
      }),
      { numRuns: 200 },
    );
  });

  it('sends nothing where one object is not allowed', async () => {
    const forbidden = oid('1.3.6.1.2.1.1.4.0');
    const { engine } = underTest({ allow: { entries: [], allows: (name) => name !== forbidden } });
    const agent: Agent = await startAgent('127.11.0.41', () => []);
    const got = await engine.get(agent.target(), [...names(2), forbidden]);
    assert.deepEqual(got.failure, { kind: 'notAllowed', oid: forbidden });
    assert.equal(got.cost.packets, 0);
    assert.equal(agent.asked.length, 0);
    await engine.close();
    await agent.close();
  });

  for (const [address, port] of [
    ['printer.example', 161],
    ['', 161],
    ['127.11.0.42', 0],
    ['127.11.0.42', 65_536],
    ['127.11.0.42', 1.5],
  ] as const) {
    it(`is unreachable: "${address}" port ${port}`, async () => {
      const { engine } = underTest();
      const got = await engine.get(targetAt(address, port), names(1));
      assert.equal(got.failure?.kind, 'unreachable');
      await engine.close();
    });
  }
});

/** UDP payload of a request for "public". */
function sizeOf(request: Request | undefined): number {
  assert.ok(request);
  return encodeRequest(request).length;
}
