/** Reading one device over real UDP: whole, half, broken, silent; and again by what was learned. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PARTS, parseReading, type Reading } from '@rsb/contract';
import { instant, manualClock, millis } from '@rsb/runtime';
import { allObjects, type Fault, type MibObject, mibOf, seedMachines, seedSite } from '@rsb/simulator';
import { isWithin, type Oid, oid, type UsmCredential, usmKey } from '@rsb/snmp';
import { type LearnedPlan, pollDevice, type ReadResult, readDevice } from '../src/read/index.ts';
import { BRIEF, community, siteUnderTest } from './simulated-site.ts';

const RICOH = '127.0.10.9';
const KYOCERA = '127.0.10.123';
const CREDENTIALS = [community('public')];
const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));

/** Polled, and left alone by the tests before: the engine remembers how a device behaves. */
const POLLED_RICOH = '127.0.20.2';
const POLLED_KYOCERA = '127.0.20.3';
const seed = seedSite();
const machines = [
  ...seed,
  ...seed.filter(({ address }) => address === RICOH).map((machine) => ({ ...machine, address: POLLED_RICOH })),
  ...seed.filter(({ address }) => address === KYOCERA).map((machine) => ({ ...machine, address: POLLED_KYOCERA })),
];
const machineAt = (address: string) => {
  const machine = machines.find((each) => each.address === address);
  if (!machine) assert.fail(address);
  return machine;
};
const printers = new Set(seedMachines.map(({ facts }) => facts.address));
const server = machines.find(({ address }) => !printers.has(address))?.address ?? '';

const LOCKED = '127.0.20.4';
const FLEET: UsmCredential = {
  version: 'v3',
  user: 'fleet',
  context: '',
  auth: { protocol: 'sha256', key: usmKey('sha256', 'maplesyrup') },
  privacy: { protocol: 'aes128', key: usmKey('sha256', 'otherphrase') },
};

const { snmp, site, port, requests } = await siteUnderTest([
  ...machines,
  {
    ...machineAt(KYOCERA),
    address: LOCKED,
    name: 'v3 only',
    versions: [],
    usm: { engineId: Uint8Array.of(0x80, 0, 0x1f, 0x88, 4, 1, 2, 3), boots: 3, users: [FLEET] },
  },
  { ...machineAt(RICOH), address: '127.0.20.1', name: 'v1 only', versions: ['v1'] },
]);
const deps = { snmp, clock };
const target = (address: string) => ({ address, port, credentials: CREDENTIALS, parts: PARTS });
const read = (address: string) => readDevice(deps, target(address), { patience: BRIEF });

function only({ readings }: ReadResult): Reading {
  assert.equal(readings.length, 1);
  const parsed = parseReading(readings[0]);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.error));
  return readings[0];
}

/** What a reading says, without when it was taken and what it cost. */
function said(result: ReadResult): readonly Omit<Reading, 'takenAt' | 'wire'>[] {
  return result.readings.map(({ takenAt: _takenAt, wire: _wire, ...rest }) => rest);
}

describe('a first read', () => {
  it('gives the numbers of the seed', async () => {
    const reading = only(await read(RICOH));
    assert.equal(reading.identity?.serialNumber, 'V2284701060');
    assert.equal(reading.counters?.life, 50_408);
    assert.deepEqual(reading.counters?.total, { all: 50_408, mono: 22_802, color: 27_606 });
    assert.equal(reading.counters?.print.mono, 11_720);
    assert.equal(reading.counters?.print.color, 24_488);
    assert.equal(reading.completeness.state, 'complete');
    assert.equal(reading.takenAt, '2026-11-24T08:00:00Z');
    assert.deepEqual(reading.asked, PARTS);
  });

  it('costs what the device saw', async () => {
    const before = { ...site.traffic(KYOCERA) };
    const result = await read(KYOCERA);
    const after = site.traffic(KYOCERA);
    const packets = after.received - before.received + after.sent - before.sent;
    const payload = after.receivedBytes - before.receivedBytes + after.sentBytes - before.sentBytes;
    assert.deepEqual(result.readings[0].wire, result.cost);
    assert.equal(result.cost.packets, packets);
    assert.equal(result.cost.bytes, payload + packets * 28);
    assert.ok(packets <= 12, `${packets} packets`);
  });

  it('asks only the parts that are wanted', async () => {
    const { readings } = await readDevice(deps, { ...target(RICOH), parts: ['status'] }, { patience: BRIEF });
    assert.deepEqual(readings[0].asked, ['status']);
    assert.equal(readings[0].counters, undefined);
    assert.equal(readings[0].identity, undefined);
    assert.ok(readings[0].status);
  });

  it('finds the credential that is answered, and says which', async () => {
    const result = await readDevice(
      deps,
      { ...target(RICOH), credentials: [community('wrong'), community('public')] },
      { patience: BRIEF },
    );
    assert.equal(result.credential, 1);
    assert.equal(only(result).completeness.state, 'complete');
  });

  it('reads a device that knows only v1, the same', async () => {
    const v1 = await readDevice(
      deps,
      { ...target('127.0.20.1'), credentials: [community('public'), community('public', 'v1')] },
      { patience: BRIEF },
    );
    assert.equal(v1.credential, 1);
    const whole = only(await read(RICOH));
    assert.deepEqual(v1.readings[0].counters, whole.counters);
    assert.deepEqual(v1.readings[0].supplies, whole.supplies);
  });
});

describe('what is no reading', () => {
  const nothing = (reading: Reading) => {
    assert.equal(reading.kind, null);
    assert.equal(reading.driver, null);
    for (const part of PARTS) assert.equal(reading[part], undefined, part);
    assert.deepEqual(reading.completeness.missing, PARTS);
  };

  it('silence: unreachable, and a wrong community looks the same', async () => {
    for (const [result, packets] of [
      [await read('127.0.20.99'), 2],
      // One that has answered before is asked for a single object too: it may only drop large requests.
      [await readDevice(deps, { ...target(RICOH), credentials: [community('wrong')] }, { patience: BRIEF }), 3],
    ] as const) {
      const reading = only(result);
      nothing(reading);
      assert.equal(reading.completeness.state, 'unreachable');
      assert.equal(reading.completeness.reasons['counters'], 'noAnswer');
      assert.equal(result.plan, null);
      assert.equal(result.credential, null);
      assert.deepEqual(reading.wire, result.cost);
      assert.equal(result.cost.packets, packets);
    }
  });

  it('a server: not a printer, and nothing of it in the reading', async () => {
    const result = await read(server);
    const reading = only(result);
    nothing(reading);
    assert.equal(reading.completeness.state, 'notPrinter');
    assert.equal(result.plan, null);
  });

  it('an error for everything: refused', async () => {
    site.misbehave(KYOCERA, [{ kind: 'genErr' }]);
    const reading = only(await read(KYOCERA));
    site.misbehave(KYOCERA, []);
    nothing(reading);
    assert.equal(reading.completeness.state, 'refused');
  });

  it('an abort: it ends at once', async () => {
    const abort = new AbortController();
    const reading = readDevice(deps, target('127.0.20.99'), {
      patience: { timeout: millis(60_000), retries: 5 },
      signal: abort.signal,
    });
    abort.abort();
    assert.equal(only(await reading).completeness.state, 'unreachable');
  });
});

describe('a device that misbehaves costs only its own reading, and a bounded number of packets', () => {
  const alerts = [oid('1.3.6.1.2.1.43.18')];
  const supplies = oid('1.3.6.1.2.1.43.11.1.1');
  const cases: readonly (readonly [
    name: string,
    faults: readonly Fault[],
    state: string,
    missing?: Readonly<Record<string, string>>,
  ])[] = [
    ['says nothing of its alerts', [{ kind: 'silentBelow', objects: alerts }], 'partial', { alerts: 'noAnswer' }],
    ['refuses its supplies', [{ kind: 'genErr', objects: [supplies] }], 'partial', { supplies: 'partRefused' }],
    // Half of one is nothing.
    ['answers half of what is asked', [{ kind: 'halfAnswers' }], 'partial', { counters: 'answerMalformed' }],
    ['loses every third request', [{ kind: 'loses', lost: 1, outOf: 3 }], 'complete'],
    ['answers twice', [{ kind: 'twice' }], 'complete'],
    ['answers another request', [{ kind: 'wrongId' }], 'unreachable'],
    ['answers from another port', [{ kind: 'otherPort' }], 'unreachable'],
    ['sends bytes that are no message', [{ kind: 'garbage' }], 'refused', { status: 'answerMalformed' }],
    ['cuts its answers', [{ kind: 'truncated' }], 'refused', { status: 'answerMalformed' }],
    ['answers other names', [{ kind: 'wrongNames' }], 'refused', { status: 'answerMalformed' }],
    ['stands still in a walk', [{ kind: 'sameOid' }], 'partial', { supplies: 'answerTruncated' }],
    ['walks in a circle', [{ kind: 'circle' }], 'partial|complete'],
    ['never ends a walk', [{ kind: 'endless' }], 'partial', { supplies: 'answerTruncated' }],
    [
      'tells what nobody asked for',
      [
        {
          kind: 'volunteers',
          varbinds: [
            {
              oid: oid('1.3.6.1.2.1.43.16.5.1.2.1.1'),
              value: { type: 'octets', value: Buffer.from('SECRET-CONSOLE') },
            },
          ],
        },
      ],
      'complete',
    ],
  ];
  const isNever = (faults: readonly Fault[]) =>
    faults.some(({ kind }) => ['garbage', 'truncated', 'wrongNames', 'wrongId', 'otherPort'].includes(kind));
  for (const [name, faults, state, missing = {}] of cases) {
    it(name, async () => {
      site.misbehave(KYOCERA, faults);
      // What is never answered is waited for often: each wait is short here.
      const patience = isNever(faults) ? { timeout: millis(20), retries: 0 } : BRIEF;
      const result = await readDevice(deps, target(KYOCERA), { patience });
      site.misbehave(KYOCERA, []);
      const reading = only(result);
      assert.ok(state.split('|').includes(reading.completeness.state), reading.completeness.state);
      assert.deepEqual(
        Object.fromEntries(Object.keys(missing).map((path) => [path, reading.completeness.reasons[path]])),
        missing,
      );
      assert.ok(result.cost.requests <= 220, `${result.cost.requests} requests`);
      assert.ok(!JSON.stringify(reading).includes('SECRET'));
      if (reading.completeness.state === 'partial') {
        assert.equal(reading.counters?.life, 28_536);
        assert.equal(result.plan, null, 'half a read teaches no plan');
      }
    });
  }
  assert.equal(cases.length, 14);
});

describe('a poll of a known device', () => {
  const whole = async (address: string) => {
    const first = await read(address);
    if (!first.plan) assert.fail('no plan');
    // As it comes back from the store.
    return { first, plan: JSON.parse(JSON.stringify(first.plan)) as LearnedPlan };
  };

  for (const address of [POLLED_RICOH, POLLED_KYOCERA]) {
    it(`says the same as the first read of ${address}, for fewer bytes`, async () => {
      const { first, plan } = await whole(address);
      const poll = await pollDevice(deps, { ...target(address), plan }, { patience: BRIEF });
      assert.deepEqual(said(poll), said(first));
      assert.ok(poll.cost.bytes < first.cost.bytes, `${poll.cost.bytes} of ${first.cost.bytes}`);
      assert.ok(poll.cost.requests < first.cost.requests);
    });
  }

  it('is one request and one answer, of what the device has and of the rows of its alerts', async () => {
    const { plan } = await whole(POLLED_KYOCERA);
    requests.length = 0;
    const poll = await pollDevice(deps, { ...target(POLLED_KYOCERA), plan }, { patience: BRIEF });
    assert.equal(poll.cost.packets, 2);
    const [asked, ...more] = requests.map(({ request }) => request);
    assert.ok(asked);
    assert.deepEqual(more, []);
    assert.equal(asked.pdu, 'getBulk');
    const { mib } = machineAt(POLLED_KYOCERA);
    const comes = asked.oids.flatMap((name, place) => {
      const told: string[] = [];
      let last: Oid | undefined = name;
      for (let left = place < asked.nonRepeaters ? 1 : asked.maxRepetitions; left > 0 && last; left -= 1) {
        last = mib.next(last)?.oid;
        if (last) told.push(last);
      }
      return told;
    });
    const wanted = new Set(Object.entries(plan.parts).flatMap(([part, { get }]) => (part === 'identity' ? [] : get)));
    for (const anchor of plan.anchors) wanted.add(anchor);
    assert.ok(wanted.size >= 10, `${wanted.size} wanted`);
    for (const name of wanted) assert.equal(comes.filter((each) => each === name).length, 1, name);
    const others = comes.filter((name) => !wanted.has(name as Oid));
    const rows = plan.parts.alerts?.rows?.length ?? 0;
    assert.ok(others.length <= 5 * rows + 1 + 5, `${others.length} more than the rows of alerts, and what is behind`);
  });

  it('by v1 says the same, for few packets', async () => {
    const v1 = { ...target('127.0.20.1'), credentials: [community('public', 'v1')] };
    const first = await readDevice(deps, v1, { patience: BRIEF });
    if (!first.plan) assert.fail('no plan');
    const poll = await pollDevice(deps, { ...v1, plan: first.plan }, { patience: BRIEF });
    assert.deepEqual(said(poll), said(first));
    assert.ok(poll.cost.packets <= 4 && poll.cost.packets < first.cost.packets, `${poll.cost.packets} packets`);
  });

  it('by an SNMPv3 user, signed and encrypted, is one request and one answer too', async () => {
    const locked = { ...target(LOCKED), credentials: [FLEET] };
    const first = await readDevice(deps, locked, { patience: BRIEF });
    if (!first.plan) assert.fail('no plan');
    for (let hour = 0; hour < 2; hour += 1) {
      const poll = await pollDevice(deps, { ...locked, plan: first.plan }, { patience: BRIEF });
      assert.deepEqual(said(poll), said(first));
      assert.equal(poll.cost.packets, 2);
      assert.ok(poll.cost.bytes <= 1100, `${poll.cost.bytes} bytes`);
    }
  });

  it('asks of the identity what proves that it is the same machine, and says the rest as it was', async () => {
    const { first, plan } = await whole(POLLED_RICOH);
    requests.length = 0;
    const poll = await pollDevice(deps, { ...target(POLLED_RICOH), parts: ['identity'], plan }, { patience: BRIEF });
    assert.deepEqual(
      requests.map(({ request }) => [request.pdu, [...request.oids].sort()]),
      [['get', [...plan.anchors].sort()]],
    );
    assert.deepEqual(poll.readings[0].identity, first.readings[0].identity);
  });

  it('asks for the rows of alerts that there were and what is behind the last, and finds those that came since', async () => {
    const { plan } = await whole(POLLED_RICOH);
    const machine = machineAt(POLLED_RICOH);
    const alert = (column: number, row: number) => oid(`1.3.6.1.2.1.43.18.1.1.${column}.1.${row}`);
    const before = plan.parts.alerts?.rows?.length ?? 0;
    requests.length = 0;
    await pollDevice(deps, { ...target(POLLED_RICOH), parts: ['alerts'], plan }, { patience: BRIEF });
    const asks = requests.map(({ request }) => request);
    assert.equal(asks.length, 1);
    const rowsAsked = asks.flatMap(({ oids, nonRepeaters, maxRepetitions }) => {
      const alone = oids.slice(0, nonRepeaters).filter((name) => isWithin(oid('1.3.6.1.2.1.43.18.1.1.2'), name));
      return [alone.length + (oids.length > nonRepeaters ? maxRepetitions : 0)];
    });
    assert.deepEqual(rowsAsked, [before + 1]);
    const everything = [...allObjects(machine.mib, oid('1.3'))].map(({ oid: name, value }): MibObject => [name, value]);
    const more = [900, 901, 902].flatMap((row): MibObject[] => [
      [alert(2, row), { type: 'integer', value: 3 }],
      [alert(7, row), { type: 'integer', value: 8 }],
    ]);
    await site.plugIn({ ...machine, mib: mibOf([...everything, ...more]) });
    const poll = await pollDevice(deps, { ...target(POLLED_RICOH), parts: ['alerts'], plan }, { patience: BRIEF });
    await site.plugIn(machine);
    assert.equal(poll.readings[0].alerts?.length, before + 3);
    assert.deepEqual(poll.readings[0].completeness.missing, []);
    assert.equal(poll.plan?.parts.alerts?.rows?.length, before + 3, 'the next poll asks for as many');
  });

  it('of counters and state without the identity is one request', async () => {
    const { first, plan } = await whole(POLLED_KYOCERA);
    const poll = await pollDevice(
      deps,
      { ...target(POLLED_KYOCERA), parts: ['counters', 'supplies', 'status', 'alerts'], plan },
      { patience: BRIEF },
    );
    assert.equal(poll.readings[0].identity, undefined);
    assert.deepEqual(poll.readings[0].counters, first.readings[0].counters);
    assert.deepEqual(poll.readings[0].supplies, first.readings[0].supplies);
    assert.equal(poll.cost.requests, 1);
  });

  it('of another machine that took the address: read anew, as itself', async () => {
    const { plan } = await whole(POLLED_KYOCERA);
    await site.plugIn({ ...machineAt(POLLED_RICOH), address: POLLED_KYOCERA });
    const poll = await pollDevice(
      deps,
      { ...target(POLLED_KYOCERA), parts: ['identity', 'counters'], plan },
      { patience: BRIEF },
    );
    await site.plugIn(machineAt(POLLED_KYOCERA));
    assert.equal(poll.driver?.name, 'ricoh');
    assert.equal(poll.readings[0].identity?.serialNumber, 'V2284701060');
    assert.equal(poll.readings[0].counters?.life, 50_408);
    assert.deepEqual(poll.readings[0].wire, poll.cost);
  });

  it('of the same model with another serial number: read anew', async () => {
    const { plan } = await whole(POLLED_KYOCERA);
    const other = machineAt('127.0.10.125');
    await site.plugIn({ ...other, address: POLLED_KYOCERA });
    const poll = await pollDevice(deps, { ...target(POLLED_KYOCERA), parts: ['counters'], plan }, { patience: BRIEF });
    await site.plugIn(machineAt(POLLED_KYOCERA));
    assert.equal(poll.readings[0].counters?.life, 178_297);
    assert.ok(poll.plan && JSON.stringify(poll.plan.known) !== JSON.stringify(plan.known));
  });

  it('of a machine that lost an object: read anew, with a new plan', async () => {
    const { plan } = await whole(POLLED_KYOCERA);
    const machine = machineAt(POLLED_KYOCERA);
    const gone = plan.parts.supplies?.get.at(-1) ?? oid('1.3');
    const left = [...allObjects(machine.mib, oid('1.3'))].filter(({ oid: name }) => name !== gone);
    await site.plugIn({ ...machine, mib: mibOf(left.map(({ oid: name, value }): MibObject => [name, value])) });
    const poll = await pollDevice(deps, { ...target(POLLED_KYOCERA), plan }, { patience: BRIEF });
    await site.plugIn(machine);
    assert.equal(only(poll).identity?.serialNumber, 'Q663894857');
    assert.notEqual(poll.plan, plan);
  });

  it('that was made by another version of the driver is made anew', async () => {
    const { first, plan } = await whole(POLLED_KYOCERA);
    const poll = await pollDevice(
      deps,
      { ...target(POLLED_KYOCERA), plan: { ...plan, driverVersion: plan.driverVersion + 1 } },
      { patience: BRIEF },
    );
    assert.deepEqual(said(poll), said(first));
    assert.deepEqual(poll.plan, plan);
  });

  it('that is silent: unreachable, with the tries of one credential only', async () => {
    const { plan } = await whole(POLLED_KYOCERA);
    site.misbehave(POLLED_KYOCERA, [{ kind: 'silent' }]);
    const poll = await pollDevice(
      deps,
      { ...target(POLLED_KYOCERA), credentials: [...CREDENTIALS, community('other')], preferred: 0, plan },
      { patience: BRIEF },
    );
    site.misbehave(POLLED_KYOCERA, []);
    const reading = only(poll);
    assert.equal(reading.completeness.state, 'unreachable');
    // The last is for a single object: it may only drop large requests.
    assert.equal(poll.cost.packets, 3);
    assert.equal(poll.plan, null);
  });

  it('that tells only some: what failed is missing, never the value of before', async () => {
    const { plan } = await whole(POLLED_KYOCERA);
    const levels = ['8', '9'].map((column) => oid(`1.3.6.1.2.1.43.11.1.1.${column}`));
    site.misbehave(POLLED_KYOCERA, [{ kind: 'genErr', objects: levels }]);
    const poll = await pollDevice(deps, { ...target(POLLED_KYOCERA), plan }, { patience: BRIEF });
    site.misbehave(POLLED_KYOCERA, []);
    const reading = only(poll);
    assert.equal(reading.completeness.state, 'partial');
    assert.equal(reading.completeness.reasons['supplies'], 'partRefused');
    for (const supply of reading.supplies ?? []) assert.equal(supply.percent, null, supply.index);
    assert.equal(reading.counters?.life, 28_536);
  });
});
