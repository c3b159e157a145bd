/** Central asks for a capture of one machine: who may be captured, what the file holds, and what never leaves in it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type BoxProposalList,
  type CentralProposalView,
  MOST_CAPTURE_BYTES,
  READ_ALL,
  type SentList,
  type Withhold,
} from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { allObjects, changingMib, type MibObject, mibOf } from '@rsb/simulator';
import { isWithin, oid, parseOid, type Varbind } from '@rsb/snmp';
import { withoutWithheld } from '../src/capture/without-withheld.ts';
import { startSiteBox, waitFor } from './box-at-work.ts';
import {
  answered,
  askCentral,
  type Central,
  centralFor,
  enrolled,
  KYOCERA,
  letCentral,
  propose,
  RICOH,
  siteFor,
} from './proposing-central.ts';

const capture = (central: Central, agent: string, address: string) =>
  propose(central, agent, { command: { do: 'capture', address } });
const fileOf = (central: Central, agent: string, { id }: CentralProposalView) =>
  central.ask<string>('GET', `/boxes/${agent}/proposals/${id}/capture`);

async function atWork(t: TestContext) {
  const central = await centralFor(t);
  const { box } = await siteFor(t);
  const agent = await enrolled(box, central);
  await letCentral(box, 'ask', 'allow');
  await box.scan();
  return { central, box, agent };
}

test('a known printer is captured: redacted, the allow-list alone, seen in what left and kept at central', async (t) => {
  const { central, box, agent } = await atWork(t);
  const known = await box.device(RICOH.address);
  const made = await capture(central, agent, RICOH.address);
  await askCentral(box);
  const done = await answered(central, agent, made.id);
  assert.deepEqual([done.state, done.code, done.by], ['done', null, 'anna']);
  assert.equal(done.detail['readsTheSame'], 1);
  const file = await fileOf(central, agent, made);
  assert.equal(done.captureBytes, Buffer.byteLength(file));
  const lines = file.trimEnd().split('\n');
  assert.equal(lines.length, done.detail['values']);
  assert.ok(lines.length > 50, `${lines.length} lines`);
  const allowed = allowedObjects();
  for (const line of lines) {
    const object = parseOid(line.split('|', 1)[0] ?? '');
    assert.ok(object && allowed.some((entry) => isWithin(entry, object)), line);
  }
  let told = 0;
  for (const own of [known.serialNumber, known.hostName, known.macAddress, known.macAddress?.replaceAll(':', '')]) {
    assert.ok(own, 'the machine tells it');
    assert.ok(!file.toLowerCase().includes(own.toLowerCase()), own);
    told += 1;
  }
  assert.equal(told, 4);
  assert.ok(file.includes(known.model ?? '?'), 'what is read wrong has to be seen');
  const left = box.items().find(({ body }) => body['proposal'] === made.id);
  assert.equal(left?.body['capture'], file, 'to the letter');
  const sent = await waitFor(async () => {
    const list = await box.reader.ask<SentList>('GET', '/sent');
    return JSON.stringify(list).includes('proposalResult') ? list : undefined;
  });
  assert.ok(sent);
});

test('the switch decides, and only a known machine inside the ranges that is read is ever asked', async (t) => {
  const { central, box, agent } = await atWork(t);
  await letCentral(box, 'ask', 'never');
  const off = await capture(central, agent, RICOH.address);
  await askCentral(box);
  assert.equal((await answered(central, agent, off.id)).code, 'proposalsOff');

  await letCentral(box, 'ask', 'ask');
  const waits = await capture(central, agent, KYOCERA.address);
  const shown = (await askCentral(box)).proposals.find(({ id }) => id === waits.id);
  assert.deepEqual([shown?.state, shown?.command], ['waiting', { do: 'capture', address: KYOCERA.address }]);
  await box.reader.ask<BoxProposalList>('POST', `/proposals/${waits.id}/answer`, { accept: true });
  assert.equal((await answered(central, agent, waits.id)).state, 'done');

  await letCentral(box, 'ask', 'allow');
  const unread = await box.device(KYOCERA.address);
  await box.reader.ask('PATCH', '/devices', { ids: [unread.id], set: { monitored: false } });
  await box.settings((before) => ({
    ...before,
    ranges: before.ranges.map((range) => ({ ...range, range: `${range.range}, 127.0.66.66` })),
  }));
  const cases = [
    ['127.0.77.77', 'addressOutside'],
    ['printer.example', 'addressOutside'],
    ['127.0.66.66', 'notFound'],
    [KYOCERA.address, 'notMonitored'],
  ] as const;
  let refused = 0;
  for (const [address, code] of cases) {
    const made = await capture(central, agent, address);
    await askCentral(box);
    const { state, code: told, captureBytes } = await answered(central, agent, made.id);
    assert.deepEqual([state, told, captureBytes], ['failed', code, null], address);
    refused += 1;
  }
  assert.equal(refused, 4);
});

test('what the customer withholds, and what is not to be read, is not in the file at all', async (t) => {
  const { central, box, agent } = await atWork(t);
  await box.settings((before) => ({
    ...before,
    withhold: { address: true, macAddress: true, hostName: true, location: true },
    whatToRead: { ...READ_ALL, alerts: false, counters: false },
  }));
  const made = await capture(central, agent, RICOH.address);
  await askCentral(box);
  assert.equal((await answered(central, agent, made.id)).state, 'done');
  const file = await fileOf(central, agent, made);
  const gone = {
    sysName: '1.3.6.1.2.1.1.5.',
    sysLocation: '1.3.6.1.2.1.1.6.',
    ifPhysAddress: '1.3.6.1.2.1.2.2.1.6.',
    ipAdEntIfIndex: '1.3.6.1.2.1.4.20.1.2.',
    prtMarkerLifeCount: '1.3.6.1.2.1.43.10.2.1.4.',
    prtAlertDescription: '1.3.6.1.2.1.43.18.1.1.8.',
  };
  for (const [name, object] of Object.entries(gone)) assert.ok(!`\n${file}`.includes(`\n${object}`), name);
  assert.ok(file.includes('1.3.6.1.2.1.1.1.0|'));
});

test('a machine that tells too much for a report is not sent, and the answer says so', async (t) => {
  const texts = Array.from(
    { length: 1500 },
    (_, row): MibObject => [
      oid(`1.3.6.1.2.1.43.18.1.1.8.1.${row + 1}`),
      // Each of them takes two octets in JSON: what travels is what counts.
      { type: 'octets', value: Buffer.from('"'.repeat(2000)) },
    ],
  );
  const told = Array.from(allObjects(RICOH.mib, oid('1.3')), ({ oid: name, value }): MibObject => [name, value]);
  const much = mibOf([...texts, ...told]);
  let tellsMuch = false;
  const machine = { ...RICOH, largestResponse: 60_000, mib: changingMib(() => (tellsMuch ? much : RICOH.mib)) };
  const central = await centralFor(t);
  const { box } = await startSiteBox(t, [machine]);
  const agent = await enrolled(box, central);
  await letCentral(box, 'ask', 'allow');
  await box.scan();
  tellsMuch = true;
  const made = await capture(central, agent, RICOH.address);
  await askCentral(box);
  const { state, code, detail, captureBytes } = await answered(central, agent, made.id);
  assert.deepEqual([state, code, captureBytes], ['failed', 'captureTooLarge', null]);
  assert.deepEqual(detail, { most: MOST_CAPTURE_BYTES });
});

const WORDS = {
  address: '10.20.30.40',
  macAddress: '00:26:73:7A:B6:6E',
  hostName: 'copier',
  location: 'Room Zoë',
} as const;
const NOTHING: Withhold = { address: false, macAddress: false, hostName: false, location: false };
const OTHER = '1.3.6.1.2.1.43.18.1.1.8.1.1';
const text = (value: string | Uint8Array, object = OTHER): Varbind => ({
  oid: oid(object),
  value: { type: 'octets', value: Buffer.from(value) },
});

test('answers that hold a withheld word are left out, wherever and however it stands', () => {
  const cases: readonly (readonly [keyof Withhold, Varbind])[] = [
    ['address', text('at 10.20.30.40:9100')],
    ['address', text('gateway 192.168.1.1')],
    ['address', text('fe80::26:73ff:fe7a:b66e')],
    ['address', { oid: oid('1.3.6.1.4.1.1.1'), value: { type: 'ipAddress', value: Uint8Array.of(10, 20, 30, 40) } }],
    ['address', { oid: oid('1.3.6.1.2.1.4.20.1.2.10.9.9.9'), value: { type: 'integer', value: 1 } }],
    ['macAddress', text(Buffer.from('01060026737AB66E02', 'hex'))],
    ['macAddress', text('RNP0026737ab66e')],
    ['macAddress', text('00-26-73-7a-b6-6e')],
    ['macAddress', text('other card 00:11:22:33:44:55')],
    ['hostName', text('COPIER is out of paper')],
    ['hostName', text('c\0o\0p\0i\0e\0r\0')],
    ['hostName', text('x', '1.3.6.1.2.1.1.5.0')],
    ['location', text('Door open (room Zoë)')],
    ['location', text('x', '1.3.6.1.2.1.1.6.0')],
  ];
  let left = 0;
  for (const [field, varbind] of cases) {
    assert.deepEqual(withoutWithheld([varbind], { ...NOTHING, [field]: true }, WORDS), [], `${left}`);
    assert.deepEqual(withoutWithheld([varbind], NOTHING, WORDS), [varbind]);
    left += 1;
  }
  assert.equal(left, cases.length);
  const plain = [text('Tray 1 is empty'), text('MP C3003', '1.3.6.1.2.1.25.3.2.1.3.1')];
  const all = { address: true, macAddress: true, hostName: true, location: true };
  assert.deepEqual(withoutWithheld(plain, all, WORDS), plain, 'all else stays');
  // A host name that the box does not know yet is the one that the machine tells now.
  const named = [text('lobby-7', '1.3.6.1.2.1.1.5.0'), text('printer lobby-7 jammed')];
  assert.deepEqual(withoutWithheld(named, { ...NOTHING, hostName: true }, { ...WORDS, hostName: null }), []);
});
