/** Starting and stopping: TLS, a taken port, a database that is not there, the dashboard's files. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type CentralOptions, prepare, startCentral } from '@rsb/central';
import { instant, manualClock, openDataFolder, seconds, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { askEnrolment, newBoxKey } from './box-peer.ts';
import { newFolder, newTestCentral, okay, PASSWORD, runCentral, signedIn } from './running-central.ts';

function optionsIn(path: string): CentralOptions {
  return {
    folder: okay(openDataFolder(path)),
    host: '127.0.0.1',
    port: 0,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
  };
}

test('a port that is taken is named', async (t) => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  t.after(() => other.close());
  const address = other.address();
  assert.ok(address && typeof address === 'object');
  const outcome = await startCentral({ ...optionsIn(newFolder(t)), port: address.port });
  assert.deepEqual(outcome, {
    ok: false,
    error: { code: 'portTaken', params: { port: address.port, address: '127.0.0.1' } },
  });
});

test('a database that does not answer, or is none, is a fault and not a crash', async (t) => {
  const unreachable = 'postgresql://rsb:secret-word@127.0.0.1:1/rsb';
  const outcome = await startCentral({ ...optionsIn(newFolder(t)), databaseUrl: unreachable });
  assert.ok(!outcome.ok);
  assert.equal(outcome.error.code, 'databaseUnusable');
  assert.ok(!JSON.stringify(outcome).includes('secret-word'));
  const folder = newFolder(t);
  writeFileSync(join(folder, 'central.sqlite'), 'this is no database, and long enough to be looked at'.repeat(100));
  const broken = await startCentral(optionsIn(folder));
  assert.ok(!broken.ok);
  assert.equal(broken.error.code, 'databaseUnusable');
});

test('a key that is damaged stops the start and is not made over', async (t) => {
  const folder = newFolder(t);
  writeFileSync(join(folder, 'central.key'), 'damaged');
  const outcome = await startCentral(optionsIn(folder));
  assert.ok(!outcome.ok);
  assert.equal(outcome.error.code, 'folderUnusable');
  assert.equal(readFileSync(join(folder, 'central.key'), 'utf8'), 'damaged');
});

test('a public URL that is none is refused', async (t) => {
  const outcome = await startCentral({ ...optionsIn(newFolder(t)), publicUrl: 'central.example' });
  assert.deepEqual(outcome, { ok: false, error: { code: 'urlInvalid', params: { url: 'central.example' } } });
});

test('a certificate that is none is refused before anything is opened', async (t) => {
  const outcome = await startCentral({ ...optionsIn(newFolder(t)), tls: { cert: 'no certificate', key: 'no key' } });
  assert.deepEqual(outcome, { ok: false, error: { code: 'certificateInvalid', params: {} } });
});

test('the demo’s preparation goes through the real doors', async (t) => {
  const central = await runCentral(t);
  const wanted = { dealer: 'Dealer SA', user: 'demo', password: PASSWORD, customer: 'Seed' };
  const { code } = okay(await prepare(central, wanted));
  await signedIn(central.url, '/api/v1/session', { user: 'demo', password: PASSWORD });
  const publicKey = newBoxKey().publicPem;
  assert.equal((await askEnrolment(central.url, { contract: 1, code, publicKey, version: '0.1.0' })).status, 200);
  const again = await prepare(central, wanted);
  assert.ok(!again.ok);
});

test('over TLS the cookie is for https alone and the browser is told to stay there', async (t) => {
  const folder = newFolder(t);
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
        ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
      ],
      { stdio: 'ignore' },
    );
  } catch (error) {
    if (process.env['RSB_REQUIRE_ALL'] === '1') throw error;
    return t.skip('openssl is missing');
  }
  const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  const central = await runCentral(t, { tls });
  assert.match(central.url, /^https:/);
  okay(await prepare(central, { dealer: 'D', user: 'admin', password: PASSWORD, customer: 'C' }));
  const headers = await new Promise<NodeJS.Dict<string | string[]>>((done, fail) => {
    const options = { method: 'POST', ca: tls.cert, headers: { 'content-type': 'application/json' }, agent: false };
    const asked = request(`${central.url}/api/v1/session`, options, (answer) => {
      answer.resume();
      done(answer.headers);
    });
    asked.on('error', fail);
    asked.end(JSON.stringify({ user: 'admin', password: PASSWORD }));
  });
  assert.match(String(headers['set-cookie']), /; Secure/);
  assert.match(String(headers['strict-transport-security']), /max-age=/);
});

test('the dashboard’s pages come from one index, its files by name, and nothing else is served', async (t) => {
  const webRoot = join(newFolder(t), 'web');
  mkdirSync(join(webRoot, 'assets'), { recursive: true });
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>central</title>');
  writeFileSync(join(webRoot, 'assets', 'main-AB2CD34E.js'), 'export {}');
  writeFileSync(join(webRoot, 'assets', 'inter-variable.woff2'), 'font');
  writeFileSync(join(webRoot, '..', 'outside.txt'), 'outside');
  const { central } = await newTestCentral(t, { webRoot });
  const get = (path: string) => fetch(`${central.url}${path}`);
  for (const path of ['/', '/customers/5/boxes', '/devices/7?tab=1']) {
    const page = await get(path);
    assert.equal(page.status, 200, path);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(page.headers.get('cache-control'), 'no-cache');
  }
  const script = await get('/assets/main-AB2CD34E.js');
  assert.match(script.headers.get('cache-control') ?? '', /immutable/);
  assert.match(script.headers.get('content-type') ?? '', /javascript/);
  assert.equal((await get('/assets/inter-variable.woff2')).headers.get('cache-control'), 'no-cache');
  for (const path of ['/assets/missing.js', '/api/v1/nowhere', '/..%2foutside.txt', '/%2e%2e/outside.txt']) {
    assert.equal((await get(path)).status, 404, path);
  }
  const policy = (await get('/')).headers.get('content-security-policy') ?? '';
  for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
    assert.ok(policy.includes(rule), rule);
  }
  assert.ok(!/https:|unsafe|upgrade-insecure/.test(policy));
  assert.equal((await get('/')).headers.get('strict-transport-security'), null, 'not on plain http');
});

test('closing ends connections that ask nothing at once, lets a running request finish, and waits for none for ever', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const central = await runCentral(t, { clock });
  const { port } = new URL(central.url);
  const HEAD = 'host: 127.0.0.1\r\nconnection: keep-alive\r\n';
  const connected = async (said: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    const ended = once(socket, 'close');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(said);
    return { socket, ended };
  };
  const silent = await connected('');
  const half = await connected('GET /health HT');
  const idle = await connected(`GET /health HTTP/1.1\r\n${HEAD}\r\n`);
  await once(idle.socket, 'data');
  const body = JSON.stringify({ code: 'none', dealer: 'D', user: 'admin', password: PASSWORD });
  const begun = () =>
    connected(
      `POST /api/v1/setup HTTP/1.1\r\n${HEAD}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
  const running = await begun();
  const stuck = await begun();
  // Answers come in the order of connections: central has seen the ones before.
  assert.equal((await fetch(`${central.url}/health`)).status, 200);
  const closed = central.close();
  await until(() => clock.waiting().includes('close'));
  running.socket.write(body);
  const [answer] = await once(running.socket, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 \d{3} /);
  await clock.advance(seconds(9));
  assert.equal(stuck.socket.destroyed, false, 'a request that runs has its time');
  await clock.advance(seconds(1));
  await Promise.all([silent, half, idle, running, stuck].map(({ ended }) => ended));
  await closed;
});

test('with nothing running, an idle and a silent connection hold nothing up', async (t) => {
  const clock = manualClock(instant(Date.UTC(2026, 10, 24)));
  const central = await runCentral(t, { clock });
  const sockets = [1, 2, 3].map(() => connect(Number(new URL(central.url).port), '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const ended = sockets.map((socket) => once(socket, 'close'));
  assert.equal((await fetch(`${central.url}/health`)).status, 200);
  // The clock stands: whatever waited for a time would wait for ever.
  await central.close();
  assert.equal((await Promise.all(ended)).length, 3);
});

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !isSo(); turn += 1) await setImmediate();
  assert.ok(isSo());
}
