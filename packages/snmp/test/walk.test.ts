/** Walks: the whole of each column from honest devices whatever their limits, and an end with every other. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { millis } from '@rsb/runtime';
import fc from 'fast-check';
import type { WalkAnswer, WalkLimits } from '../src/index.ts';
import type { Request } from '../src/message.ts';
import { compareOid, isWithin, type Oid, oid } from '../src/oid.ts';
import type { Varbind } from '../src/value.ts';
import {
  type AgentLimits,
  type Answer,
  honestAnswer,
  inMemory,
  integer,
  isRefusal,
  refusal,
  reply,
  startAgent,
  table,
  targetAt,
  varbindsOf,
} from './agent.ts';
import { driven, PATIENT, underTest } from './engine-under-test.ts';

const SUPPLIES = ['6', '8', '9'].map((column) => oid(`1.3.6.1.2.1.43.11.1.1.${column}`)) as [Oid, Oid, Oid];
const [DESCRIPTION, CAPACITY, LEVEL] = SUPPLIES;

interface Run {
  readonly got: WalkAnswer;
  readonly asked: readonly Request[];
}

async function walk(
  place: number,
  answer: Answer,
  columns: readonly Oid[],
  version: 'v1' | 'v2c' = 'v2c',
  limits: Partial<WalkLimits> = {},
): Promise<Run> {
  const agent = await startAgent(`127.14.0.${place}`, answer);
  const { engine } = underTest();
  try {
    return {
      got: await engine.walk(agent.target(version), columns, { patience: PATIENT, limits }),
      asked: agent.asked,
    };
  } finally {
    await engine.close();
    await agent.close();
  }
}

const within = (objects: readonly Varbind[], columns: readonly Oid[]) =>
  columns.flatMap((column) =>
    objects.filter((each) => isWithin(column, each.oid)).sort((a, b) => compareOid(a.oid, b.oid)),
  );

describe('a walk of an honest device', () => {
  const tables = [...table(SUPPLIES, 5), ...table(['1.3.6.1.2.1.43.12.1.1.4'], 4)];

  it('fetches columns side by side, neighbours under one name, and sees each end', async () => {
    const { got, asked } = await walk(1, honestAnswer(tables), SUPPLIES);
    assert.equal(got.end, 'complete');
    assert.deepEqual(got.varbinds, within(tables, SUPPLIES));
    assert.deepEqual(
      asked.map(({ pdu, oids, maxRepetitions }) => [pdu, oids.length, maxRepetitions]),
      // First whether the table has rows; then some of each column; then as many as a column that is over had, and one.
      [
        ['getBulk', 1, 1],
        ['getBulk', 2, 5],
        ['getBulk', 1, 6],
      ],
    );
    assert.deepEqual([got.cost.requests, got.cost.packets], [3, 6]);
  });

  it('asks behind a row that is likely to be there in the first request, and goes by what is there', async () => {
    const likely = oid('1.3.6.1.2.1.2.2.1.6.1');
    for (const [place, rows, requests] of [
      [21, ['1'], 1],
      [22, ['1', '2'], 2],
      [23, ['3'], 2],
      [24, [], 1],
    ] as const) {
      const column = oid('1.3.6.1.2.1.2.2.1.6');
      const told = rows.map((row): Varbind => ({ oid: oid(`${column}.${row}`), value: { type: 'integer', value: 7 } }));
      const agent = await startAgent(`127.14.0.${place}`, honestAnswer([...told, ...tables]));
      const { engine } = underTest();
      const got = await engine.walk(agent.target('v2c'), [column], { patience: PATIENT, likelyRows: [likely] });
      assert.deepEqual([got.end, got.varbinds], ['complete', told], `${rows.length} rows`);
      assert.deepEqual(agent.asked[0]?.oids, [column, likely]);
      assert.equal(agent.asked.length, requests, `${rows.length} rows`);
      await engine.close();
      await agent.close();
    }
  });

  it('v1: fetches a row of all columns at a time by GETNEXT', async () => {
    const { got, asked } = await walk(2, honestAnswer(tables), SUPPLIES, 'v1');
    assert.equal(got.end, 'complete');
    assert.deepEqual(got.varbinds, within(tables, SUPPLIES));
    assert.deepEqual(
      asked.map(({ pdu, oids }) => [pdu, oids.length]),
      Array.from({ length: 6 }, () => ['getNext', 3]),
    );
  });

  for (const [at, version] of (['v2c', 'v1'] as const).entries()) {
    it(`${version}: sees the end of the MIB as an end`, async () => {
      const { got } = await walk(3 + at, honestAnswer(table(SUPPLIES, 12)), SUPPLIES, version);
      assert.equal(got.end, 'complete');
      assert.deepEqual(got.varbinds, table(SUPPLIES, 12));
    });

    it(`${version}: tells an empty column as complete and empty`, async () => {
      const { got } = await walk(5 + at, honestAnswer(table([LEVEL], 2)), [DESCRIPTION, CAPACITY], version);
      assert.deepEqual([got.end, got.varbinds], ['complete', []]);
    });
  }

  it('asks one row more than there were before, so that its end shows and little beyond', async () => {
    const agent = await startAgent('127.14.0.14', honestAnswer(tables));
    const { engine } = underTest();
    for (const expectedRows of [5, 0, 1000]) {
      const got = await engine.walk(agent.target(), SUPPLIES, { patience: PATIENT, expectedRows });
      assert.deepEqual([got.end, got.varbinds.length, got.unfinished], ['complete', 15, []]);
    }
    assert.equal(agent.asked[0]?.maxRepetitions, 6);
    assert.equal(agent.asked[1]?.maxRepetitions, 1);
    assert.ok(agent.asked.every((request) => request.maxRepetitions <= 25));
    await engine.close();
    await agent.close();
  });

  it('asks more rows at once when a table turns out long', async () => {
    const { got, asked } = await walk(7, honestAnswer(table([LEVEL], 200)), [LEVEL]);
    assert.deepEqual([got.end, got.varbinds.length], ['complete', 200]);
    assert.equal(asked[0]?.maxRepetitions, 1);
    assert.equal(Math.max(...asked.map((request) => request.maxRepetitions)), 25);
    assert.ok(asked.length <= 14, `${asked.length} requests`);
  });

  it('asks fewer rows at once when values are long', async () => {
    const value = { type: 'octets', value: new Uint8Array(250) } as const;
    const long = table([DESCRIPTION, CAPACITY], 30).map((each) => ({ oid: each.oid, value }));
    const { got, asked } = await walk(8, honestAnswer(long), [DESCRIPTION, CAPACITY]);
    assert.deepEqual([got.end, got.varbinds.length], ['complete', 60]);
    for (const request of asked.slice(1)) assert.ok(request.maxRepetitions * request.oids.length <= 5);
  });

  it('starts every request inside its column', async () => {
    const { asked } = await walk(9, honestAnswer(tables, { most: 4 }), SUPPLIES);
    assert.ok(asked.length > 3);
    for (const name of asked.flatMap((request) => request.oids)) {
      assert.ok(
        SUPPLIES.some((column) => isWithin(column, name)),
        name,
      );
    }
  });

  it('asks a column within another one once', async () => {
    const { got } = await walk(10, honestAnswer(tables), [LEVEL, oid('1.3.6.1.2.1.43.11.1.1'), LEVEL]);
    assert.deepEqual(got.varbinds, within(tables, [oid('1.3.6.1.2.1.43.11.1.1')]));
  });

  it('asks nothing where nothing is wanted', async () => {
    const { got, asked } = await walk(11, honestAnswer(tables), []);
    assert.deepEqual([got.end, got.varbinds.length, asked.length], ['complete', 0, 0]);
  });

  it('walks many columns in requests that fit', async () => {
    const columns = Array.from({ length: 90 }, (_, index) => oid(`1.3.6.1.4.1.1347.43.${index + 1}`));
    const { got, asked } = await walk(12, honestAnswer(table(columns, 3)), columns);
    assert.deepEqual([got.end, got.varbinds.length], ['complete', 270]);
    for (const request of asked) assert.ok(request.oids.length <= 40);
  });

  it('is not begun outside the allow-list', async () => {
    for (const column of ['1.3.6.1.2.1', '1.3.6.1.2', '1.3.6.1.2.1.4.22', '1.3.6.1.2.1.430'].map(oid)) {
      const { got, asked } = await walk(13, honestAnswer(tables), [LEVEL, column]);
      assert.deepEqual(got.end, { kind: 'notAllowed', oid: column });
      assert.deepEqual([got.cost.packets, asked.length], [0, 0]);
    }
  });

  it('is the same for every size of answer, with GETBULK or without', async () => {
    let runs = 0;
    const instance = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 2 });
    const site = fc.record({
      rows: fc.array(fc.tuple(fc.constantFrom('5', '6', '7', '8', '9', '10', '128'), instance), { maxLength: 60 }),
      columns: fc.uniqueArray(fc.constantFrom('6', '7', '9', '128'), { minLength: 1 }),
      most: fc.integer({ min: 1, max: 40 }),
      bulk: fc.constantFrom<NonNullable<AgentLimits['bulk']>>('answered', 'tooBig', 'genErr'),
      version: fc.constantFrom('v1', 'v2c'),
    });
    await fc.assert(
      fc.asyncProperty(site, async ({ rows, columns, most, bulk, version }) => {
        runs += 1;
        const names = new Set(rows.map(([column, index]) => `1.3.6.1.2.1.43.11.1.1.${column}.${index.join('.')}`));
        const objects = [...names].map((name, place) => ({ oid: oid(name), value: integer(place) }));
        const wanted = columns.map((column) => oid(`1.3.6.1.2.1.43.11.1.1.${column}`));
        const { engine } = underTest({ openSocket: inMemory(honestAnswer(objects, { most, bulk })) });
        const got = await engine.walk(targetAt('127.14.1.1', 161, version), wanted, { limits: { requests: 10_000 } });
        assert.equal(got.end, 'complete');
        assert.deepEqual(got.varbinds, within(objects, wanted));
        await engine.close();
      }),
      { numRuns: 200 },
    );
    assert.equal(runs, 200);
  });
});

describe('a walk of a clumsy device', () => {
  const objects = table(SUPPLIES, 5);

  it('goes on by GETNEXT where GETBULK is refused, and remembers it', async () => {
    const agent = await startAgent('127.14.2.1', honestAnswer(objects, { bulk: 'genErr' }));
    const { engine } = underTest();
    for (let run = 0; run < 2; run += 1) {
      const got = await engine.walk(agent.target(), SUPPLIES, { patience: PATIENT });
      assert.deepEqual([got.end, got.varbinds], ['complete', objects]);
    }
    assert.deepEqual(
      agent.asked.map((request) => request.pdu).filter((pdu) => pdu === 'getBulk'),
      ['getBulk'],
    );
    await engine.close();
    await agent.close();
  });

  it('goes on by GETNEXT where GETBULK is ignored', async () => {
    const agent = await startAgent('127.14.2.2', honestAnswer(objects, { bulk: 'ignored' }));
    const { engine, clock } = underTest();
    const call = engine.walk(agent.target(), SUPPLIES, { patience: { timeout: millis(50), retries: 1 } });
    await agent.heard(1);
    await clock.advance(millis(50));
    await agent.heard(2);
    await clock.advance(millis(100));
    const got = await call;
    assert.deepEqual([got.end, got.varbinds], ['complete', objects]);
    await engine.close();
    await agent.close();
  });

  const clumsy: readonly [why: string, change: (answer: readonly Varbind[], request: Request) => readonly Varbind[]][] =
    [
      ['one varbind an answer', (all) => all.slice(0, 1)],
      ['nothing to GETBULK', (all, request) => (request.pdu === 'getBulk' ? [] : all)],
      ['a varbind less than a row', (all) => (all.length > 1 ? all.slice(0, -1) : all)],
      [
        'column after column in place of row after row',
        (all, { oids }) => oids.flatMap((_, at) => all.filter((__, place) => place % oids.length === at)),
      ],
      ['rows in reverse', (all, request) => (request.pdu === 'getBulk' ? all.toReversed() : all)],
      ['more rows than asked', (all, request) => (request.pdu === 'getNext' ? [...all, ...all] : all)],
    ];
  for (const [place, [why, change]] of clumsy.entries()) {
    it(`is complete all the same: ${why}`, async () => {
      const by = honestAnswer([...objects, ...table(['1.3.6.1.2.1.43.12.1.1.4'], 2)]);
      const answer: Answer = (request, bytes) => {
        const [whole] = by(request, bytes) as [Uint8Array];
        return [reply(request, change(varbindsOf(whole), request))];
      };
      const { got } = await walk(30 + place, answer, SUPPLIES);
      assert.deepEqual([got.end, got.varbinds], ['complete', objects]);
    });
  }

  for (const [place, version] of (['v1', 'v2c'] as const).entries()) {
    it(`${version}: a column that cannot be told costs only itself`, async () => {
      const by = honestAnswer(objects);
      const answer: Answer = (request, bytes) =>
        request.oids.some((name) => isWithin(CAPACITY, name)) ? [refusal(request, 'genErr', 0)] : by(request, bytes);
      const { got } = await walk(40 + place, answer, SUPPLIES, version);
      assert.deepEqual(got.varbinds, within(objects, [DESCRIPTION, LEVEL]));
      const refused = { kind: 'refused', status: 'genErr', index: 0 };
      assert.deepEqual(got.end, refused);
      assert.deepEqual(got.unfinished, [{ column: CAPACITY, failure: refused }]);
    });
  }

  it('v1: believes in no end that the agent put on the wrong column', async () => {
    const by = honestAnswer(table(SUPPLIES, 3));
    const answer: Answer = (request, bytes) => {
      const [whole] = by(request, bytes) as [Uint8Array];
      // Its index counts from the other end.
      return [isRefusal(whole) && request.oids.length > 1 ? refusal(request, 'noSuchName', 1) : whole];
    };
    const { got } = await walk(42, answer, SUPPLIES, 'v1');
    assert.deepEqual([got.end, got.varbinds], ['complete', table(SUPPLIES, 3)]);
  });

  it('asks fewer columns at once where many get no answer', async () => {
    const columns = Array.from({ length: 12 }, (_, index) => oid(`1.3.6.1.4.1.1347.43.${index + 1}`));
    const by = honestAnswer(table(columns, 2));
    const answer: Answer = (request, bytes) => (request.oids.length > 6 ? [] : by(request, bytes));
    for (const version of ['v1', 'v2c'] as const) {
      const { engine, clock } = underTest({ openSocket: inMemory(answer) });
      const target = targetAt('127.14.2.3', 161, version);
      await engine.get(target, [columns[0] as Oid]);
      const got = await driven(clock, engine.walk(target, columns));
      assert.deepEqual([got.end, got.varbinds], ['complete', table(columns, 2)]);
      await engine.close();
    }
  });

  it('tells that a value could not be read, and goes on behind it', async () => {
    const by = honestAnswer(table([LEVEL], 4));
    const answer: Answer = (request, bytes) => {
      const [whole] = by(request, bytes) as [Uint8Array];
      const at = Buffer.from(whole).indexOf(Buffer.from([0x02, 0x01, 0x03]));
      if (at >= 0) whole[at] = 0x03;
      return [whole];
    };
    const { got } = await walk(43, answer, [LEVEL], 'v1');
    assert.deepEqual(
      got.varbinds.map(({ value }) => (value.type === 'integer' ? value.value : value.type)),
      [1, 2, 4],
    );
    assert.deepEqual(got.end, { kind: 'malformed', detail: `${LEVEL}.3: unknownType` });
  });

  it('takes noSuchObject for an end where an agent knows no other', async () => {
    const by = honestAnswer(table([LEVEL], 3));
    const answer: Answer = (request, bytes) => {
      const [whole] = by(request, bytes) as [Uint8Array];
      const absent = { type: 'noSuchObject' } as const;
      return [
        reply(
          request,
          varbindsOf(whole).map((each) => (each.value.type === 'endOfMibView' ? { ...each, value: absent } : each)),
        ),
      ];
    };
    const { got } = await walk(44, answer, [LEVEL]);
    assert.deepEqual([got.end, got.varbinds], ['complete', table([LEVEL], 3)]);
  });
});
