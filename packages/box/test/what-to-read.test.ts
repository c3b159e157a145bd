/** What a customer does not want read is asked of no machine, shown nowhere, sent nowhere, and said as what it is. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type ChangeList,
  type DeviceView,
  READ_ALL,
  READ_GROUPS,
  type ReadGroup,
  type SentReading,
  type SettingsInput,
  type WhatToRead,
} from '@rsb/contract';
import { DRIVERS, groupOf, IDENTIFYING_OBJECTS, objectsOf } from '@rsb/drivers';
import { LOCALES, type Locale } from '@rsb/messages';
import { hours, instant, manualClock, systemRandom } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createEngine, isWithin, type Oid } from '@rsb/snmp';
import { type SheetFacts, sheetDocument } from '../src/sheet/index.ts';
import { problem, startSiteBox, type TestBox } from './box-at-work.ts';
import { watchEngine } from './patient-clock.ts';

const MACHINES = seedSite({ gear: false }).filter(({ address }) => ['127.0.10.126', '127.0.10.98'].includes(address));
const [RICOH] = MACHINES;
assert.ok(RICOH);

/** Objects of a group, those by which printers are found too. */
function objectsIn(group: ReadGroup): readonly Oid[] {
  const all = [...IDENTIFYING_OBJECTS, ...DRIVERS.flatMap((driver) => objectsOf(driver))];
  const elsewhere = new Set(all.filter((object) => groupOf(object) !== group).map(({ oid }) => oid));
  const inGroup = all.filter((object) => groupOf(object) === group).map(({ oid }) => oid);
  return [...new Set(inGroup)].filter((oid) => !elsewhere.has(oid));
}

const off = (...groups: readonly ReadGroup[]): WhatToRead => ({
  ...READ_ALL,
  ...Object.fromEntries(groups.map((group) => [group, false])),
});

const readings = (box: TestBox, from = 0): readonly SentReading['reading'][] =>
  box
    .items()
    .slice(from)
    .flatMap(({ kind, body }) => (kind === 'reading' ? [(body as unknown as SentReading).reading] : []));

describe('a group that is switched off', () => {
  /** What shows it in a device's row; undefined where there is nothing to see. */
  const shown: Readonly<Record<ReadGroup, (device: DeviceView) => unknown>> = {
    counters: ({ counters }) => counters,
    vendorCounters: ({ counters }) => counters?.value.total.all ?? counters?.value.vendorLife ?? null,
    supplies: ({ supplies }) => supplies,
    status: ({ status }) => status,
    alerts: ({ alerts }) => alerts,
    firmware: ({ firmware }) => firmware,
    hostName: ({ hostName }) => hostName,
    location: ({ location }) => location,
    assetNumber: ({ assetNumber }) => assetNumber,
  };
  const reason: Readonly<Partial<Record<ReadGroup, string>>> = {
    vendorCounters: 'counters.vendorLife',
    firmware: 'identity.firmware',
    hostName: 'identity.hostName',
    location: 'identity.location',
    assetNumber: 'identity.assetNumber',
  };

  /** Whether the reading says so; a poll that asked nothing of its part says nothing. */
  const isUnread = (reading: SentReading['reading'], group: ReadGroup): boolean => {
    const path = reason[group];
    if (path === undefined) {
      assert.ok(!(group in reading) && !reading.asked.some((part) => part === group), `${group} is no part`);
      return true;
    }
    if (!reading.asked.some((part) => part === path.split('.')[0])) return false;
    assert.equal(reading.completeness.reasons[path], 'notAsked', `${path} ${JSON.stringify(reading.completeness)}`);
    assert.ok(!reading.completeness.missing.includes(path), 'nothing is missed that was not to be asked');
    return true;
  };
  /** All groups, in as few rounds as leave something to read. */
  const TOGETHER: readonly (readonly ReadGroup[])[] = [
    ['vendorCounters', 'supplies', 'firmware', 'hostName'],
    ['counters', 'location', 'assetNumber', 'alerts'],
    ['status'],
  ];
  assert.deepEqual(TOGETHER.flat().toSorted(), READ_GROUPS.toSorted());

  test('is asked no more by scan, poll and read now; its last values vanish; the reading says why', async (t) => {
    const network = watchEngine();
    const clock = manualClock(instant(Date.UTC(2026, 10, 24, 7)), network.settle);
    let asked: Oid[] = [];
    const observer = (_address: string, object: string) => asked.push(object as Oid);
    const { box } = await startSiteBox(t, MACHINES, {
      clock,
      engine: ({ gate, allow }) =>
        network.watched(createEngine({ clock, random: systemRandom(), gate, allow, observer })),
    });
    await box.scan();
    const whole = asked;
    const before = await box.devices();
    assert.equal(before.length, MACHINES.length);
    const touched = (objects: readonly Oid[], group: ReadGroup) =>
      objectsIn(group).filter((oid) => objects.some((object) => isWithin(oid, object) || isWithin(object, oid)));

    let checked = 0;
    let seen = 0;
    for (const groups of TOGETHER) {
      await box.settings((settings) => ({ ...settings, whatToRead: off(...groups) }));
      const now = await box.devices();
      for (const group of groups) {
        const wasAsked = touched(whole, group).length > 0;
        assert.ok(wasAsked || group === 'assetNumber', `${group} was asked before`);
        for (const device of now) {
          if (shown[group](before.find(({ id }) => id === device.id) ?? device) !== null) seen += 1;
          assert.equal(shown[group](device), null, `${group} of ${device.id} vanishes at once`);
          assert.ok(device.serialNumber ?? device.macAddress, 'who it is stays');
        }
      }
      asked = [];
      const from = box.items().length;
      await box.scan();
      await clock.advance(hours(1));
      await network.settle();
      await box.signIn();
      for (const { address } of before) await box.reader.ask('POST', '/test', { address });
      for (const { id } of before) await box.reader.ask('POST', `/devices/${encodeURIComponent(id)}/read`);
      const fresh = readings(box, from);
      assert.ok(fresh.length >= 3 * MACHINES.length, `readings of a scan, a poll and one by hand: ${fresh.length}`);
      const after = await box.devices();
      for (const group of groups) {
        assert.deepEqual(touched(asked, group), [], `${group} is not asked`);
        for (const reading of fresh) checked += isUnread(reading, group) ? 1 : 0;
        for (const device of after) assert.equal(shown[group](device), null);
      }
      for (const { completeness } of fresh) assert.equal(completeness.state, 'complete');
    }
    assert.ok(checked >= READ_GROUPS.length * 3 * MACHINES.length, `values that are said to be unread: ${checked}`);
    assert.ok(seen >= (READ_GROUPS.length - 1) * MACHINES.length, `there was something to vanish: ${seen}`);

    await box.settings((settings) => ({ ...settings, whatToRead: READ_ALL }));
    await box.scan();
    const after = await box.devices();
    for (const group of READ_GROUPS) {
      assert.deepEqual(
        after.map((device) => shown[group](device) !== null),
        before.map((device) => shown[group](device) !== null),
        `${group} is back once it is switched on`,
      );
    }
  });

  test('stands in the change log, in the box’s state, and is left alone by a page that knows nothing of it', async (t) => {
    const { box } = await startSiteBox(t, [RICOH]);
    await box.settings((settings) => ({ ...settings, whatToRead: off('supplies', 'hostName') }));
    const { changes } = await box.reader.ask<ChangeList>('GET', '/changes');
    const lines = changes.filter(({ path }) => path.startsWith('/whatToRead'));
    assert.deepEqual(lines.map(({ path, old, new: fresh }) => [path, old, fresh]).sort(), [
      ['/whatToRead/hostName', 'true', 'false'],
      ['/whatToRead/supplies', 'true', 'false'],
    ]);
    await box.settings(({ whatToRead: _left, numberFormat: _format, ...settings }) => settings);
    const state = await box.reader.ask<{ readonly whatToRead: unknown }>('GET', '/state');
    assert.deepEqual(state.whatToRead, off('supplies', 'hostName'));
  });

  test('stands on the data sheet in each language, and its objects do not, though they were asked once', async (t) => {
    const { box } = await startSiteBox(t, [RICOH]);
    await box.scan();
    const ask = <T>(path: string) => box.reader.ask<T>('GET', path);
    const sheet = async (locale: Locale) => {
      const facts: SheetFacts = {
        box: await ask('/state'),
        settings: await ask('/settings'),
        objects: await ask('/objects'),
        load: await ask('/load'),
        loadDays: 30,
        port: 80,
      };
      return JSON.stringify(sheetDocument(facts, locale).content);
    };
    const WORDS = { en: 'Supplies, Host name', fr: 'Consommables, Nom d’hôte', de: 'Verbrauchsmaterial, Hostname' };
    const objects = [...objectsIn('supplies'), ...objectsIn('hostName')].map((object) => `"${object}"`);
    const before = await sheet('en');
    assert.ok(objects.filter((object) => before.includes(object)).length > 5, 'they were asked');
    assert.ok(!before.includes('Switched off'));
    await box.settings((settings) => ({ ...settings, whatToRead: off('supplies', 'hostName') }));
    for (const locale of LOCALES) {
      const content = await sheet(locale);
      assert.ok(content.includes(WORDS[locale]), `${WORDS[locale]} in ${locale}`);
      assert.deepEqual(
        objects.filter((object) => content.includes(object)),
        [],
        locale,
      );
    }
    const pdf = await fetch(`${box.url}/api/v1/sheet.pdf?language=de`);
    assert.equal(pdf.status, 200);
    assert.match(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 8)
        .toString('latin1'),
      /^%PDF-1\./,
    );
  });

  test('neither counters nor state: refused at its field', async (t) => {
    const { box } = await startSiteBox(t, [RICOH]);
    const { body, headers } = await box.reader.call<SettingsInput>('GET', '/settings');
    const { proxyPasswordSet: _set, revision: _revision, ...rest } = body as unknown as Record<string, unknown>;
    const credentials = body.credentials.map(({ id, version }) => ({ id, version }));
    const input = { ...rest, credentials, whatToRead: off('counters', 'status') };
    const answer = await box.reader.call('PUT', '/settings', input, { 'if-match': headers.get('etag') ?? '' });
    assert.equal(answer.status, 422);
    assert.deepEqual(
      problem(answer).errors?.map(({ code, field }) => [code, field]),
      [['readsNothing', '/whatToRead']],
    );
  });
});
