/** What the customer withholds is in nothing that leaves, and central still knows which machine is which. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type BoxState,
  type DeviceEvent,
  type Identity,
  type ItemKind,
  type Plan,
  parseItem,
  type SentList,
  type SentReading,
  type SentSummary,
  WITHHELD_FIELDS,
  type Withhold,
} from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import { seedSite } from '@rsb/simulator';
import fc from 'fast-check';
import { withholdFrom } from '../src/disclosure/withhold.ts';
import { startSiteBox, type TestBox, waitFor } from './box-at-work.ts';
import { startTestCentral } from './real-central.ts';
import { sampleReading } from './sample-reading.ts';

const NOTHING: Withhold = { address: false, macAddress: false, hostName: false, location: false };
const ALL: Withhold = { address: true, macAddress: true, hostName: true, location: true };

const WORDS = {
  address: '10.20.30.40',
  macAddress: '00:11:22:aa:bb:cc',
  hostName: 'CANARY-HOST',
  location: 'Canary room 7',
} as const;

const identity = (more: Partial<Identity> = {}): Identity => ({
  manufacturer: 'Ricoh',
  model: 'MP C3003',
  serialNumber: 'E153M930272',
  macAddress: WORDS.macAddress,
  hostName: WORDS.hostName,
  location: WORDS.location,
  assetNumber: null,
  firmware: '1.0',
  sysObjectId: '1.3.6.1.4.1.367.1.1',
  ...more,
});

const { provenance: _provenance, wire: _wire, ...sample } = sampleReading(WORDS.address, {});

function sentReading(device: string, more: Partial<Identity> = {}): SentReading {
  return {
    device,
    plan: null,
    reading: {
      ...sample,
      address: WORDS.address,
      asked: ['identity', 'alerts'],
      identity: identity(more),
      alerts: [
        {
          severity: 'warning',
          group: null,
          code: null,
          text: `${WORDS.hostName} at ${WORDS.address}, ${WORDS.location}: toner low (001122AABBCC)`,
          location: { group: null, index: 1, name: WORDS.location },
        },
      ],
      completeness: { state: 'complete', missing: [], reasons: {} },
    },
  };
}

const through = (kind: ItemKind, body: unknown, withhold: Withhold) =>
  withholdFrom(kind, body, {
    withhold,
    device: () => WORDS,
    alias: (of, text) => `${of}-${digestOf({ text }).slice(-24)}`,
  });

const spellings: Readonly<Record<keyof Withhold, readonly string[]>> = {
  address: [WORDS.address],
  macAddress: [WORDS.macAddress, '001122AABBCC'],
  hostName: [WORDS.hostName],
  location: [WORDS.location],
};

describe('each field by itself', () => {
  for (const field of WITHHELD_FIELDS) {
    test(`${field} is null with its reason, and stands in no other text`, () => {
      const withhold = { ...NOTHING, [field]: true };
      const sent = through('reading', sentReading('Ricoh E153M930272'), withhold) as SentReading;
      const text = JSON.stringify(sent);
      for (const spelling of spellings[field])
        assert.ok(!text.toLowerCase().includes(spelling.toLowerCase()), spelling);
      const path = field === 'address' ? 'address' : `identity.${field}`;
      assert.equal(sent.reading.completeness.reasons[path], 'withheld');
      assert.equal(field === 'address' ? sent.reading.address : sent.reading.identity?.[field], null);
      assert.equal(sent.device, 'Ricoh E153M930272', 'a serial number says none of them');
      for (const other of WITHHELD_FIELDS.filter((each) => each !== field)) {
        assert.ok(text.includes(WORDS[other]), `${other} still leaves`);
      }
      const item = { epoch: '0123456789abcdef', seq: 1, kind: 'reading', at: sample.takenAt, digest: digestOf(sent) };
      assert.ok(parseItem({ ...item, body: sent }).ok, 'it is still a right item');
    });
  }
});

test('nothing withheld: nothing is changed', () => {
  const body = sentReading('Ricoh E153M930272');
  assert.equal(through('reading', body, NOTHING), body);
});

describe('names of machines without a serial number', () => {
  const cases = [
    ['00:11:22:aa:bb:cc', 'macAddress'],
    ['00:11:22:aa:bb:cc#2', 'macAddress'],
    ['10.20.30.40#1', 'address'],
    ['fd00::7#1', 'address'],
    ['Zebra 001122AABBCC', 'macAddress'],
  ] as const;
  for (const [id, field] of cases) {
    test(`${id} is told by another name where the ${field} is withheld, always the same`, () => {
      const withhold = { ...NOTHING, [field]: true };
      const once = through('reading', sentReading(id, { serialNumber: null }), withhold) as SentReading;
      const again = through('reading', sentReading(id, { serialNumber: null }), withhold) as SentReading;
      assert.match(once.device, /^device-[0-9a-f]{24}$/);
      assert.equal(once.device, again.device);
      const event = { device: id, event: 'replaced', detail: { address: '10.20.30.40', by: id } } as DeviceEvent;
      const told = through('deviceEvent', event, withhold) as DeviceEvent;
      assert.deepEqual([told.device, told.detail['by']], [once.device, once.device]);
      assert.equal((through('reading', sentReading(id), NOTHING) as SentReading).device, id);
    });
  }
});

test('a serial number that is the MAC address goes with it', () => {
  const sent = through('reading', sentReading('x', { serialNumber: '001122AABBCC' }), { ...NOTHING, macAddress: true });
  assert.equal((sent as SentReading).reading.identity?.serialNumber, null);
});

test('events, plans and ranges say no address either', () => {
  const moved: DeviceEvent = { device: 'Ricoh E1', event: 'moved', detail: { from: '10.20.30.40', to: '10.20.30.41' } };
  assert.deepEqual((through('deviceEvent', moved, ALL) as DeviceEvent).detail, { from: null, to: null });
  const plan: Plan = {
    device: 'Ricoh E1',
    driver: { name: 'ricoh', version: 1, generic: false },
    objects: ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.4.20.1.2.10.20.30.40'],
    provenance: {
      'identity.macAddress': { oids: ['1.3.6.1.2.1.4.20.1.2.10.20.30.40'], how: 'value', evidence: 'mib' },
    },
  };
  const sent = through('plan', plan, ALL) as Plan;
  assert.deepEqual(sent.objects, ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.4.20.1.2']);
  assert.ok(!JSON.stringify(sent).includes('10.20.30.40'));
  const state = { load: [{ range: '10.20.30.0/24', packets: 1, bytes: 2 }] } as unknown as BoxState;
  const [load] = (through('boxState', state, ALL) as BoxState).load;
  assert.match(load?.range ?? '', /^range-[0-9a-f]{24}$/);
});

test('a withheld word that lies within another, or reads like the gap, leaves no rest of either', () => {
  for (const [hostName, location, text, expected] of [
    ['prototype', 'Prototype !', 'x prototype y Prototype ! z', 'x (withheld) y (withheld) z'],
    ['printer-2', 'floor 3, printer-2 left', 'see Floor 3, Printer-2 left', 'see (withheld)'],
    ['withheld', 'the withheld room', 'at withheld in the withheld room', 'at (withheld) in (withheld)'],
    ['room 12 east', 'Main room 12', 'at main room 12 east', 'at (withheld)'],
  ] as const) {
    const body = sentReading('Ricoh E1', { hostName, location });
    const alerts = (body.reading.alerts ?? []).map((alert) => ({ ...alert, text, location: null }));
    const sent = through('reading', { ...body, reading: { ...body.reading, alerts } }, ALL) as SentReading;
    assert.equal(sent.reading.alerts?.[0]?.text, expected);
  }
});

test('whatever texts a machine has, none of the four is left in what is sent', () => {
  const text = fc
    .string({ minLength: 6, maxLength: 30, unit: 'grapheme-ascii' })
    .filter((word) => word.trim() === word);
  fc.assert(
    fc.property(text, text, (hostName, location) => {
      const [one, other, kept] = [hostName, location, JSON.stringify(sample)].map((word) => word.toLowerCase());
      fc.pre(!kept?.includes(one ?? '') && !kept?.includes(other ?? ''));
      const body = sentReading('Ricoh E1', { hostName, location });
      const [alert] = body.reading.alerts ?? [];
      assert.ok(alert);
      const alerts = [{ ...alert, text: `x ${hostName} y ${location}`, location: null }];
      const sent = through('reading', { ...body, reading: { ...body.reading, alerts } }, ALL) as SentReading;
      assert.equal(sent.reading.alerts?.[0]?.text, 'x (withheld) y (withheld)');
    }),
  );
});

const canaries = async (box: TestBox) => {
  const devices = await box.devices();
  return devices.flatMap(({ address, macAddress, hostName, location }) =>
    [address, macAddress, hostName, location].filter((word): word is string => word !== null && word.length > 3),
  );
};

test('on a running box: from the moment on nothing withheld is stored to be sent, and numbers have no hole', async (t) => {
  const machines = seedSite({ gear: false }).slice(0, 4);
  const { box } = await startSiteBox(t, machines);
  await box.scan();
  const before = box.items().length;
  const words = await canaries(box);
  assert.ok(words.length >= 12);
  assert.ok(
    words.some((word) => JSON.stringify(box.items()).includes(word)),
    'until now they are in it',
  );
  const saved = await box.reader.ask<SentSummary>('PUT', '/disclosure', { withhold: ALL });
  assert.deepEqual(saved.withhold, ALL);
  const [device] = await box.devices();
  assert.ok(device);
  await box.reader.ask('PATCH', '/devices', {
    ids: [device.id],
    set: { locationNote: 'Canary cellar', serviceId: '708169' },
  });
  await box.scan();
  const items = box.items();
  const after = items.slice(before);
  assert.equal(after.filter(({ kind }) => kind === 'reading').length, 4);
  const text = JSON.stringify(after).toLowerCase();
  for (const word of [...words, 'canary cellar']) assert.ok(!text.includes(word.toLowerCase()), word);
  assert.ok(text.includes('708169'), 'what is not withheld leaves');
  assert.deepEqual(
    items.map(({ seq }) => seq),
    items.map((_, index) => index + 1),
  );
  assert.equal((await box.device(device.address)).locationNote, 'Canary cellar', 'here it is known');
  const { changes } = await box.reader.ask<{ changes: readonly { path: string }[] }>('GET', '/changes');
  assert.equal(changes.filter(({ path }) => path.startsWith('/withhold/')).length, 4);
});

test('central takes all of it, and loses no machine', async (t) => {
  const { url, code } = await startTestCentral(t);
  const { box } = await startSiteBox(t, seedSite({ gear: false }).slice(0, 3));
  await box.reader.ask('PUT', '/disclosure', { withhold: ALL });
  await box.reader.ask('POST', '/enrolment', { url, code });
  await box.scan();
  const summary = await waitFor(async () => {
    const now = await box.reader.ask<SentSummary>('GET', '/sent/summary');
    return now.waiting.items === 0 ? now : undefined;
  });
  assert.equal(summary.quarantined, 0);
  const { payloads } = await box.reader.ask<SentList>('GET', '/sent');
  assert.equal(
    payloads.reduce((sum, { results }) => sum + (results['stored'] ?? 0), 0),
    box.items().length,
  );
  for (const word of await canaries(box)) {
    const found = await box.reader.ask<SentList>('GET', `/sent?search=${encodeURIComponent(word)}`);
    assert.equal(found.total, 0, word);
  }
});
