/** A /24 on a real kernel, counted packet by packet at the other end of the cable. Run in a namespace with that cable. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { allowedObjects } from '@rsb/drivers';
import { chooseSweep } from '@rsb/icmp';
import { Secret, systemClock, systemRandom } from '@rsb/runtime';
import { OFFICE } from '@rsb/simulator/wire/office';
import { startWireSite } from '@rsb/simulator/wire/start-wire-site';
import { type LineConditions, PERFECT_LINE } from '@rsb/simulator/wire/wire-site';
import { allowList, type Cost, createEngine } from '@rsb/snmp';
import { createSendBudget, discover, type Estimate, type EstimatedRange, estimate } from '../../src/discover/index.ts';
import { parseRange } from '../../src/range/index.ts';
import { readDevice } from '../../src/read/index.ts';

const NETWORK = process.env['RSB_NETWORK'] ?? '';
const clock = systemClock();
const site = await startWireSite('far', NETWORK, process.env['RSB_CAPTURES'] ?? '');
after(() => site.close());

async function findAndRead(text: string, line: Partial<LineConditions>, { seed = 1, ping = true } = {}) {
  await site.reset({ ...PERFECT_LINE, ...line }, seed);
  const range = parseRange(text);
  if (!range.ok) assert.fail(text);
  const gate = createSendBudget(clock, { packetsPerSecond: 0, ranges: [] });
  const snmp = createEngine({ clock, random: systemRandom(), allow: allowList(allowedObjects()), gate });
  const echo = await chooseSweep({ clock, which: () => undefined });
  assert.equal(echo.method, 'socket');
  const credentials = [{ version: 'v2c' as const, community: new Secret('public') }];
  const wanted = { name: text, range: range.value, credentials, ping, packetsPerSecond: 0 };
  const discovery = discover({ snmp, echo, gate, clock }, [wanted], { port: 161, packetsPerSecond: 0 });
  const states: string[] = [];
  const found: string[] = [];
  const known: Readonly<Cost>[] = [];
  const own = { packets: 0, bytes: 0 };
  for await (const each of discovery.found) {
    const { address, port, attempt, driver, identification, gathered } = each;
    found.push(address);
    // The read goes on counting where identifying ended.
    const spent = { ...gathered.cost };
    const identified = { attempt, driver, identification, gathered };
    const parts = ['identity', 'counters', 'supplies', 'status', 'alerts'] as const;
    const target = { address, port, credentials, parts, identified, before: 'none' } as const;
    const { readings, cost, plan } = await readDevice({ snmp, clock }, target);
    if (plan?.cost) known.push(plan.cost);
    own.packets += cost.packets - spent.packets;
    own.bytes += cost.bytes - spent.bytes;
    states.push(...readings.map(({ completeness }) => completeness.state));
  }
  const summary = discovery.summary();
  await Promise.all([snmp.close(), echo.close()]);
  const tally = await site.tally();
  const wire = {
    packets: tally.toSite.packets + tally.fromSite.packets,
    bytes: tally.toSite.bytes + tally.fromSite.bytes,
  };
  const told = { packets: summary.packets + own.packets, bytes: summary.bytes + own.bytes };
  const perAddress = (addresses: readonly string[]) =>
    Math.max(...addresses.map((address) => tally.byAddress[address]?.packets ?? 0));
  const reckon = (more: Pick<EstimatedRange, 'known' | 'pingOnly'> = {}) =>
    estimate([{ ...wanted, ...more }], 0, { echo });
  return { found: found.sort(), states, summary, wire, told, perAddress, known, reckon };
}

type Reckoned = Pick<Estimate, 'packets' | 'kilobytes'>;
function assertNear({ packets, kilobytes }: Reckoned, wire: { readonly packets: number; readonly bytes: number }) {
  assert.ok(Math.abs(packets - wire.packets) <= wire.packets / 10, `${packets} packets reckoned, ${wire.packets} seen`);
  const seen = wire.bytes / 1000;
  assert.ok(Math.abs(kilobytes - seen) <= seen / 10, `${kilobytes} kB reckoned, ${seen} seen`);
}

const everyone = () => new Set([...site.printers, ...site.gear, ...site.pingOnly]);
const dead = () =>
  Array.from({ length: 253 }, (_, index) => `${NETWORK}.${index + 1}`).filter((address) => !everyone().has(address));

describe('a /24 with 50 printers', () => {
  it('is discovered and fully read with few packets, counted on the cable', async () => {
    const scan = await findAndRead(`${NETWORK}.1-${NETWORK}.253`, {});
    const { found, states, summary, wire, told, perAddress, known, reckon } = scan;
    assert.deepEqual(found, [...site.printers].sort());
    assert.equal(found.length, OFFICE.printers);
    assert.equal(states.filter((state) => state === 'complete' || state === 'partial').length, states.length);
    const { alive, snmp, ignored, answersPingOnly } = summary;
    assert.deepEqual(
      { alive, snmp, ignored, answersPingOnly },
      { alive: 112, snmp: 61, ignored: OFFICE.gear, answersPingOnly: OFFICE.pingOnly },
    );
    assert.ok(perAddress(dead()) <= 2, 'packets to a dead address');
    assert.ok(perAddress(site.pingOnly) <= 4, 'packets to a live address without SNMP');
    assert.ok(perAddress(site.gear) <= 4, 'packets to other gear');
    // What the box tells of itself is what the cable saw.
    assert.deepEqual(told, wire);
    assert.ok(wire.packets <= 1300, `${wire.packets} packets`);
    // What a machine's own answers weigh is its matter: the bench holds the bytes of reads, by real machines' answers.
    assert.ok(summary.bytes <= 57_000, `${summary.bytes} bytes to discover`);
    // The same again, as far as a box knows who is there: of other gear it knows nothing.
    assertNear(reckon({ known, pingOnly: OFFICE.pingOnly }), wire);
  });

  for (const ping of [true, false]) {
    it(`an estimate of a range in which nobody is holds on the cable, ${ping ? 'with' : 'without'} pings`, async () => {
      const { wire, reckon } = await findAndRead(dead().slice(0, 20).join(', '), {}, { ping });
      assertNear(reckon(), wire);
    });
  }
});
