/**
 * Whatever a device answers, in every version: its walk ends within 5,000 varbinds, 1 MiB, 200 requests and 60 s, is never
 * called complete where its end was not seen, and no other device waits for it.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Clock, instant, manualClock, millis } from '@rsb/runtime';
import { DEFAULT_WALK_LIMITS, type Target, type WalkAnswer } from '../src/index.ts';
import { decodeRequest, encodeResponse } from '../src/message.ts';
import { type Oid, oid } from '../src/oid.ts';
import type { UsmAgent } from '../src/usm/agent.ts';
import type { SnmpValue, Varbind } from '../src/value.ts';
import { type Answer, honestAnswer, integer, refusal, reply, table, targetAt } from './agent.ts';
import { engineOn } from './engine-under-test.ts';
import { agentOn, SEALING } from './usm-device.ts';

const COLUMNS = ['1.3.6.1.2.1.43.11.1.1.8', '1.3.6.1.2.1.43.11.1.1.9'].map(oid);
const HOSTILE = '127.19.0.1';
const HONEST = '127.19.0.2';
const ROWS = 5;

type Version = 'v1' | 'v2c' | 'v3';
const VERSIONS: readonly Version[] = ['v1', 'v2c', 'v3'];

/** The row and its column that a name stands for; row 0 is before the first. */
function place(name: Oid): { column: Oid; row: number } {
  const column = COLUMNS.find((each) => name === each || name.startsWith(`${each}.`)) ?? (COLUMNS[0] as Oid);
  return {
    column,
    row:
      name === column
        ? 0
        : Number(
            name
              .slice(column.length + 1)
              .split('.')
              .at(-1),
          ),
  };
}

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

const rowOf = (name: Oid, row: number, value: SnmpValue = integer(row)): Varbind => ({
  oid: oid(`${place(name).column}.${row}`),
  value,
});
const endless = following((name) => rowOf(name, place(name).row + 1));
const bytesOf = (length: number): SnmpValue => ({ type: 'octets', value: new Uint8Array(length).fill(0x41) });

/** One name alone, as a device tells that is out of breath. */
const oneAtATime: Answer = (request, bytes) =>
  endless({ ...request, oids: request.oids.slice(0, 1), maxRepetitions: 1 }, bytes);

/** Values that no table of printers holds, each under the next name. */
const TYPES: readonly SnmpValue[] = [
  { type: 'null' },
  { type: 'opaque', value: new Uint8Array(300) },
  { type: 'oid', value: oid('1.3.6.1.4.1.1347') },
  { type: 'counter64', value: 2n ** 64n - 1n },
  { type: 'ipAddress', value: Uint8Array.of(127, 0, 0, 1) },
];

interface Hostile {
  readonly why: string;
  readonly answer: Answer;
  /** Milliseconds until each answer. */
  readonly late?: number;
}

const KINDS: readonly Hostile[] = [
  { why: 'the same name for ever', answer: following((name) => rowOf(name, 1)) },
  { why: 'the name that was asked', answer: following((name) => ({ oid: name, value: integer(1) })) },
  { why: 'names that go down', answer: following((name) => rowOf(name, (place(name).row || 1_000_000) - 1)) },
  { why: 'names in a circle of three', answer: following((name) => rowOf(name, (place(name).row % 3) + 1)) },
  {
    why: 'columns that change places',
    answer: following((name) => {
      const { column, row } = place(name);
      const other = COLUMNS.find((each) => each !== column) as Oid;
      return { oid: oid(`${other}.${row + 1}`), value: integer(row) };
    }),
  },
  { why: 'a table without an end', answer: endless },
  { why: 'a table without an end, one name at a time', answer: oneAtATime },
  { why: 'one name every 10 seconds', answer: oneAtATime, late: 10_000 },
  { why: 'a full answer every 6 seconds', answer: endless, late: 6_000 },
  { why: 'large values without an end', answer: following((name) => rowOf(name, place(name).row + 1, bytesOf(900))) },
  { why: 'giants', answer: following((name) => rowOf(name, place(name).row + 1, bytesOf(30_000))) },
  {
    why: 'arcs that grow longer and longer',
    answer: following((name) => {
      const deep = name.split('.').length < 120;
      return { oid: oid(deep ? `${name}.4294967295` : name), value: integer(1) };
    }),
  },
  {
    why: 'values of other types without an end',
    answer: following((name) => {
      const next = place(name).row + 1;
      return rowOf(name, next, TYPES[next % TYPES.length] as SnmpValue);
    }),
  },
  {
    why: 'many more rows than asked',
    answer: (request) => {
      const rows = Array.from({ length: 600 }, (_, at) => {
        const name = request.oids[at % request.oids.length] as Oid;
        return rowOf(name, place(name).row + 1 + Math.floor(at / request.oids.length));
      });
      return [reply(request, rows)];
    },
  },
  { why: 'no varbinds', answer: (request) => [reply(request, [])] },
  { why: 'genErr for ever', answer: (request) => [refusal(request, 'genErr', 1)] },
  { why: 'tooBig for ever', answer: (request) => [refusal(request, 'tooBig', 0)] },
  { why: 'an error at a place that is none', answer: (request) => [refusal(request, 'genErr', 2_147_483_647)] },
  {
    why: 'an error that no standard knows',
    answer: ({ version, community, requestId }) => [
      encodeResponse({ version, community, requestId, errorStatus: -77, errorIndex: -1, varbinds: [] }),
    ],
  },
  {
    why: 'each answer behind a flood of others',
    answer: (request, bytes) => {
      const flood = Array.from({ length: 50 }, (_, count) =>
        reply({ ...request, requestId: (request.requestId + count + 1) & 0x7fff_ffff }, [rowOf(COLUMNS[0] as Oid, 9)]),
      );
      const again = endless(request, bytes);
      return [...flood, ...again, ...again, ...again];
    },
  },
  { why: 'no answer at all', answer: () => [] },
  {
    why: 'an answer now and then',
    answer: (request, bytes) => (request.requestId % 4 === 0 ? endless(request, bytes) : []),
    late: 1900,
  },
];

/** Two devices in memory behind one engine, in any version; answers take their time on the test's clock. */
function site(hostile: Hostile, version: Version) {
  const clock = manualClock(instant(0));
  let received = 0;
  const deviceAt = (address: string) => {
    const agent = version === 'v3' ? agentOn(clock) : null;
    if (address === HOSTILE) return { agent, answer: hostile.answer, late: hostile.late ?? 0 };
    return { agent, answer: honestAnswer(table(COLUMNS, ROWS)), late: 0 };
  };
  const devices = new Map([HOSTILE, HONEST].map((address) => [address, deviceAt(address)]));
  const engine = engineOn(clock, {
    openSocket: (_family, onDatagram) => ({
      send(bytes, port, address) {
        const device = devices.get(address);
        if (device === undefined) throw new Error(`nothing is at ${address}`);
        const answers = said(device.agent, bytes, device.answer);
        if (address === HOSTILE) received += answers.reduce((sum, each) => sum + each.length, 0);
        deliverAfter(clock, device.late, answers, (each) => onDatagram(each, address, port));
      },
      close: () => {},
    }),
  });
  const target = (address: string): Target =>
    version === 'v3' ? { address, port: 161, credential: SEALING } : targetAt(address, 161, version);
  return { clock, engine, target, received: () => received };
}

function said(agent: UsmAgent | null, bytes: Uint8Array, answer: Answer): readonly Uint8Array[] {
  if (agent === null) {
    const request = decodeRequest(bytes);
    return request.ok ? answer(request.value, bytes) : [];
  }
  const heard = agent.receive(bytes);
  if (heard.kind === 'reply') return [heard.bytes];
  return heard.kind === 'request' ? answer(heard.request, bytes).map((each) => heard.wrap(each)) : [];
}

function deliverAfter(clock: Clock, late: number, answers: readonly Uint8Array[], deliver: (each: Uint8Array) => void) {
  const all = () => {
    for (const each of answers) deliver(each);
  };
  if (late === 0) queueMicrotask(all);
  else clock.after('a late answer', millis(late), all);
}

describe('a hostile walk', () => {
  let tried = 0;
  for (const version of VERSIONS) {
    for (const kind of KINDS) {
      it(`ends, in ${version}: ${kind.why}`, async () => {
        tried += 1;
        const { clock, engine, target } = site(kind, version);
        let ended: WalkAnswer | null = null;
        const hostile = engine.walk(target(HOSTILE), COLUMNS).then((answer) => {
          ended = answer;
        });
        const neighbour = await engine.walk(target(HONEST), COLUMNS);
        assert.equal(neighbour.end, 'complete');
        assert.equal(neighbour.varbinds.length, ROWS * COLUMNS.length);
        assert.equal(clock.monotonic(), 0, 'the neighbour waited');
        for (let step = 0; step < 140 && ended === null; step += 1) await clock.advance(millis(500));
        await hostile;
        const got = ended as WalkAnswer | null;
        assert.ok(got !== null && got.end !== 'complete', JSON.stringify(got?.end));
        assert.ok(got.varbinds.length <= DEFAULT_WALK_LIMITS.varbinds, `${got.varbinds.length} varbinds`);
        assert.ok(got.cost.requests <= DEFAULT_WALK_LIMITS.requests, `${got.cost.requests} requests`);
        // The answer that goes beyond is the last.
        assert.ok(got.cost.bytes <= DEFAULT_WALK_LIMITS.bytes + 65_536, `${got.cost.bytes} bytes`);
        assert.ok(clock.monotonic() <= DEFAULT_WALK_LIMITS.time + 500, `${clock.monotonic()} ms`);
        assert.deepEqual(
          clock.waiting().filter((name) => name !== 'a late answer'),
          [],
        );
        await engine.close();
      });
    }
  }

  it('was tried in every kind and version', () => assert.equal(tried, KINDS.length * VERSIONS.length));
});
