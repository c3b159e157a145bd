/** Passkeys: made, used, refused where anything is not as it must be; nobody loses the last way to sign in. */
import assert from 'node:assert/strict';
import { test as single } from 'node:test';
import type { CentralSession, PasskeyCreation, PasskeyQuestion, PasskeysView } from '@rsb/contract';
import { instant, manualClock, minutes } from '@rsb/runtime';
import type { FastifyRequest } from 'fastify';
import { relyingParties } from '../src/api/relying-party.ts';
import { newPerson } from './callers.ts';
import { overEngines } from './engines.ts';
import { newTestCentral, PASSWORD, type Person, personWith, type TestCentral } from './running-central.ts';
import { type Deviation, makePasskey, type SoftPasskey } from './soft-authenticator.ts';

/** Central as a browser reaches it, by its name; `fetch` would not take a Host of ours. */
const named = (url: string): string => url.replace('127.0.0.1', 'localhost');
const here = ({ central }: TestCentral): string => named(central.url);

const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code: string }).code];

async function addPasskey(shared: TestCentral, who: Person, name: string, odd: Deviation = {}): Promise<SoftPasskey> {
  const at = personWith(here(shared), who.headers);
  const begun = await at.call('POST', '/api/v1/account/passkeys/options', { password: PASSWORD });
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const passkey = makePasskey(begun.body as PasskeyCreation, here(shared), name, odd);
  const added = await at.call('POST', '/api/v1/account/passkeys', passkey.made);
  assert.equal(added.status, 201, JSON.stringify(added.body));
  return passkey;
}

async function questionOf(shared: TestCentral): Promise<PasskeyQuestion> {
  const stranger = personWith(here(shared), {});
  return (await stranger.call('POST', '/api/v1/session/passkey/options')).body as PasskeyQuestion;
}

async function signIn(shared: TestCentral, passkey: SoftPasskey, odd: Deviation = {}) {
  const answer = passkey.answer(await questionOf(shared), odd);
  return personWith(here(shared), {}).call('POST', '/api/v1/session/passkey', answer);
}

overEngines((test) => {
  test('a passkey is made with the password and signs its person in', async (engine) => {
    const shared = await engine.central();
    const person = await newPerson(shared, 'Passkey person', 'technician');
    const at = personWith(here(shared), person.headers);
    const wrong = await at.call('POST', '/api/v1/account/passkeys/options', { password: 'wrong' });
    assert.deepEqual(codeOf(wrong), [401, 'passwordWrong']);
    const missing = await at.call('POST', '/api/v1/account/passkeys/options', { password: null });
    assert.deepEqual(codeOf(missing), [401, 'passwordWrong']);
    const passkey = await addPasskey(shared, person, 'Telephone');
    const signedIn = await signIn(shared, passkey);
    assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
    const session = signedIn.body as CentralSession;
    assert.deepEqual([session.user, session.role], ['Passkey person', 'technician']);
    assert.ok(session.csrfToken);
    const { passkeys, password, origin } = (await at.call('GET', '/api/v1/account/passkeys')).body as PasskeysView;
    assert.deepEqual([password, origin], [true, here(shared)]);
    assert.deepEqual(
      passkeys.map(({ name, lastUsed }) => [name, lastUsed !== null]),
      [['Telephone', true]],
    );
  });

  test('an answer that is not as it must be signs nobody in', async (engine) => {
    const shared = await newTestCentral(engine, await engine.place());
    const passkey = await addPasskey(shared, shared.person, 'Key');
    const other = await newPerson(shared, 'Other', 'technician');
    const stranger = personWith(here(shared), {});
    const begun = await personWith(here(shared), other.headers).call('POST', '/api/v1/account/passkeys/options', {
      password: PASSWORD,
    });
    const { challenge, user } = begun.body as PasskeyCreation;
    const cases: readonly [string, Deviation][] = [
      ['a page elsewhere', { origin: 'https://central.evil.test' }],
      ['another port of this machine', { origin: 'http://localhost:1' }],
      ['bound to another name', { rpId: 'evil.test' }],
      ['nobody showed who holds it', { flags: 0x01 }],
      ['nobody touched it', { flags: 0x04 }],
      ['a challenge of nobody', { challenge: Buffer.alloc(38).toString('base64url') }],
      ['a challenge for making a passkey', { challenge }],
      ['no challenge', { challenge: '' }],
      ['an answer to something else', { type: 'webauthn.create' }],
      ['somebody else’s name on it', { userHandle: user.id }],
      ['no name on it', { userHandle: '' }],
      ['a passkey that is not known', { id: 'bm90aGluZw' }],
      ['signed by nobody', { signature: 'MEUCIQ' }],
    ];
    for (const [why, odd] of cases) {
      const answer = await signIn(shared, passkey, odd);
      assert.deepEqual(codeOf(answer), [401, 'passkeyRefused'], why);
      assert.equal(answer.headers.getSetCookie().length, 0, why);
      // A guess is slowed down; here each is a first one.
      assert.equal((await signIn(shared, passkey)).status, 200, `a right answer after ${why}`);
    }
    const question = await questionOf(shared);
    const once = passkey.answer(question);
    assert.equal((await stranger.call('POST', '/api/v1/session/passkey', once)).status, 200);
    assert.deepEqual(codeOf(await stranger.call('POST', '/api/v1/session/passkey', once)), [401, 'passkeyRefused']);
    const again = passkey.answer(question);
    assert.deepEqual(codeOf(await stranger.call('POST', '/api/v1/session/passkey', again)), [401, 'passkeyRefused']);
    assert.deepEqual(
      codeOf(await signIn(shared, passkey, { counter: 2 })),
      [401, 'passkeyRefused'],
      'a copy of the key',
    );
    const atOnce = passkey.answer(await questionOf(shared));
    const both = await Promise.all(
      [1, 2].map(() => stranger.call('POST', '/api/v1/session/passkey', atOnce).then(({ status }) => status)),
    );
    assert.deepEqual(both.sort(), [200, 401]);
  });

  test('a passkey that was not made here, or for somebody else, is not added', async (engine) => {
    const shared = await newTestCentral(engine, await engine.place());
    const other = await newPerson(shared, 'Other', 'technician');
    const at = personWith(here(shared), shared.person.headers);
    const begin = async (who = at) =>
      (await who.call('POST', '/api/v1/account/passkeys/options', { password: PASSWORD })).body as PasskeyCreation;
    const cases: readonly [string, Deviation][] = [
      ['a page elsewhere', { origin: 'https://central.evil.test' }],
      ['bound to another name', { rpId: 'evil.test' }],
      ['nobody showed who holds it', { flags: 0x41 }],
      ['an answer to something else', { type: 'webauthn.get' }],
      ['a challenge for signing in', { challenge: (await questionOf(shared)).challenge }],
      ['another id than its own', { id: 'bm90aGluZw' }],
    ];
    for (const [why, odd] of cases) {
      const { made } = makePasskey(await begin(), here(shared), 'Key', odd);
      const answer = await at.call('POST', '/api/v1/account/passkeys', made);
      assert.deepEqual(codeOf(answer), [422, 'passkeyInvalid'], why);
    }
    const foreign = makePasskey(await begin(personWith(here(shared), other.headers)), here(shared), 'Key');
    assert.deepEqual(codeOf(await at.call('POST', '/api/v1/account/passkeys', foreign.made)), [422, 'passkeyInvalid']);
    const { made } = makePasskey(await begin(), here(shared), 'Key');
    assert.equal((await at.call('POST', '/api/v1/account/passkeys', made)).status, 201);
    assert.deepEqual(codeOf(await at.call('POST', '/api/v1/account/passkeys', made)), [422, 'passkeyInvalid'], 'twice');
    const long = { ...made, credential: { ...made.credential, id: 'A'.repeat(2000) } };
    assert.deepEqual(codeOf(await at.call('POST', '/api/v1/account/passkeys', long)), [400, 'bodyInvalid']);
  });

  test('the last way to sign in stays, whatever is removed at once', async (engine) => {
    const shared = await newTestCentral(engine, await engine.place());
    const at = personWith(here(shared), shared.person.headers);
    const drop = (password: string | null) => at.call('POST', '/api/v1/account/password/removal', { password });
    assert.deepEqual(codeOf(await drop(PASSWORD)), [409, 'lastWayIn'], 'no passkey yet');
    const keys = [await addPasskey(shared, shared.person, 'One'), await addPasskey(shared, shared.person, 'Two')];
    assert.deepEqual(codeOf(await drop('wrong')), [401, 'passwordWrong']);
    assert.equal((await drop(PASSWORD)).status, 204);
    const password = { user: 'admin', password: PASSWORD };
    assert.deepEqual(codeOf(await at.call('POST', '/api/v1/session', password)), [401, 'passwordWrong']);
    assert.deepEqual(codeOf(await at.call('POST', '/api/v1/session', { ...password, password: '' })), [
      401,
      'passwordWrong',
    ]);
    const removed = await Promise.all(
      keys.map(({ id }) => at.call('DELETE', `/api/v1/account/passkeys/${id}`).then(({ status }) => status)),
    );
    assert.deepEqual(removed.sort(), [204, 409]);
    const left = ((await at.call('GET', '/api/v1/account/passkeys')).body as PasskeysView).passkeys;
    assert.equal(left.length, 1);
    const stays = keys.find(({ id }) => id === left[0]?.id) ?? assert.fail();
    assert.equal((await signIn(shared, stays)).status, 200);
    const anew = { current: '', password: 'another long password' };
    assert.equal((await at.call('PUT', '/api/v1/account/password', anew)).status, 204, 'a fresh sign-in proves it');
    assert.equal((await at.call('DELETE', `/api/v1/account/passkeys/${stays.id}`)).status, 204);
    assert.equal((await at.call('DELETE', `/api/v1/account/passkeys/${stays.id}`)).status, 404);
    assert.equal((await at.call('POST', '/api/v1/session', { ...password, password: anew.password })).status, 200);
  });

  test('an invitation ends with a passkey as well: once, for whom it is, and a reset takes the password away', async (engine) => {
    const shared = await engine.central();
    const stranger = personWith(here(shared), {});
    const invited = { name: 'Keyed', role: 'technician', customer: null, days: 7 };
    const { code } = (await shared.person.call('POST', '/api/v1/invitations', invited)).body as { code: string };
    const begin = (given: string) => stranger.call('POST', '/api/v1/invitations/passkey/options', { code: given });
    assert.deepEqual(codeOf(await begin('AAAA-BBBB-CCCC-DDDD')), [403, 'invitationUnknown']);
    const make = async (given: string, odd: Deviation = {}) =>
      makePasskey((await begin(given)).body as PasskeyCreation, here(shared), 'Laptop', odd);
    const join = (given: string, { made }: SoftPasskey) =>
      stranger.call('POST', '/api/v1/invitations/passkey', { code: given, passkey: made });
    const elsewhere = await make(code, { origin: 'https://central.evil.test' });
    assert.deepEqual(codeOf(await join(code, elsewhere)), [422, 'passkeyInvalid']);
    const other = { ...invited, name: 'Somebody else' };
    const theirs = (await shared.person.call('POST', '/api/v1/invitations', other)).body as { code: string };
    assert.deepEqual(codeOf(await join(theirs.code, await make(code))), [422, 'passkeyInvalid'], 'made for another');
    const passkey = await make(code);
    const joined = await join(code, passkey);
    const session = joined.body as CentralSession;
    assert.deepEqual([joined.status, session.user, session.role], [200, 'Keyed', 'technician']);
    assert.equal(joined.headers.getSetCookie().length, 1);
    assert.deepEqual(codeOf(await join(code, passkey)), [403, 'invitationUnknown']);
    assert.equal((await signIn(shared, passkey)).status, 200);
    const byPassword = await stranger.call('POST', '/api/v1/session', { user: 'Keyed', password: '' });
    assert.deepEqual(codeOf(byPassword), [401, 'passwordWrong']);

    const known = await newPerson(shared, 'Forgetful', 'technician');
    const accounts = (await shared.person.call('GET', '/api/v1/accounts')).body as { id: string; name: string }[];
    const { id } = accounts.find(({ name }) => name === 'Forgetful') ?? assert.fail();
    const reset = (await shared.person.call('POST', `/api/v1/accounts/${id}/reset`, { days: 1 })).body;
    const fresh = await make((reset as { code: string }).code);
    assert.equal((await known.call('GET', '/api/v1/customers')).status, 200, 'until then nothing changes');
    assert.equal((await join((reset as { code: string }).code, fresh)).status, 200);
    assert.equal((await known.call('GET', '/api/v1/customers')).status, 401);
    const old = await stranger.call('POST', '/api/v1/session', { user: 'Forgetful', password: PASSWORD });
    assert.deepEqual(codeOf(old), [401, 'passwordWrong']);
    assert.equal((await signIn(shared, fresh)).status, 200);
  });

  test('a disabled account is closed to its passkey, and one’s passkey is nobody else’s to remove', async (engine) => {
    const shared = await engine.central();
    const person = await newPerson(shared, 'Leaves', 'technician');
    const passkey = await addPasskey(shared, person, 'Key');
    const eve = await newPerson(shared, 'Eve', 'technician');
    assert.equal((await eve.call('DELETE', `/api/v1/account/passkeys/${passkey.id}`)).status, 404);
    const accounts = (await shared.person.call('GET', '/api/v1/accounts')).body as {
      id: string;
      name: string;
      passkeys: number;
    }[];
    const account = accounts.find(({ name }) => name === 'Leaves') ?? assert.fail();
    assert.equal(account.passkeys, 1);
    await shared.person.call('PATCH', `/api/v1/accounts/${account.id}`, { disabled: true });
    assert.deepEqual(codeOf(await signIn(shared, passkey)), [401, 'passkeyRefused']);
  });
});

single('a challenge ends after five minutes; without a password only a fresh sign-in makes passkeys', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const shared = await newTestCentral(t, { clock });
  const at = personWith(here(shared), shared.person.headers);
  const passkey = await addPasskey(shared, shared.person, 'Key');
  const question = await questionOf(shared);
  clock.jump(instant(clock.now() + minutes(5)));
  const late = await personWith(here(shared), {}).call('POST', '/api/v1/session/passkey', passkey.answer(question));
  assert.deepEqual(codeOf(late), [401, 'passkeyRefused']);
  assert.equal((await at.call('POST', '/api/v1/account/password/removal', { password: PASSWORD })).status, 204);
  const begin = () => at.call('POST', '/api/v1/account/passkeys/options', { password: null });
  assert.equal((await begin()).status, 200);
  clock.jump(instant(clock.now() + minutes(11)));
  assert.deepEqual(codeOf(await begin()), [403, 'signInAnew']);
});

single('wrong answers are slowed down', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const shared = await newTestCentral(t, { clock });
  const passkey = await addPasskey(shared, shared.person, 'Key');
  for (let guess = 0; guess < 10; guess += 1)
    assert.equal((await signIn(shared, passkey, { signature: 'AAAA' })).status, 401);
  const slow = await signIn(shared, passkey);
  assert.deepEqual([slow.status, slow.headers.get('retry-after')], [429, '60']);
});

single('passkeys work at central’s own name alone', () => {
  const asked = (hostname: string, protocol = 'http', localPort = 8090) =>
    ({ hostname, protocol, socket: { localPort } }) as unknown as FastifyRequest;
  const cases: readonly [string | null, FastifyRequest, { id: string; origin: string } | null][] = [
    [
      'https://central.dealer.test/',
      asked('localhost'),
      { id: 'central.dealer.test', origin: 'https://central.dealer.test' },
    ],
    [
      'https://central.dealer.test:8443',
      asked('evil.test'),
      { id: 'central.dealer.test', origin: 'https://central.dealer.test:8443' },
    ],
    ['http://central.dealer.test', asked('central.dealer.test'), null],
    ['https://192.0.2.7', asked('192.0.2.7'), null],
    ['https://[2001:db8::7]', asked('[2001:db8::7]'), null],
    ['http://localhost:8090', asked('localhost'), { id: 'localhost', origin: 'http://localhost:8090' }],
    [null, asked('localhost'), { id: 'localhost', origin: 'http://localhost:8090' }],
    [null, asked('LOCALHOST', 'http', 80), { id: 'localhost', origin: 'http://localhost' }],
    [null, asked('127.0.0.1'), null],
    [null, asked('central.dealer.test'), null],
    [null, asked('evil.test', 'https', 443), null],
    [null, asked('a b'), null],
  ];
  for (const [publicUrl, request, party] of cases)
    assert.deepEqual(relyingParties(publicUrl, null)(request), party, `${publicUrl} ${request.hostname}`);
});
