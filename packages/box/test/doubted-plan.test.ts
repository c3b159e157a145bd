/** A machine that is met while it starts up: it answers, and knows only some of itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PARTS } from '@rsb/contract';
import { systemClock } from '@rsb/runtime';
import { allObjects, type Mib, mibOf, seedSite } from '@rsb/simulator';
import { isWithin, type Oid, oid } from '@rsb/snmp';
import { type LearnedPlan, pollDevice, readDevice } from '../src/read/index.ts';
import { community, siteUnderTest } from './simulated-site.ts';

const RICOH = seedSite({ gear: false }).find(({ address }) => address === '127.0.10.9');
assert.ok(RICOH);
const COUNTERS = oid('1.3.6.1.4.1.367.3.2.1.2.19.5');
const withoutCounters = mibOf(
  [...allObjects(RICOH.mib, oid('1.3'))].flatMap(({ oid: name, value }) =>
    isWithin(COUNTERS, name) ? [] : [[name, value] as const],
  ),
);
/** What a machine tells that has not yet started all of itself. */
const HALF: Readonly<Record<string, (name: Oid) => boolean>> = {
  'no serial number': (name) =>
    !['2.1.43.5.1.1.17', '4.1.367.3.2.1.2.1.4'].some((object) => isWithin(oid(`1.3.6.1.${object}`), name)),
  'no marker and no supply': (name) => !['10', '11'].some((table) => isWithin(oid(`1.3.6.1.2.1.43.${table}`), name)),
  "none of its maker's counters": (name) => !isWithin(oid('1.3.6.1.4.1.367.3.2.1.2.19'), name),
  'its kind alone': (name) => isWithin(oid('1.3.6.1.2.1.1'), name),
};
const told = (isThere: (name: Oid) => boolean) =>
  mibOf(
    [...allObjects(RICOH.mib, oid('1.3'))].flatMap(({ oid: name, value }) => (isThere(name) ? [[name, value]] : [])),
  );
let mib = RICOH.mib;
/** How many questions it has answered since its start; from this one on it knows nothing of what is asked. */
let forgetsAfter = Number.POSITIVE_INFINITY;
let answered = 0;
const knows = () => answered++ < forgetsAfter;
const starting: Mib = {
  get: (name) => (knows() ? mib.get(name) : undefined),
  next: (name) => (knows() ? mib.next(name) : undefined),
};
const started = (objects: number) => {
  answered = 0;
  forgetsAfter = objects;
};

const { snmp, port } = await siteUnderTest([{ ...RICOH, address: '127.70.32.1', mib: starting }]);
const deps = { snmp, clock: systemClock() };
const target = { address: '127.70.32.1', port, credentials: [community('public')], parts: PARTS };
const whole = async () => {
  started(Number.POSITIVE_INFINITY);
  const first = await readDevice(deps, { ...target, before: 'none' });
  assert.ok(first.plan);
  return first;
};
const stored = (plan: LearnedPlan | null): LearnedPlan => {
  assert.ok(plan);
  return JSON.parse(JSON.stringify(plan)) as LearnedPlan;
};
const said = ({ readings }: Awaited<ReturnType<typeof readDevice>>) => {
  const [{ counters, supplies }] = readings;
  return JSON.stringify([counters, supplies]);
};
const whatSays = (result: Awaited<ReturnType<typeof readDevice>>) =>
  `${said(result)} ${JSON.stringify(result.readings[0].identity)}`;

test('the next poll asks all that it told before, and costs no more than ever', async () => {
  const first = await whole();
  for (const objects of [6, 15, 25, 60]) {
    started(objects);
    const half = await readDevice(deps, { ...target, before: stored(first.plan) });
    assert.notEqual(said(half), said(first), `${objects} objects`);
    started(Number.POSITIVE_INFINITY);
    const poll = await pollDevice(deps, { ...target, plan: stored(half.plan) });
    assert.equal(said(poll), said(first), `${objects} objects`);
    assert.equal(poll.cost.packets, 2);
    assert.equal(poll.plan?.doubted, undefined, 'and believes it again');
  }
});

test('a machine that tells less a second time is believed', async () => {
  const first = await whole();
  mib = withoutCounters;
  const half = await readDevice(deps, { ...target, before: stored(first.plan) });
  assert.equal(half.plan?.doubted, true);
  const poll = await pollDevice(deps, { ...target, plan: stored(half.plan) });
  assert.equal(poll.plan?.doubted, undefined);
  assert.ok((poll.plan?.parts.counters?.get.length ?? 99) < (first.plan?.parts.counters?.get.length ?? 0));
  mib = RICOH.mib;
});

test('another machine at the address is believed at once, and so is the same with all it had', async () => {
  const first = await whole();
  const known = stored(first.plan).known.map(
    (told) => (first.plan?.anchors.includes(told[0]) ? [told[0], told[1], '5858'] : told) as typeof told,
  );
  started(60);
  const read = await readDevice(deps, { ...target, before: { ...stored(first.plan), known } });
  assert.equal(read.plan?.doubted, undefined);
  started(Number.POSITIVE_INFINITY);
  const again = await readDevice(deps, { ...target, before: stored(first.plan) });
  assert.equal(again.plan?.doubted, undefined);
});

for (const [what, isThere] of Object.entries(HALF)) {
  test(`a machine first met with ${what} tells all it has with the next poll once it has it`, async () => {
    const first = await whole();
    mib = told(isThere);
    const half = await readDevice(deps, { ...target, before: 'none' });
    assert.notEqual(whatSays(half), whatSays(first));
    const look = (plan: LearnedPlan | null) => pollDevice(deps, { ...target, plan: stored(plan), looksAgain: true });
    const same = await look(half.plan);
    assert.equal(whatSays(same), whatSays(half));
    assert.equal(same.cost.packets, 4, 'a request of its own');
    mib = RICOH.mib;
    const poll = await look(same.plan);
    assert.equal(whatSays(poll), whatSays(first));
    assert.equal((await look(poll.plan)).cost.packets, 2, 'and nothing is looked for any more');
  });
}

test('what does not come is looked for by two polls, and not at all after another full read', async () => {
  mib = told(HALF['no serial number'] ?? (() => true));
  const first = await readDevice(deps, { ...target, before: 'none' });
  const packets: number[] = [];
  let plan = first.plan;
  for (let hour = 0; hour < 4; hour += 1) {
    const poll = await pollDevice(deps, { ...target, plan: stored(plan), looksAgain: true });
    packets.push(poll.cost.packets);
    plan = poll.plan;
  }
  assert.deepEqual(packets, [4, 4, 2, 2]);
  const morning = await readDevice(deps, { ...target, before: stored(first.plan) });
  assert.equal(morning.plan?.awaited, undefined);
  mib = RICOH.mib;
});
