/** HTTPS beside HTTP on one port; what is secret goes over TLS only, or stays on this machine. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import type { CertificateView, SessionView } from '@rsb/contract';
import { instant, manualClock, seededRandom, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { buildServer, type ServerOptions } from '../src/api/index.ts';
import { openCertificates } from '../src/https/index.ts';
import { pageHosts } from '../src/https/page-hosts.ts';
import { createPeople, createSessions } from '../src/people/index.ts';
import { createChangeLog, createSettings, defaultSettings } from '../src/settings/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';
import type { Vault } from '../src/store/vault.ts';
import { PASSWORD, problem, startTestBox } from './box-at-work.ts';
import { issueFor, makeAuthority } from './line-certificates.ts';
import { browser, portOf } from './tls-browser.ts';

test('one port answers both, and each session has its own cookie', async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const secure = browser(portOf(box.url));
  const signedIn = await secure.call<SessionView>('POST', '/session', { password: PASSWORD });
  assert.equal(signedIn.status, 200);
  assert.equal(signedIn.body.secureUrl, null);
  const [cookie = ''] = signedIn.cookies;
  assert.match(cookie, /^__Host-rsb_box=[^;]+;.*HttpOnly.*; Secure$/);
  assert.match(cookie, /SameSite=Strict/);
  assert.equal((await secure.call('GET', '/settings')).status, 200);
  // The name of the other protocol is nobody's here.
  const value = cookie.split(';', 1)[0]?.split('=')[1] ?? '';
  const stray = browser(portOf(box.url));
  assert.equal((await stray.call('GET', '/settings', undefined, { cookie: `rsb_box=${value}` })).status, 401);
  assert.equal(
    (await box.stranger().call('GET', '/settings', undefined, { cookie: `__Host-rsb_box=${value}` })).status,
    401,
  );
  assert.equal((await box.reader.call('GET', '/settings')).status, 200, 'plain HTTP goes on');
});

test('the own certificate names this box, and is said with its fingerprint', async (t) => {
  const box = await startTestBox(t, { ownNames: ['printerbox'] });
  await box.setUp();
  const { certificate, body } = await browser(portOf(box.url)).call('GET', '/state');
  assert.ok(certificate && body);
  assert.equal(certificate.fingerprint256, box.box.fingerprint);
  for (const host of ['localhost', 'printerbox', 'printerbox.local']) assert.ok(certificate.checkHost(host), host);
  assert.ok(certificate.checkIP('127.0.0.1'));
  assert.equal(certificate.ca, false);
  const view = await box.reader.ask<CertificateView>('GET', '/certificate');
  assert.deepEqual([view.kind, view.fingerprint], ['own', box.box.fingerprint]);
  await box.restart();
  assert.equal(box.box.fingerprint, view.fingerprint, 'the same after a restart');
});

test('over HTTP from elsewhere nothing secret is taken, whatever a header claims', async (t) => {
  const db = openDatabase(':memory:');
  t.after(() => db.close());
  migrate(db);
  const [clock, random] = [systemClock(), systemRandom()];
  const facts = createFacts(db);
  const vault: Vault = { find: () => null, save: () => {}, setAt: () => null, derive: () => Buffer.alloc(32) };
  const changeLog = createChangeLog(db, clock);
  const people = createPeople({ db, facts, clock, random, zone: () => 'UTC' });
  const { app, routes } = await buildServer({
    service: { subscribe: () => () => undefined } as unknown as ServerOptions['service'],
    settings: createSettings({ db, vault, changeLog, defaults: defaultSettings({ zone: 'UTC', language: 'en' }) }),
    changeLog,
    people,
    sessions: createSessions(db, clock),
    certificates: {} as ServerOptions['certificates'],
    backup: {} as ServerOptions['backup'],
    clock,
    log: silentLog(),
    webRoot: '/nowhere',
    version: '0.0.0-test',
    cookieSecret: 'x'.repeat(32),
    ownNames: ['box'],
  });
  t.after(() => app.close());
  const from = (remoteAddress: string, method: string, url: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: method as 'POST',
      url: url.replace(/:\w+/, 'x'),
      remoteAddress,
      headers: { host: '192.168.1.20', ...headers },
      ...(method === 'GET' ? {} : { payload: {} }),
    });
  let asked = 0;
  for (const { method, url } of routes) {
    if (method === 'GET') continue;
    for (const address of ['192.168.1.5', '10.0.0.1', 'fe80::1', '::ffff:192.168.1.5']) {
      const answer = await from(address, method, url, {
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '127.0.0.1',
        forwarded: 'for=127.0.0.1;proto=https',
      });
      assert.equal(answer.json().code, 'secureNeeded', `${method} ${url} from ${address}`);
      assert.deepEqual(answer.json().params, { url: 'https://192.168.1.20:80' });
      asked += 1;
    }
    for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) {
      assert.notEqual(
        (await from(address, method, url)).json().code,
        'secureNeeded',
        `${method} ${url} from ${address}`,
      );
    }
  }
  assert.ok(asked > 80, `${asked} calls`);
  const session = await from('192.168.1.5', 'GET', '/api/v1/session', { host: 'box:8080' });
  assert.equal(session.json<SessionView>().secureUrl, 'https://box:8080');
});

test("the customer's certificate is taken with its key, and given back", async (t) => {
  const box = await startTestBox(t);
  await box.setUp();
  const authority = makeAuthority('Customer authority');
  const theirs = issueFor(['box.customer.test'], authority);
  const other = issueFor(['box.customer.test'], authority);
  const past = issueFor(['box.customer.test'], authority, { from: -9, to: -3 });
  const put = (certificate: string, key: string) => box.reader.call('PUT', '/certificate', { certificate, key });
  const refused = [
    ['', theirs.key, 'certificateInvalid', '/certificate'],
    [theirs.cert, 'no key', 'privateKeyInvalid', '/key'],
    [theirs.cert, other.key, 'privateKeyForeign', '/key'],
    [past.cert, past.key, 'certificateRunOut', '/certificate'],
  ] as const;
  for (const [certificate, key, code, field] of refused) {
    const { code: told, errors } = problem(await put(certificate, key));
    assert.deepEqual([told, errors?.[0]?.field], [code, field]);
  }
  const used = await box.reader.ask<CertificateView>('PUT', '/certificate', {
    certificate: theirs.cert,
    key: theirs.key,
  });
  assert.deepEqual([used.kind, used.issuer, used.hosts], ['customer', 'Customer authority', ['box.customer.test']]);
  const shown = async () => (await browser(portOf(box.url)).call('GET', '/state')).certificate?.fingerprint256;
  assert.equal(await shown(), new X509Certificate(theirs.cert).fingerprint256);
  await box.restart();
  assert.equal(await shown(), used.fingerprint, 'also after a restart');
  await box.signIn();
  assert.equal((await box.reader.ask<CertificateView>('DELETE', '/certificate')).kind, 'own');
  assert.notEqual(await shown(), used.fingerprint);
  const text = JSON.stringify([await box.reader.ask('GET', '/certificate'), await box.reader.ask('GET', '/changes')]);
  assert.equal(text.includes('PRIVATE'), false);
});

test('the own certificate is renewed before it runs out and when the box gets another address', async () => {
  const db = openDatabase(':memory:');
  migrate(db);
  const kept = new Map<string, Parameters<Vault['save']>[1]>();
  const vault: Vault = {
    find: (name) => kept.get(name) ?? null,
    save: (name, secret) => void (secret ? kept.set(name, secret) : kept.delete(name)),
    setAt: () => null,
    derive: () => Buffer.alloc(32),
  };
  const hosts = ['localhost', '192.168.1.20', 'fd00::2', 'Box.Customer.example'];
  const clock = manualClock(instant(0));
  const certificates = await openCertificates({
    vault,
    facts: createFacts(db),
    clock,
    random: seededRandom(1),
    hosts: () => hosts,
  });
  const first = new X509Certificate(certificates.current().cert);
  assert.ok(
    first.validToDate.getTime() > Date.UTC(2028, 0, 1),
    'a box that boots in 1970 makes one that is good today',
  );
  assert.ok(first.checkIP('fd00::2'));
  await certificates.renew();
  assert.equal(new X509Certificate(certificates.current().cert).fingerprint256, first.fingerprint256);
  hosts.push('192.168.1.21');
  await certificates.renew();
  const second = new X509Certificate(certificates.current().cert);
  assert.ok(second.checkIP('192.168.1.21'));
  assert.equal(second.publicKey.equals(first.publicKey), true, 'the key stays');
  clock.jump(instant(second.validToDate.getTime() - 30 * 86_400_000));
  await certificates.renew();
  assert.ok(new X509Certificate(certificates.current().cert).validToDate > second.validToDate);
  db.close();
});

test('names for the certificate: own names and addresses, nothing of containers, nothing that is no name', () => {
  const entry = (address: string, more = {}) => ({
    address,
    netmask: '',
    mac: '',
    internal: false,
    cidr: null,
    family: 'IPv4' as const,
    ...more,
  });
  const found = pageHosts(['Box', 'box.customer.example', 'no name', '-x'], () => ({
    eth0: [entry('192.168.1.20')],
    docker0: [entry('172.17.0.1')],
    lo: [entry('127.0.0.1', { internal: true })],
  }));
  assert.deepEqual(found, ['localhost', '127.0.0.1', 'box', 'box.local', 'box.customer.example', '192.168.1.20']);
});

test('who connects and says nothing, or nonsense, costs others nothing', async (t) => {
  const box = await startTestBox(t);
  const port = portOf(box.url);
  const silent = await new Promise<Socket>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
  });
  t.after(() => silent.destroy());
  const nonsense = connect(port, '127.0.0.1');
  nonsense.on('error', () => {}).end(Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]));
  const half = connect(port, '127.0.0.1');
  half.on('error', () => {}).end();
  await Promise.all([nonsense, half].map((socket) => new Promise((resolve) => socket.once('close', resolve).resume())));
  assert.equal((await box.reader.call('GET', '/state')).status, 200);
  assert.equal((await browser(port).call('GET', '/state')).status, 200);
});
