/** A real box and a real central over loopback: what is prepared and proposed there, what the box makes of it, notes both ways. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import type {
  BoxView,
  CentralDeviceView,
  ChangeList,
  ExpectedView,
  NotesPatch,
  NotesView,
  ProposalAnswer,
  ProposalRequest,
  SettingsView,
} from '@rsb/contract';
import { proposalText } from '@rsb/contract/proposal-seal';
import { rangeSetting, startTestBox, waitFor } from './box-at-work.ts';
import { serveHttp } from './line-servers.ts';
import {
  answered,
  askCentral,
  centralFor,
  enrolled,
  KYOCERA,
  letCentral,
  propose,
  RICOH,
  serialOf,
  settingsOf,
  siteFor,
} from './proposing-central.ts';

test('what is prepared before a box is delivered waits for a yes, with nothing sent into the network before', async (t) => {
  const central = await centralFor(t);
  await central.ask('PUT', '/sites/1/prepared', {
    ranges: [{ ...rangeSetting('10.20.30.0/24'), credentials: ['site'] }],
    credentials: [{ id: 'site', version: 'v2c', community: 'a prepared community' }],
    times: { scan: '07:30', counters: 60, state: 60 },
    proxyPassword: null,
  });
  const shown = await central.ask<object>('GET', '/sites/1/prepared');
  assert.ok(!JSON.stringify(shown).includes('a prepared community'), 'write-only at central');

  const box = await startTestBox(t);
  await box.setUp();
  const agent = await enrolled(box, central);
  const list = await askCentral(box);
  assert.equal(list.proposals.length, 1);
  const [offer] = list.proposals;
  assert.equal(offer?.state, 'waiting');
  assert.equal(offer?.by, 'anna');
  assert.deepEqual(
    offer?.settings?.ranges?.map(({ range }) => range),
    ['10.20.30.0/24'],
  );
  assert.ok(!JSON.stringify(list).includes('a prepared community'), 'write-only on the box');
  assert.deepEqual((await settingsOf(box)).ranges, []);

  await box.reader.ask('POST', `/proposals/${offer?.id}/answer`, { accept: true });
  const settings = await settingsOf(box);
  assert.deepEqual(
    settings.ranges.map(({ range, credentials }) => [range, credentials]),
    [['10.20.30.0/24', ['site']]],
  );
  assert.equal(settings.times.scan, '07:30');
  assert.deepEqual(settings.credentials.map(({ id }) => id).sort(), ['public', 'site']);
  const done = await answered(central, agent, offer?.id ?? '');
  assert.deepEqual([done.state, done.code], ['done', null]);
  const { changes } = await box.reader.ask<ChangeList>('GET', '/changes');
  assert.ok(changes.some(({ path }) => path === `/proposals/${offer?.id}`));
  const twice = await box.reader.call('POST', `/proposals/${offer?.id}/answer`, { accept: true });
  assert.equal(twice.status, 409);
  assert.equal((await askCentral(box)).proposals.filter(({ state }) => state === 'waiting').length, 0, 'offered once');
});

test('what a box was set to by hand is offered to the one that takes its place, but for secrets that only it knew', async (t) => {
  const central = await centralFor(t);
  const first = await startTestBox(t);
  await first.setUp();
  await first.settings((before) => ({
    ...before,
    ranges: [
      rangeSetting('127.0.10.0/24', { note: 'ground floor', on: false }),
      rangeSetting('127.0.11.0/24', { credentials: ['typed'], on: false }),
    ],
    credentials: [...before.credentials, { id: 'typed', version: 'v2c', community: 'typed in here alone' }],
    supplyMark: 13,
    times: { scan: '06:45', counters: 30, state: 60 },
  }));
  const agent = await enrolled(first, central);

  const { code } = await central.ask<{ readonly code: string }>('POST', `/boxes/${agent}/replacement`, { days: 7 });
  const next = await startTestBox(t);
  await next.setUp();
  assert.equal(await enrolled(next, { ...central, code }), agent, 'the same number');
  const [offer] = (await askCentral(next)).proposals;
  assert.ok(offer);
  assert.ok(!JSON.stringify(offer).includes('typed in here alone'));
  assert.deepEqual((await settingsOf(next)).ranges, [], 'nothing before a yes');
  await next.reader.ask('POST', `/proposals/${offer.id}/answer`, { accept: true });
  const { ranges, supplyMark, times } = await settingsOf(next);
  assert.deepEqual(
    ranges.map(({ range, note, credentials }) => [range, note, credentials]),
    [
      ['127.0.10.0/24', 'ground floor', ['public']],
      ['127.0.11.0/24', '', ['public']],
    ],
  );
  assert.deepEqual([supplyMark, times.scan], [13, '06:45']);
  const done = await answered(central, agent, offer.id);
  assert.deepEqual([done.state, done.code, done.detail['lacking']], ['done', null, 'typed']);
});

test('the local switch decides: asked, allowed, never; a first range waits in any case', async (t) => {
  const central = await centralFor(t);
  const box = await startTestBox(t);
  await box.setUp();
  const agent = await enrolled(box, central);

  await letCentral(box, 'allow', 'never');
  const first = await propose(central, agent, { settings: { ranges: [rangeSetting('10.1.1.0/24')] } });
  assert.equal((await askCentral(box)).proposals.find(({ id }) => id === first.id)?.state, 'waiting');
  await box.reader.ask('POST', `/proposals/${first.id}/answer`, { accept: false });
  assert.deepEqual(await answered(central, agent, first.id).then(({ state, code }) => [state, code]), [
    'refused',
    'proposalDeclined',
  ]);
  assert.deepEqual((await settingsOf(box)).ranges, []);

  const mark = await propose(central, agent, { settings: { supplyMark: 17 } });
  await askCentral(box);
  assert.equal((await settingsOf(box)).supplyMark, 17);
  assert.equal((await answered(central, agent, mark.id)).state, 'done');

  await letCentral(box, 'never', 'never');
  const off = await propose(central, agent, { settings: { supplyMark: 20 } });
  const scan = await propose(central, agent, { command: { do: 'scan' } });
  await askCentral(box);
  assert.equal((await answered(central, agent, off.id)).code, 'proposalsOff');
  assert.equal((await answered(central, agent, scan.id)).code, 'proposalsOff');
  assert.equal((await settingsOf(box)).supplyMark, 17);

  await letCentral(box, 'ask', 'never');
  const taken = await propose(central, agent, { settings: { supplyMark: 30 } });
  await askCentral(box);
  await central.ask('DELETE', `/boxes/${agent}/proposals/${taken.id}`);
  const after = await askCentral(box);
  assert.equal(after.proposals.find(({ id }) => id === taken.id)?.state, 'ended');
  const late = await box.reader.call('POST', `/proposals/${taken.id}/answer`, { accept: true });
  assert.equal(late.status, 409);
});

test('hostile settings are refused like any others, and what is the customer’s own cannot even be proposed', async (t) => {
  const central = await centralFor(t);
  const box = await startTestBox(t);
  await box.setUp();
  const agent = await enrolled(box, central);
  await letCentral(box, 'allow', 'allow');
  const before = await settingsOf(box);
  const hostile: readonly [ProposalRequest['settings'], string][] = [
    [{ ranges: [rangeSetting('8.8.8.0/24')] }, 'rangePublic'],
    [{ ranges: [rangeSetting('10.0.0.0/8, 10.0.0.1')] }, 'rangeTooLarge'],
    [{ ranges: [rangeSetting('10.1.1.1', { credentials: ['nobody'] })] }, 'credentialUnknown'],
    [{ zone: 'Mars/Olympus' }, 'zoneUnknown'],
    [{ proxy: { url: 'ftp://proxy', user: null, exceptions: [] } }, 'urlInvalid'],
    [{ credentials: [{ id: 'v3', version: 'v3', user: '', auth: null, privacy: null }] }, 'userNameMissing'],
  ];
  let seen = 0;
  for (const [settings, code] of hostile) {
    const made = await propose(central, agent, settings === undefined ? {} : { settings });
    await askCentral(box);
    const { state, code: told } = await answered(central, agent, made.id);
    assert.deepEqual([state, told], ['refused', code]);
    seen += 1;
  }
  assert.equal(seen, 6);
  for (const own of [
    { openReading: true },
    { withhold: {} },
    { fromCentral: {} },
    { central: {} },
    { hostNames: [] },
    { metrics: true },
  ]) {
    const { status } = await central.call('POST', `/customers/${central.customer}/boxes/${agent}/proposals`, {
      settings: own,
    });
    assert.equal(status, 400, JSON.stringify(own));
  }
  const after = await settingsOf(box);
  assert.deepEqual({ ...after, revision: 0 }, { ...before, revision: 0 });
});

test('notes travel both ways by revision; the higher wins, and the box where both have the same', async (t) => {
  const central = await centralFor(t);
  const { box } = await siteFor(t);
  const agent = await enrolled(box, central);
  await box.scan();
  const settled = async () => {
    await waitFor(async () =>
      (await box.reader.ask<BoxView>('GET', '/state')).central.waiting === 0 ? true : undefined,
    );
  };
  await settled();
  const there = async (serial: string) => {
    const all = await central.ask<CentralDeviceView[]>('GET', `/boxes/${agent}/devices`);
    const found = all.find(({ identity }) => identity?.serialNumber === serial);
    assert.ok(found, serial);
    return found.id;
  };
  const machine = await there(await serialOf(box, RICOH));
  const notes = () => central.ask<NotesView>('GET', `/devices/${machine}/notes`);
  const type = (patch: NotesPatch) => central.ask<NotesView>('PATCH', `/devices/${machine}/notes`, patch);
  const here = () => box.device(RICOH.address);

  // From central to the box.
  const typed = await type({
    serviceId: ' 708189 ',
    group: 'Accounts',
    locationNote: 'Floor 2',
    note: 'key at\u202e desk',
  });
  assert.deepEqual(typed.waiting, ['serviceId', 'group', 'locationNote', 'note']);
  await askCentral(box);
  const one = await here();
  assert.deepEqual(
    [one.serviceId, one.group, one.locationNote, one.note],
    ['708189', 'Accounts', 'Floor 2', 'key at desk'],
  );
  await settled();
  assert.deepEqual((await notes()).waiting, []);
  const told = box.items().filter(({ kind }) => kind === 'deviceNote').length;
  await askCentral(box);
  assert.equal(box.items().filter(({ kind }) => kind === 'deviceNote').length, told, 'told once');

  // From the box to central.
  await box.reader.ask('PATCH', '/devices', { ids: [one.id], set: { serviceId: '708190' } });
  await settled();
  assert.equal((await notes()).serviceId, '708190');

  // The same revision on both sides, neither knowing of the other: the box's.
  const cut = await box.reader.ask<SettingsView>('GET', '/settings');
  await box.settings((before) => ({ ...before, central: { ...before.central, url: null } }));
  await type({ serviceId: 'from central' });
  await box.reader.ask('PATCH', '/devices', { ids: [one.id], set: { serviceId: 'from the box' } });
  // Two revisions there, one here: central's.
  await type({ group: 'B' });
  await type({ group: 'C' });
  await box.reader.ask('PATCH', '/devices', { ids: [one.id], set: { group: 'box' } });
  await box.settings((before) => ({ ...before, central: { ...before.central, url: cut.central.url } }));
  await settled();
  await askCentral(box);
  await settled();
  const both = await here();
  assert.deepEqual([both.serviceId, both.group], ['from the box', 'C']);
  const end = await notes();
  assert.deepEqual([end.serviceId, end.group, end.waiting], ['from the box', 'C', []]);

  // Not to be read any more, and again; where central may set nothing, it cannot switch reading on.
  await type({ monitored: false });
  await askCentral(box);
  assert.equal((await here()).monitored, false);
  await letCentral(box, 'never', 'never');
  await type({ monitored: true });
  await askCentral(box);
  assert.equal((await here()).monitored, false);
  await settled();
  assert.deepEqual(await notes().then(({ monitored, waiting }) => [monitored, waiting]), [false, []]);
  await letCentral(box, 'ask', 'never');
  await type({ monitored: true });
  await askCentral(box);
  assert.equal((await here()).monitored, true);
});

test('commands are carried out once, inside confirmed ranges alone, and their result comes back', async (t) => {
  const central = await centralFor(t);
  const { box } = await siteFor(t);
  const agent = await enrolled(box, central);
  await letCentral(box, 'ask', 'allow');
  const scan = await propose(central, agent, { command: { do: 'scan' } });
  await askCentral(box);
  assert.equal((await answered(central, agent, scan.id)).state, 'done');
  await waitFor(async () => ((await box.devices()).length === 2 ? true : undefined));
  await waitFor(async () => ((await box.reader.ask<BoxView>('GET', '/state')).scan === null ? true : undefined));
  const machine = await waitFor(async () =>
    (await central.ask<CentralDeviceView[]>('GET', `/boxes/${agent}/devices`)).find(
      ({ address }) => address === KYOCERA.address,
    ),
  );
  const read = await propose(central, agent, { read: machine.id });
  const inside = await propose(central, agent, { command: { do: 'test', address: RICOH.address } });
  const outside = await propose(central, agent, { command: { do: 'test', address: '127.0.77.77' } });
  const nobody = await propose(central, agent, { command: { do: 'read', device: 'nobody' } });
  await askCentral(box);
  assert.deepEqual(await answered(central, agent, read.id).then(({ state, detail }) => [state, detail]), [
    'done',
    { completeness: 'complete' },
  ]);
  const tested = await answered(central, agent, inside.id);
  assert.deepEqual([tested.state, tested.detail['driver']], ['done', 'ricoh']);
  assert.equal((await answered(central, agent, outside.id)).code, 'addressOutside');
  assert.equal((await answered(central, agent, nobody.id)).code, 'notFound');
  await askCentral(box);
  const results = box.items().filter(({ kind }) => kind === 'proposalResult');
  assert.equal(results.length, 5);
  assert.equal(new Set(results.map(({ body }) => body['proposal'])).size, 5, 'each once');
});

test('expected machines by the books: found and missing; the dealer’s name and hotline follow', async (t) => {
  const central = await centralFor(t);
  const { box } = await siteFor(t);
  await enrolled(box, central);
  await askCentral(box);
  assert.deepEqual(await box.reader.ask<ExpectedView>('GET', '/expected'), { expected: null, found: 0, missing: [] });
  await box.scan();
  const serial = await serialOf(box, RICOH);
  const csv = [
    'customer;serial;serviceId;model',
    `Customer SA;${serial};708189;MP C3003`,
    'Customer SA;NOT-HERE-1;708190;MP C4502',
  ].join('\r\n');
  await central.importFleet(csv);
  const dealer = await central.call('PUT', '/dealer', { name: 'OfficePartner', hotline: '+33 3 00 00 00 00' });
  assert.equal(dealer.status, 200);
  await askCentral(box);
  const expected = await box.reader.ask<ExpectedView>('GET', '/expected');
  assert.deepEqual([expected.expected, expected.found], [2, 1]);
  assert.deepEqual(expected.missing, [
    { serial: 'NOT-HERE-1', manufacturer: null, model: 'MP C4502', serviceId: '708190' },
  ]);
  const state = await box.reader.ask<BoxView>('GET', '/state');
  assert.deepEqual(state.dealer, { name: 'OfficePartner', hotline: '+33 3 00 00 00 00' });
});

/** As it came, the host included: a box's signature covers the address that it asked. */
function passOn(url: string, { method, url: path, headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ readonly status: number; readonly type: string; readonly text: string }>((resolve, reject) => {
    const onward = request(`${url}${path}`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? 'text/plain',
            text: Buffer.concat(parts).toString('utf8'),
          }),
        );
    });
    onward.on('error', reject).end(body);
  });
}

test('an answer that is changed on the way, signed by another or an answer to another question is taken for nothing', async (t) => {
  const central = await centralFor(t);
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const kept: { answer: string | null } = { answer: null };
  const tampers: readonly ((answer: ProposalAnswer, text: string) => string)[] = [
    (answer) => JSON.stringify({ ...answer, dealer: { name: 'Somebody else', hotline: null } }),
    (answer) => JSON.stringify({ ...answer, added: true }),
    (answer) => {
      const signature = sign(null, Buffer.from(proposalText(answer)), stranger).toString('base64');
      return JSON.stringify({ ...answer, signature });
    },
    (answer) => JSON.stringify({ ...answer, proposals: [] }),
    (_answer, text) => kept.answer ?? text,
  ];
  let tamper: (typeof tampers)[number] | null = null;
  const port = await serveHttp(t, (asked, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of asked) parts.push(part);
      const { status, type, ...answer } = await passOn(central.url, asked, Buffer.concat(parts));
      let { text } = answer;
      if (asked.url?.startsWith('/api/v1/box/proposals') && status === 200) {
        if (tamper) text = tamper(JSON.parse(text), text);
        else kept.answer = text;
      }
      response.writeHead(status, { 'content-type': type }).end(text);
    })();
  });
  const box = await startTestBox(t);
  await box.setUp();
  await box.reader.ask('POST', '/enrolment', { url: `http://127.0.0.1:${port}`, code: central.code });
  const agent = await waitFor(async () => (await box.reader.ask<BoxView>('GET', '/state')).agent ?? undefined);
  central.connected.push(box);
  await letCentral(box, 'allow', 'never');
  await askCentral(box);
  tamper = (answer) => JSON.stringify({ ...answer, signature: '' });
  await propose(central, agent, { settings: { supplyMark: 33 } });
  let tried = 0;
  for (const how of tampers) {
    tamper = how;
    const { proposals } = await askCentral(box);
    assert.deepEqual(proposals, []);
    tried += 1;
  }
  assert.equal(tried, 5);
  assert.equal((await box.reader.ask<BoxView>('GET', '/state')).dealer?.name, 'Dealer');
  assert.equal((await settingsOf(box)).supplyMark, 10);
  tamper = null;
  await askCentral(box);
  assert.equal((await settingsOf(box)).supplyMark, 33, 'as central said it');
});
