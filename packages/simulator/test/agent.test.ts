import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { instant, manualClock, millis, seededRandom } from '@rsb/runtime';
import { oid } from '@rsb/snmp';
import { decodeResponse } from '@rsb/snmp/message';
import { type Fault, mibOf, type RunningSite, SiteBindError, startSite } from '../src/index.ts';
import { integer, row, scalar, text } from '../src/values.ts';
import { type Asker, decoded, names, shown, startAsker } from './asker.ts';

const PRINTER = '127.61.0.1';
const OTHER = '127.61.0.2';
const DESCRIPTION = '1.3.6.1.2.1.1.1.0';
const SERVICES = '1.3.6.1.2.1.1.7.0';

const mib = mibOf([
  scalar('1.3.6.1.2.1.1.1', text('a printer')),
  scalar('1.3.6.1.2.1.1.7', integer(72)),
  ...row('1.3.6.1.2.1.43.11.1.1', '1.1', { 9: integer(40) }),
  ...row('1.3.6.1.2.1.43.11.1.1', '1.2', { 9: integer(20) }),
]);

const clock = manualClock(instant(0));
let site: RunningSite;
let asker: Asker;
const seen: string[] = [];

before(async () => {
  site = await startSite({
    machines: [
      { address: PRINTER, name: 'one', mib },
      { address: OTHER, name: 'two', mib, community: 'secret', versions: ['v2c'] },
    ],
    port: 0,
    clock,
    random: seededRandom(1),
    onRequest: (address, request) => seen.push(`${address} ${request.pdu} ${request.oids.join(' ')}`),
  });
  asker = await startAsker(site.port);
});
after(async () => {
  asker.close();
  await site.close();
});

/** Sends a request that must get no answer, then a plain one: the answer that comes must be the second's. */
async function assertSilent(address: string, request: Parameters<Asker['send']>[1], community = 'public') {
  asker.send(address, { requestId: 501, ...request });
  const response = await asker.ask(address, { requestId: 502, community, oids: names(SERVICES) });
  assert.equal(response.requestId, 502);
}

describe('an agent', () => {
  it('answers at its own address only, at the port of the site', async () => {
    assert.deepEqual(site.addresses, [PRINTER, OTHER]);
    asker.send(PRINTER, { oids: names(DESCRIPTION) });
    const { bytes, fromPort } = await asker.receive();
    assert.equal(fromPort, site.port);
    assert.equal(shown(decoded(bytes).varbinds[0]?.value ?? 'nothing'), 'a printer');
    await assert.rejects(
      startSite({ machines: [{ address: PRINTER, name: 'again', mib }], port: site.port }),
      (error) => error instanceof SiteBindError && error.code === 'EADDRINUSE' && error.port === site.port,
    );
    const neighbour = await startSite({ machines: [{ address: '127.61.0.3', name: 'three', mib }], port: site.port });
    await neighbour.close();
  });
  it('is silent for a wrong community, a version it does not speak, and bytes that are no request', async () => {
    const before = site.traffic(OTHER).refused;
    await assertSilent(OTHER, { community: 'public', oids: names(SERVICES) }, 'secret');
    await assertSilent(OTHER, { community: 'secret', version: 'v1', oids: names(SERVICES) }, 'secret');
    assert.equal(site.traffic(OTHER).refused, before + 1);
  });
  it('tells what it was asked and counts datagrams', async () => {
    seen.length = 0;
    const { received, sent, receivedBytes, sentBytes } = site.traffic(PRINTER);
    await asker.ask(PRINTER, { pdu: 'getNext', oids: names('1.3.6.1.2.1.43') });
    assert.deepEqual(seen, [`${PRINTER} getNext 1.3.6.1.2.1.43`]);
    const now = site.traffic(PRINTER);
    assert.deepEqual([now.received, now.sent], [received + 1, sent + 1]);
    assert.ok(now.receivedBytes > receivedBytes && now.sentBytes > sentBytes);
  });
  it('can be unplugged, and another machine put in its place', async () => {
    const machine = { address: '127.61.0.9', name: 'nine', mib };
    const own = await startSite({ machines: [machine], port: 0 });
    const asking = await startAsker(own.port);
    await own.plugIn({ ...machine, mib: mibOf([scalar('1.3.6.1.2.1.1.1', text('its successor'))]) });
    const { varbinds } = await asking.ask(machine.address, { oids: names(DESCRIPTION) });
    assert.equal(shown(varbinds[0]?.value ?? 'nothing'), 'its successor');
    await own.unplug(machine.address);
    assert.throws(() => own.traffic(machine.address));
    asking.close();
    await own.close();
  });
});

describe('a machine that misbehaves', () => {
  const supplies = '1.3.6.1.2.1.43.11.1.1.9';
  /** A case for each kind: a new one that is not tried is a type error. Silence is tried below, where nothing is waited for. */
  const cases: {
    readonly [K in Exclude<Fault['kind'], 'silent'>]: {
      readonly fault: Extract<Fault, { kind: K }>;
      readonly check: () => Promise<void>;
    };
  } = {
    silentBelow: {
      fault: { kind: 'silentBelow', objects: names('1.3.6.1.2.1.43') },
      check: () => assertSilent(PRINTER, { oids: names(`${supplies}.1.1`) }),
    },
    loses: {
      fault: { kind: 'loses', lost: 2, outOf: 3 },
      check: async () => {
        for (const requestId of [1, 2, 3, 4, 5, 6]) asker.send(PRINTER, { requestId, oids: names(SERVICES) });
        const answered = [decoded((await asker.receive()).bytes), decoded((await asker.receive()).bytes)];
        assert.deepEqual(
          answered.map(({ requestId }) => requestId),
          [3, 6],
        );
      },
    },
    halfAnswers: {
      fault: { kind: 'halfAnswers' },
      check: async () => {
        const { varbinds } = await asker.ask(PRINTER, { oids: names(SERVICES, DESCRIPTION) });
        assert.deepEqual(
          varbinds.map(({ oid: name }) => name),
          [SERVICES],
        );
      },
    },
    genErr: {
      fault: { kind: 'genErr', objects: names('1.3.6.1.2.1.43') },
      check: async () => {
        assert.equal((await asker.ask(PRINTER, { oids: names(`${supplies}.1.1`) })).errorStatus, 5);
        assert.equal((await asker.ask(PRINTER, { oids: names(SERVICES) })).errorStatus, 0);
      },
    },
    truncated: {
      fault: { kind: 'truncated' },
      check: async () => {
        asker.send(PRINTER, { oids: names(SERVICES) });
        assert.equal(decodeResponse((await asker.receive()).bytes).ok, false);
      },
    },
    garbage: {
      fault: { kind: 'garbage' },
      check: async () => {
        asker.send(PRINTER, { oids: names(SERVICES) });
        assert.equal(decodeResponse((await asker.receive()).bytes).ok, false);
      },
    },
    wrongId: {
      fault: { kind: 'wrongId' },
      check: async () =>
        assert.equal((await asker.ask(PRINTER, { requestId: 9, oids: names(SERVICES) })).requestId, 10),
    },
    wrongNames: {
      fault: { kind: 'wrongNames' },
      check: async () =>
        assert.equal((await asker.ask(PRINTER, { oids: names(SERVICES) })).varbinds[0]?.oid, `${SERVICES}.99`),
    },
    volunteers: {
      fault: { kind: 'volunteers', varbinds: [{ oid: oid('1.3.6.1.2.1.1.4.0'), value: text('unasked') }] },
      check: async () => {
        const { varbinds } = await asker.ask(PRINTER, { oids: names(SERVICES) });
        assert.deepEqual(
          varbinds.map(({ oid: name }) => name),
          [SERVICES, '1.3.6.1.2.1.1.4.0'],
        );
      },
    },
    twice: {
      fault: { kind: 'twice' },
      check: async () => {
        asker.send(PRINTER, { requestId: 11, oids: names(SERVICES) });
        const both = [decoded((await asker.receive()).bytes), decoded((await asker.receive()).bytes)];
        assert.deepEqual(both[0], both[1]);
      },
    },
    otherPort: {
      fault: { kind: 'otherPort' },
      check: async () => {
        asker.send(PRINTER, { oids: names(SERVICES) });
        assert.notEqual((await asker.receive()).fromPort, site.port);
      },
    },
    otherAddress: {
      fault: { kind: 'otherAddress' },
      check: async () => {
        asker.send(PRINTER, { oids: names(SERVICES) });
        assert.notEqual((await asker.receive()).fromAddress, PRINTER);
      },
    },
    shrinks: {
      fault: { kind: 'shrinks' },
      check: async () => {
        const counts: number[] = [];
        for (let each = 0; each < 3; each += 1) {
          const asked = { pdu: 'getBulk', maxRepetitions: 5, oids: names('1.3.6.1.2.1') } as const;
          counts.push((await asker.ask(PRINTER, asked)).varbinds.length);
        }
        assert.deepEqual(counts, [4, 3, 2]);
      },
    },
    reversed: {
      fault: { kind: 'reversed' },
      check: async () => {
        const { varbinds } = await asker.ask(PRINTER, { oids: names(SERVICES, DESCRIPTION) });
        assert.deepEqual(
          varbinds.map(({ oid: name }) => name),
          [DESCRIPTION, SERVICES],
        );
      },
    },
    absentAs: {
      fault: { kind: 'absentAs', value: 'null' },
      check: async () => {
        const { varbinds } = await asker.ask(PRINTER, { oids: names(`${SERVICES}.99`, SERVICES) });
        assert.deepEqual(varbinds[0]?.value, { type: 'null' });
        assert.notDeepEqual(varbinds[1]?.value, { type: 'null' });
      },
    },
    sameOid: {
      fault: { kind: 'sameOid' },
      check: async () => {
        const { varbinds } = await asker.ask(PRINTER, { pdu: 'getNext', oids: names(`${supplies}.1.1`) });
        assert.equal(varbinds[0]?.oid, `${supplies}.1.1`);
      },
    },
    endless: {
      fault: { kind: 'endless' },
      check: async () => {
        let name = oid(`${supplies}.1.1`);
        for (let round = 0; round < 20; round += 1) {
          const { varbinds } = await asker.ask(PRINTER, { pdu: 'getNext', oids: [name] });
          name = varbinds[0]?.oid ?? name;
        }
        assert.equal(name, `${supplies}.1.21`);
      },
    },
    circle: {
      fault: { kind: 'circle' },
      check: async () => {
        const { varbinds } = await asker.ask(PRINTER, { pdu: 'getNext', oids: names(`${supplies}.1.2`) });
        assert.equal(varbinds[0]?.oid, DESCRIPTION);
      },
    },
    slow: {
      fault: { kind: 'slow', delay: millis(3000) },
      check: async () => {
        const heard = asker.ask(PRINTER, { requestId: 77, oids: names(SERVICES) });
        // The agent has taken the request in once it waits for its time to answer.
        while (clock.waiting().length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
        await clock.advance(millis(2999));
        assert.deepEqual(clock.waiting(), ['late answer']);
        await clock.advance(millis(1));
        assert.equal((await heard).requestId, 77);
      },
    },
  };
  for (const { fault, check } of Object.values(cases)) {
    it(fault.kind, async () => {
      site.misbehave(PRINTER, [fault]);
      try {
        await check();
      } finally {
        site.misbehave(PRINTER, []);
      }
      assert.equal((await asker.ask(PRINTER, { oids: names(SERVICES) })).errorStatus, 0, 'mended');
    });
  }
  it('silent', async () => {
    site.misbehave(PRINTER, [{ kind: 'silent' }]);
    const { received, sent } = site.traffic(PRINTER);
    asker.send(PRINTER, { requestId: 90, oids: names(SERVICES) });
    while (site.traffic(PRINTER).received === received) await new Promise<void>((resolve) => setImmediate(resolve));
    assert.equal(site.traffic(PRINTER).sent, sent);
    site.misbehave(PRINTER, []);
    assert.equal((await asker.ask(PRINTER, { requestId: 91, oids: names(SERVICES) })).requestId, 91);
  });
});
