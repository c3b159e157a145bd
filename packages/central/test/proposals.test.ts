/** Central's side of proposals and notes over both engines, asked by a box that is written from the contract. */
import assert from 'node:assert/strict';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import {
  type CentralDeviceView,
  type CentralProposalView,
  MOST_CAPTURE_BYTES,
  type NotesView,
  type PreparedView,
  type ProposalAnswer,
  parseProposal,
  parseProposalAnswer,
} from '@rsb/contract';
import { createUnsealer, proposalText } from '@rsb/contract/proposal-seal';
import { type BoxPeer, enrolBox, item, newBoxKey } from './box-peer.ts';
import { newPerson } from './callers.ts';
import { overEngines } from './engines.ts';
import type { TestCentral } from './running-central.ts';
import { readingItem } from './sample-items.ts';

const RANGE = {
  range: '10.1.2.0/24',
  note: '',
  credentials: ['site'],
  packetsPerSecond: 10,
  kilobytesPerHour: null,
  hours: null,
  ping: true,
  on: true,
};
const SETTINGS = { ranges: [RANGE], credentials: [{ id: 'site', version: 'v2c', community: 'not to be read' }] };

async function question(box: BoxPeer, more: { readonly signer?: BoxPeer['key']; readonly path?: string } = {}) {
  const unsealer = createUnsealer();
  const ask = randomBytes(16).toString('hex');
  const { status, body } = await box.send({
    method: 'GET',
    path: more.path ?? `/api/v1/box/proposals?ask=${ask}&key=${unsealer.key}`,
    bytes: Buffer.alloc(0),
    headers: { 'content-type': null, 'content-encoding': null },
    ...(more.signer && { signer: more.signer.privateKey }),
  });
  return { status, body, unsealer, ask };
}

async function asked(box: BoxPeer): Promise<ProposalAnswer & { settings(): unknown[] }> {
  const { status, body, unsealer, ask } = await question(box);
  assert.equal(status, 200, JSON.stringify(body));
  const answer = parseProposalAnswer(body);
  assert.ok(answer.ok, JSON.stringify(answer));
  const { value } = answer;
  const signature = Buffer.from(value.signature, 'base64');
  const key = createPublicKey(box.enrolment.centralKey);
  assert.ok(verify(null, Buffer.from(proposalText(value)), key, signature), 'signed by the pinned key');
  assert.deepEqual([value.box, value.ask], [box.agent, ask]);
  const settings = () =>
    value.proposals.flatMap((each) => {
      const proposal = parseProposal(each);
      assert.ok(proposal.ok);
      if (proposal.value.kind !== 'settings') return [];
      const text = unsealer.open(proposal.value.sealed, `${box.agent} ${proposal.value.id}`);
      assert.ok(text !== null);
      assert.equal(createUnsealer().open(proposal.value.sealed, `${box.agent} ${proposal.value.id}`), null);
      return [JSON.parse(text)];
    });
  return { ...value, settings };
}

const result = (seq: number, proposal: string, more: object = {}) =>
  item({
    seq,
    kind: 'proposalResult',
    body: { proposal, result: 'done', code: null, decidedBy: 'person', detail: {}, ...more },
  });

async function okay<T>({ person }: TestCentral, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await person.call(method, `/api/v1${path}`, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}

overEngines((test) => {
  test('what is prepared is offered to the next box of the site, sealed, until it is answered; secrets are never shown', async (engine) => {
    const central = await engine.central();
    const customer = await central.newCustomer('Prepared');
    const before = await central.newBox(customer);
    const path = `/customers/${customer}/sites/1/prepared`;
    const prepared = await okay<PreparedView>(central, 'PUT', path, SETTINGS);
    assert.deepEqual(
      prepared.settings?.credentials?.map(({ id }) => id),
      ['site'],
    );
    assert.ok(!JSON.stringify(prepared).includes('not to be read'));
    assert.deepEqual((await asked(before)).proposals, [], 'a box that was there before is asked by its own proposal');

    const box = await central.newBox(customer);
    const offered = await asked(box);
    assert.deepEqual(offered.settings(), [SETTINGS]);
    assert.ok(!JSON.stringify(offered).includes('not to be read'), 'sealed on the way');
    assert.equal((await asked(box)).proposals.length, 1, 'the same one, not another');
    const list = await okay<CentralProposalView[]>(
      central,
      'GET',
      `/customers/${customer}/boxes/${box.agent}/proposals`,
    );
    assert.deepEqual(
      list.map(({ state, by }) => [state, by]),
      [['open', 'admin']],
    );
    assert.ok(!JSON.stringify(list).includes('not to be read'));
    await box.report([result(1, list[0]?.id ?? '')]);
    await box.report([result(2, list[0]?.id ?? '', { result: 'failed', code: 'internal' })]);
    const after = await okay<CentralProposalView[]>(
      central,
      'GET',
      `/customers/${customer}/boxes/${box.agent}/proposals`,
    );
    assert.deepEqual(
      after.map(({ state, code }) => [state, code]),
      [['done', null]],
      'the first answer counts',
    );
    assert.deepEqual((await asked(box)).proposals, []);
  });

  test('a box in the place of a dead one is offered its settings; the dead one and a revoked one get nothing', async (engine) => {
    const central = await engine.central();
    const customer = await central.newCustomer('Replaced');
    const box = await central.newBox(customer);
    const path = `/customers/${customer}/boxes/${box.agent}`;
    const made = await okay<CentralProposalView>(central, 'POST', `${path}/proposals`, { settings: SETTINGS });
    await asked(box);
    await box.report([result(1, made.id)]);
    const { code } = await okay<{ code: string }>(central, 'POST', `${path}/replacement`, { days: 7 });
    const next = await enrolBox(central.central.url, code, newBoxKey());
    assert.equal(next.agent, box.agent);
    assert.deepEqual((await asked(next)).settings(), [SETTINGS]);
    const dead = await question(box);
    assert.deepEqual([dead.status, (dead.body as { code: string }).code], [403, 'boxRevoked']);
    await okay(central, 'DELETE', path);
    const revoked = await question(next);
    assert.deepEqual([revoked.status, (revoked.body as { code: string }).code], [403, 'boxRevoked']);
    const refused = await central.person.call('POST', `/api/v1${path}/proposals`, { command: { do: 'scan' } });
    assert.equal((refused.body as { code: string }).code, 'boxRevoked');
  });

  test('who is no box of this central, or asks in a wrong way, is told nothing', async (engine) => {
    const central = await engine.central();
    const customer = await central.newCustomer('Strangers');
    const box = await central.newBox(customer);
    assert.equal((await question(box, { signer: newBoxKey() })).status, 401);
    assert.equal((await question(box, { path: '/api/v1/box/proposals' })).status, 400);
    assert.equal((await question(box, { path: '/api/v1/box/proposals?ask=zz&key=zz' })).status, 400);
    const plain = await fetch(
      `${central.central.url}/api/v1/box/proposals?ask=${'0'.repeat(32)}&key=${'A'.repeat(43)}`,
    );
    assert.equal(plain.status, 400);
    const other = await central.newCustomer('Other');
    const foreign = `/api/v1/customers/${other}/boxes/${box.agent}/proposals`;
    assert.equal((await central.person.call('GET', foreign)).status, 404);
    assert.equal((await central.person.call('POST', foreign, { command: { do: 'scan' } })).status, 404);
    for (const body of [{}, { command: { do: 'scan' }, settings: SETTINGS }]) {
      const wrong = await central.person.call(
        'POST',
        `/api/v1/customers/${customer}/boxes/${box.agent}/proposals`,
        body,
      );
      assert.equal((wrong.body as { code: string }).code, 'proposalEmpty');
    }
  });

  test('notes: typed here they wait for the box; its higher or equal revision counts, its lower one does not', async (engine) => {
    const central = await engine.central();
    const customer = await central.newCustomer('Notes');
    const box = await central.newBox(customer);
    const device = 'Ricoh:E153M930272';
    const note = (seq: number, revision: number, value: string, epoch?: string) =>
      item({
        seq,
        ...(epoch !== undefined && { epoch }),
        kind: 'deviceNote',
        body: { device, field: 'serviceId', value, revision },
      });
    await box.report([readingItem(1), note(2, 3, 'box 3')]);
    const [machine] = await okay<CentralDeviceView[]>(
      central,
      'GET',
      `/customers/${customer}/boxes/${box.agent}/devices`,
    );
    assert.ok(machine);
    const path = `/customers/${customer}/devices/${machine.id}/notes`;
    const type = (serviceId: string) => okay<NotesView>(central, 'PATCH', path, { serviceId });
    const here = () => okay<NotesView>(central, 'GET', path).then(({ serviceId, waiting }) => [serviceId, waiting]);

    assert.deepEqual((await asked(box)).notes, [], 'what the box said itself is not told back');
    await type('central 4');
    assert.deepEqual((await asked(box)).notes, [{ device, field: 'serviceId', value: 'central 4', revision: 4 }]);
    await box.report([note(3, 3, 'late 3')]);
    assert.deepEqual(await here(), ['central 4', ['serviceId']]);
    await box.report([note(4, 4, 'box 4')]);
    assert.deepEqual(await here(), ['box 4', []]);
    await type('central 5');
    await box.report([note(5, 5, 'central 5')]);
    assert.deepEqual(await here(), ['central 5', []]);
    assert.deepEqual((await asked(box)).notes, []);

    // Another store on the box, perhaps an old image put back: what is known here is told to it.
    await box.report([item({ seq: 1, epoch: 'fedcba9876543210', kind: 'scan', body: scanSummary })]);
    assert.deepEqual((await asked(box)).notes, [{ device, field: 'serviceId', value: 'central 5', revision: 5 }]);
    await box.report([note(2, 5, 'central 5', 'fedcba9876543210')]);
    assert.deepEqual((await asked(box)).notes, []);
  });

  test('a capture comes with its result: kept once, only where one was asked for, fetched by technicians alone', async (engine) => {
    const shared = await engine.central();
    const customer = await shared.newCustomer('Captured');
    const box = await shared.newBox(customer);
    const path = `/customers/${customer}/boxes/${box.agent}/proposals`;
    const propose = (command: object) => okay<CentralProposalView>(shared, 'POST', path, { command });
    const [made, large, refused, scan] = [
      await propose({ do: 'capture', address: '10.1.2.3' }),
      await propose({ do: 'capture', address: '10.1.2.4' }),
      await propose({ do: 'capture', address: '10.1.2.5' }),
      await propose({ do: 'scan' }),
    ];
    assert.deepEqual(
      (await asked(box)).proposals
        .flatMap((one) => {
          const { ok, ...parsed } = parseProposal(one);
          return ok && 'value' in parsed && parsed.value.kind === 'command' ? [parsed.value.command.do] : [];
        })
        .sort(),
      ['capture', 'capture', 'capture', 'scan'],
    );
    const file = '1.3.6.1.2.1.1.1.0|4|CANON "x" \\ y\n1.3.6.1.2.1.1.3.0|67|5\n';
    const largest = 'x'.repeat(MOST_CAPTURE_BYTES);
    await box.report([
      result(1, made.id, { capture: file, detail: { values: 2 } }),
      result(2, made.id, { capture: 'another' }),
      result(3, refused.id, { result: 'refused', code: 'proposalDeclined', capture: 'not done' }),
      result(4, scan.id, { capture: 'nobody asked for it' }),
      result(5, '0123456789abcdef', { capture: 'nor for this' }),
    ]);
    await box.report([result(6, large.id, { capture: largest })]);
    const tooLarge = await box.report([result(7, large.id, { capture: `${largest}x` })]);
    assert.deepEqual(
      tooLarge.map(({ result: became }) => became),
      ['quarantined'],
    );
    const list = await okay<CentralProposalView[]>(shared, 'GET', path);
    const sizes = [made, large, refused, scan].map(({ id }) => list.find((one) => one.id === id)?.captureBytes);
    assert.deepEqual(sizes, [file.length, MOST_CAPTURE_BYTES, null, null]);
    const technician = await newPerson(shared, 'Technician of captures', 'technician');
    const reader = await newPerson(shared, 'Reader of captures', 'reader', customer);
    const at = (id: string) => `/api/v1${path}/${id}/capture`;
    const got = await technician.call('GET', at(made.id));
    assert.deepEqual([got.status, got.body], [200, file]);
    assert.match(
      got.headers.get('content-disposition') ?? '',
      /^attachment; filename="capture-\d{9}-[0-9a-f]{16}\.snmprec"$/,
    );
    assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
    assert.equal((await reader.call('GET', at(made.id))).status, 403);
    for (const { id } of [refused, scan]) assert.equal((await technician.call('GET', at(id))).status, 404);
    const other = await shared.newCustomer('Not captured');
    assert.equal((await technician.call('GET', at(made.id).replace(`/${customer}/`, `/${other}/`))).status, 404);
  });
});

const scanSummary = {
  startedAt: '2026-11-24T08:00:00Z',
  finishedAt: '2026-11-24T08:01:00Z',
  complete: true,
  addresses: 1,
  alive: 1,
  snmp: 1,
  printers: 1,
  ignored: 0,
  answersPingOnly: 0,
  packets: 1,
  bytes: 1,
  seconds: 1,
};
