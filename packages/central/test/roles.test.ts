/** Every route, from the server's own table, by everybody who may not: another customer's token and reader, each role. */
import assert from 'node:assert/strict';
import type { CentralDeviceView, DeviceQuestion, SiteView } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import type { ApiDocument } from '../src/api/openapi.ts';
import { newPerson, newToken } from './callers.ts';
import { type EngineForTest, overEngines } from './engines.ts';
import { type Person, personWith } from './running-central.ts';
import { bodyOf } from './sample-body.ts';
import { counters, readingItem } from './sample-items.ts';

type Ids = Readonly<Record<string, string>>;

/** A customer with everything that a path can name. */
async function newHouse(
  { central, person, newCustomer, newBox }: Awaited<ReturnType<EngineForTest['central']>>,
  name: string,
) {
  const customer = await newCustomer(name);
  const box = await newBox(customer);
  const now = central.work.clock.now();
  await box.report(
    Array.from({ length: 30 }, (_, hour) =>
      readingItem(hour + 1, {
        takenAt: isoInstant(instant(now - (30 - hour) * 3_600_000)),
        counters: counters(83_000 + hour + (hour < 20 ? 0 : 500_000)),
      }),
    ),
  );
  await central.work.worker.runUntil(now + 60_000);
  const base = `/api/v1/customers/${customer}`;
  const devices = (await person.call('GET', `${base}/devices`)).body as CentralDeviceView[];
  const device = devices[0]?.id ?? '';
  const questions = (await person.call('GET', `${base}/devices/${device}/questions`)).body as DeviceQuestion[];
  const site = (await person.call('POST', `${base}/sites`, { name: `${name} depot`, address: null })).body as SiteView;
  const ids: Ids = {
    customer,
    agent: box.agent,
    device,
    question: questions[0]?.key ?? '',
    site: site.id,
    serial: 'E153M930272',
    day: isoInstant(instant(now)).slice(0, 10),
  };
  /** What must never be told to another customer's people. */
  const secrets = [name, box.agent, device, site.id, `"${customer}"`];
  return { ids, secrets };
}

const fill = (url: string, ids: Ids): string =>
  url.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(ids[name] ?? '1234567'));
/** Of its customer, and not the same for every customer. */
const OWN = /:(agent|device|site)\b/;

async function documentOf(url: string): Promise<ApiDocument> {
  return (await (await fetch(`${url}/api/openapi.json`)).json()) as ApiDocument;
}

overEngines((test) => {
  test('another customer’s token and reader: 404 on every route of a customer, and no byte of the other', async (engine) => {
    const shared = await engine.central();
    const { central, person } = shared;
    const document = await documentOf(central.url);
    const ours = await newHouse(shared, 'Ours Ltd');
    const theirs = await newHouse(shared, 'Theirs GmbH');
    const callers = [
      await newPerson(shared, 'Reader of ours', 'reader', ours.ids['customer']),
      await newToken(shared, ours.ids['customer'] ?? ''),
    ];
    const walked = { foreign: 0, smuggled: 0, house: 0 };
    const silent = async (who: Person, method: string, path: string, body: unknown) => {
      const answer = await who.call(method, path, body);
      const text = JSON.stringify(answer.body) + JSON.stringify([...answer.headers]);
      for (const secret of theirs.secrets) assert.ok(!text.includes(secret), `${method} ${path} tells ${secret}`);
      return answer;
    };
    for (const { method, url, access, right, forReaders } of central.routes) {
      if (access !== 'session') continue;
      const body = bodyOf(document, method, url);
      for (const who of callers) {
        if (url.includes(':customer')) {
          const { status, body: told } = await silent(who, method, fill(url, theirs.ids), body);
          assert.deepEqual([status, (told as { code: string }).code], [404, 'notFound'], `${method} ${url}`);
          walked.foreign += 1;
          if (!OWN.test(url)) continue;
          const smuggled = fill(url, { ...theirs.ids, customer: ours.ids['customer'] ?? '' });
          const answer = await silent(who, method, smuggled, body);
          assert.ok([400, 403, 404, 412, 422].includes(answer.status), `${method} ${url} smuggled: ${answer.status}`);
          // What readers may not ask at all is refused before anybody looks whether it is there.
          const unseen = right?.startsWith('write:') ? [400, 403, 404] : [400, 404];
          if (method === 'GET') assert.ok(unseen.includes(answer.status), `${method} ${url} smuggled`);
          walked.smuggled += 1;
        } else if (right !== 'self') {
          const { status } = await silent(who, method, fill(url, theirs.ids), body);
          if (!forReaders) assert.equal(status, 403, `${method} ${url}`);
          walked.house += 1;
        }
      }
      // The dealer's own people as well find nothing at a wrong place.
      if (OWN.test(url)) {
        const smuggled = fill(url, { ...theirs.ids, customer: ours.ids['customer'] ?? '' });
        const { status } = await person.call(method, smuggled, body);
        assert.ok([400, 404, 428].includes(status), `${method} ${url} by the dealer: ${status}`);
      }
    }
    const session = central.routes.filter(({ access }) => access === 'session');
    const ofCustomer = session.filter(({ url }) => url.includes(':customer'));
    const ofHouse = session.filter(({ url, right }) => !url.includes(':customer') && right !== 'self');
    assert.deepEqual(walked, {
      foreign: 2 * ofCustomer.length,
      smuggled: 2 * ofCustomer.filter(({ url }) => OWN.test(url)).length,
      house: 2 * ofHouse.length,
    });
    assert.ok(ofCustomer.length >= 30 && ofHouse.length >= 20, `${ofCustomer.length} and ${ofHouse.length} routes`);
    const boxes = await person.call('GET', `/api/v1/customers/${theirs.ids['customer']}/boxes`);
    assert.deepEqual(
      (boxes.body as { agent: string; revokedAt: null; leftAt: null }[]).map(({ agent, revokedAt, leftAt }) => [
        agent,
        revokedAt,
        leftAt,
      ]),
      [[theirs.ids['agent'], null, null]],
      'nothing of the other was changed on the way',
    );
  });

  test('each role may what it may: readers read, technicians manage no people', async (engine) => {
    const shared = await engine.central();
    const { central } = shared;
    const document = await documentOf(central.url);
    const { ids } = await newHouse(shared, 'Roles SA');
    const reader = await newPerson(shared, 'Reader of roles', 'reader', ids['customer']);
    const technician = await newPerson(shared, 'Technician', 'technician');
    const readOnly = await newToken(shared, null, ['read:customers', 'read:boxes', 'read:devices', 'read:alerts']);
    const stranger = personWith(central.url, {});
    const walked = { refused: 0, people: 0, allowed: 0, open: 0, reads: 0 };
    for (const { method, url, access, right } of central.routes) {
      const body = bodyOf(document, method, url);
      const path = fill(url, ids);
      if (access !== 'session') {
        walked.open += 1;
        continue;
      }
      const strange = await stranger.call(method, path, body);
      assert.equal(strange.status, 401, `${method} ${url}`);
      if (right === 'self') continue;
      const isWrite = right?.startsWith('write:');
      const isPeople = right?.endsWith(':people');
      // A trial is sent as a body and changes nothing.
      const isTrial = url.endsWith('/preview');
      // A capture is for the dealer's technicians alone.
      const isForTechnicians = url.endsWith('/capture');
      assert.equal(isWrite, isForTechnicians || (method !== 'GET' && !isTrial), `${method} ${url}: ${right}`);
      if (isWrite || isPeople) {
        assert.equal((await reader.call(method, path, body)).status, 403, `reader: ${method} ${url}`);
        assert.equal((await readOnly.call(method, path, body)).status, 403, `token: ${method} ${url}`);
        walked.refused += 1;
      }
      if (isPeople) {
        assert.equal((await technician.call(method, path, body)).status, 403, `technician: ${method} ${url}`);
        walked.people += 1;
      } else if (!isWrite) {
        assert.ok((await technician.call(method, path, body)).status < 500, `technician: ${method} ${url}`);
        assert.ok(![401, 403].includes((await readOnly.call(method, path, body)).status), `${method} ${url}`);
        if (url.includes(':customer')) {
          const { status } = await reader.call(method, path, body);
          assert.ok(![401, 403].includes(status), `reader: ${method} ${url}: ${status}`);
          walked.reads += 1;
        }
        walked.allowed += 1;
      }
    }
    const session = central.routes.filter(({ access, right }) => access === 'session' && right !== 'self');
    assert.equal(walked.refused + walked.allowed, session.length);
    assert.ok(walked.people >= 9 && walked.reads >= 20, JSON.stringify(walked));
  });

  test('what stands open stands in this list', async (engine) => {
    const { central } = await engine.central();
    const open = central.routes.filter(({ access }) => access === 'open').map(({ method, url }) => `${method} ${url}`);
    assert.deepEqual(open.sort(), [
      'GET /api/openapi.json',
      'GET /api/v1/session',
      'GET /health',
      'POST /api/v1/enrolments',
      'POST /api/v1/invitations/accept',
      'POST /api/v1/invitations/look',
      'POST /api/v1/invitations/passkey',
      'POST /api/v1/invitations/passkey/options',
      'POST /api/v1/session',
      'POST /api/v1/session/passkey',
      'POST /api/v1/session/passkey/options',
      'POST /api/v1/setup',
    ]);
  });
});
