/** A code becomes an agent number: once, for one box, and with a clear answer to everything else. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { after, test } from 'node:test';
import {
  type CentralBoxView,
  type CodeView,
  type EnrolmentAnswer,
  parseEnrolmentAnswer,
  type SiteView,
} from '@rsb/contract';
import { instant, manualClock, millis, minutes } from '@rsb/runtime';
import { askEnrolment, enrolBox, newBoxKey } from './box-peer.ts';
import { overEngines } from './engines.ts';
import { newTestCentral } from './running-central.ts';
import { readingItem } from './sample-items.ts';

const DAY = 24 * 60 * 60 * 1000;
const request = (code: string, publicKey = newBoxKey().publicPem) => ({
  contract: 1,
  code,
  publicKey,
  version: '0.1.0',
});
const codeOf = ({ body }: { body: unknown }) => (body as { code: string }).code;

const shared = await newTestCentral({ after });

test('a code gives agent number, central’s key and the names of dealer and customer', async () => {
  const { central, newCustomer, newCode } = shared;
  const code = await newCode(await newCustomer('Mairie de Vétroz'));
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  const { status, body } = await askEnrolment(central.url, request(code));
  assert.equal(status, 200);
  const answer = parseEnrolmentAnswer(body);
  assert.ok(answer.ok);
  assert.match(answer.value.box, /^[1-9][0-9]{8}$/);
  assert.equal(answer.value.dealer.name, 'Dealer SA');
  assert.equal(answer.value.customer.name, 'Mairie de Vétroz');
  assert.equal(createPublicKey(answer.value.centralKey).asymmetricKeyType, 'ed25519');
});

test('a code is understood however it is typed', async () => {
  const { central, newCustomer, newCode } = shared;
  const customer = await newCustomer('Typing');
  const ways = [
    (code: string) => code.toLowerCase(),
    (code: string) => code.replaceAll('-', ''),
    (code: string) => ` ${code.replaceAll('-', ' ')} `,
    (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
  ];
  let accepted = 0;
  for (const way of ways) {
    const { status } = await askEnrolment(central.url, request(way(await newCode(customer))));
    assert.equal(status, 200);
    accepted += 1;
  }
  assert.equal(accepted, ways.length);
});

test('a code works once; the same box whose answer was lost gets the same again', async () => {
  const { central, newCustomer, newCode } = shared;
  const code = await newCode(await newCustomer('Once'));
  const key = newBoxKey();
  const first = await askEnrolment(central.url, request(code, key.publicPem));
  const again = await askEnrolment(central.url, request(code, key.publicPem));
  assert.deepEqual(again, first);
  const other = await askEnrolment(central.url, request(code));
  assert.deepEqual([other.status, codeOf(other)], [403, 'codeUsed']);
});

test('what is no code, no key or no request is refused by its reason', async (t) => {
  const { central, newCustomer, newCode } = await newTestCentral(t);
  const code = await newCode(await newCustomer('Refused'));
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const own = generateKeyPairSync('ed25519');
  const pem = { type: 'spki', format: 'pem' } as const;
  const cases: readonly [string, unknown, number, string][] = [
    ['an unknown code', request('0000-0000-0000-0000'), 403, 'codeUnknown'],
    ['no key at all', request(code, 'key'), 422, 'keyInvalid'],
    ['an RSA key', request(code, rsa.publicKey.export(pem).toString()), 422, 'keyInvalid'],
    [
      'a private key',
      request(code, own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      422,
      'keyInvalid',
    ],
    ['an empty code', request(''), 400, 'bodyInvalid'],
    ['a later contract', { ...request(code), contract: 2 }, 400, 'bodyInvalid'],
    ['a number for a code', { ...request(code), code: 1234 }, 400, 'bodyInvalid'],
    ['nothing', null, 400, 'bodyInvalid'],
  ];
  for (const [name, body, status, reason] of cases) {
    const answer = await askEnrolment(central.url, body);
    assert.deepEqual([answer.status, codeOf(answer)], [status, reason], name);
  }
  assert.equal((await askEnrolment(central.url, request(code))).status, 200, 'the code itself is still good');
});

test('a code ends when the dealer said; a box that used it in time may still repeat', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const { central, newCustomer, newCode } = await newTestCentral(t, { clock });
  const customer = await newCustomer('Expiry');
  const used = await newCode(customer, 1);
  const late = await newCode(customer, 1);
  const long = await newCode(customer, 30);
  const key = newBoxKey();
  const first = await askEnrolment(central.url, request(used, key.publicPem));
  clock.jump(instant(clock.now() + DAY));
  const expired = await askEnrolment(central.url, request(late));
  assert.deepEqual([expired.status, codeOf(expired)], [403, 'codeExpired']);
  assert.deepEqual(await askEnrolment(central.url, request(used, key.publicPem)), first);
  clock.jump(instant(clock.now() + 28 * DAY));
  assert.equal((await askEnrolment(central.url, request(long))).status, 200);
});

test('searching through codes is slowed down, and ends', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const { central, newCustomer, newCode } = await newTestCentral(t, { clock });
  const good = await newCode(await newCustomer('Search'));
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess += 1) {
    statuses.push((await askEnrolment(central.url, request(`7KQ2-9FXM-0000-${1000 + guess}`))).status);
  }
  assert.deepEqual(statuses, [...Array<number>(10).fill(403), 429, 429]);
  assert.equal((await askEnrolment(central.url, request(good))).status, 429, 'also with the right code');
  await clock.advance(millis(minutes(1) + 1));
  assert.equal((await askEnrolment(central.url, request(good))).status, 200);
});

test('codes are for 1 to 30 days and for a customer that there is', async () => {
  const { person, newCustomer } = shared;
  const customer = await newCustomer('Days');
  for (const days of [0, 31, 1.5, '7', null]) {
    const { status } = await person.call('POST', `/api/v1/customers/${customer}/codes`, { days });
    assert.equal(status, 400, String(days));
  }
  assert.equal((await person.call('POST', '/api/v1/customers/1/codes', { days: 7 })).status, 404);
});

test('the database holds neither the code nor anything of it', async () => {
  const { central, newCustomer, newCode } = shared;
  const customer = await newCustomer('Hash');
  const code = await newCode(customer);
  const store = central.work.database.forCustomer(Number(customer) as never);
  assert.equal(await store.boxes.findCode(code), undefined);
  assert.equal(await central.work.database.acrossCustomers.findCodeOwner(code), undefined);
});

overEngines((test) => {
  test('a code for a site: the box that uses it stands there', async (engine) => {
    const { central, person, newCustomer } = await engine.central();
    const customer = await newCustomer('Two sites AG');
    const base = `/api/v1/customers/${customer}`;
    const made = await person.call('POST', `${base}/sites`, { name: 'Depot', address: null });
    const { id: site } = made.body as SiteView;
    const unknown = await person.call('POST', `${base}/codes`, { days: 7, site: '99' });
    assert.deepEqual([unknown.status, (unknown.body as { code: string }).code], [422, 'fieldInvalid']);
    const { code } = (await person.call('POST', `${base}/codes`, { days: 7, site })).body as CodeView;
    const { agent } = await enrolBox(central.url, code, newBoxKey());
    const boxes = (await person.call('GET', `${base}/boxes`)).body as CentralBoxView[];
    assert.deepEqual(
      boxes.map((box) => [box.agent, box.site]),
      [[agent, site]],
    );
  });

  test('nine boxes with one code at once: one gets in', async (engine) => {
    const { central, newCustomer, newCode } = await engine.central();
    const code = await newCode(await newCustomer('Race'));
    const keys = Array.from({ length: 9 }, newBoxKey);
    const answers = await Promise.all(keys.map((key) => askEnrolment(central.url, request(code, key.publicPem))));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(answers.filter((answer) => codeOf(answer) === 'codeUsed').length, keys.length - 1);
  });

  test('two boxes report under their own numbers only', async (engine) => {
    const { central, newCustomer, newCode } = await engine.central();
    const customer = await newCustomer('Two');
    const agents: EnrolmentAnswer['box'][] = [];
    for (let count = 0; count < 2; count += 1) {
      const box = await enrolBox(central.url, await newCode(customer), newBoxKey());
      await box.report([readingItem(1)]);
      agents.push(box.agent);
    }
    assert.equal(new Set(agents).size, 2);
  });
});
