/** The way through a proxy: login, refusal, exceptions, and that it never sees more than a tunnel. */
import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { type TestContext, test } from 'node:test';
import { createServer } from 'node:tls';
import { Secret, seconds } from '@rsb/runtime';
import { type Line, openLine, type ProxySetting } from '../src/line/index.ts';
import { proxyFor } from '../src/line/proxy.ts';
import { issueFor, makeAuthority } from './line-certificates.ts';
import { closedPort, lineTo, listen, serveHttp, serveProxy, serveTcp, serveTls } from './line-servers.ts';

const HOST = 'central.test';
const dealer = makeAuthority('Dealer authority');
const json: RequestListener = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"fine":true}');

const setting = (port: number, more: Partial<ProxySetting> = {}): ProxySetting => ({
  url: `http://proxy.test:${port}`,
  user: null,
  password: null,
  exceptions: [],
  ...more,
});

const faultOf = async (line: Line) => {
  const answer = await line.ask({ method: 'POST', url: line.target('/api/v1/reports'), body: Buffer.from('{}') });
  return answer.ok ? null : answer.error.fault;
};

const central = (t: TestContext) => serveTls(t, issueFor([HOST], dealer), json);

test('TLS goes end to end through the tunnel; the proxy learns the name and the port alone', async (t) => {
  const port = await central(t);
  const proxy = await serveProxy(t);
  const { line } = lineTo(t, `https://${HOST}:${port}`, {
    proxy: setting(proxy.port),
    ca: dealer.pem,
    resolver: async (host) =>
      host === 'proxy.test' ? ['127.0.0.1'] : Promise.reject(new Error('the proxy resolves it')),
  });
  assert.equal(await faultOf(line), null);
  assert.deepEqual(proxy.asked, [`${HOST}:${port}`]);
});

test('a proxy that asks for a login says so, and lets in with the right one', async (t) => {
  const port = await central(t);
  const proxy = await serveProxy(t, { login: 'bôx:p:w' });
  const tries: readonly Partial<ProxySetting>[] = [
    {},
    { user: 'bôx' },
    { user: 'bôx', password: new Secret('wrong') },
    { user: 'bôx', password: new Secret('p:w') },
  ];
  const codes: unknown[] = [];
  for (const login of tries) {
    const { line } = lineTo(t, `https://${HOST}:${port}`, { proxy: setting(proxy.port, login), ca: dealer.pem });
    codes.push(await faultOf(line));
  }
  const refused = { code: 'lineProxyLogin', params: { proxy: `proxy.test:${proxy.port}` } };
  assert.deepEqual(codes, [refused, refused, refused, null]);
});

test('a proxy that refuses, that is not there, that is none', async (t) => {
  const port = await central(t);
  const through = (proxyPort: number) =>
    faultOf(lineTo(t, `https://${HOST}:${port}`, { proxy: setting(proxyPort), ca: dealer.pem }).line);
  const forbidding = await serveProxy(t, { status: 403 });
  assert.deepEqual(await through(forbidding.port), {
    code: 'lineProxyRefused',
    params: { proxy: `proxy.test:${forbidding.port}`, status: 403 },
  });
  const nobody = await closedPort();
  assert.deepEqual(await through(nobody), { code: 'lineRefused', params: { host: 'proxy.test', port: nobody } });
  const plain = await serveHttp(t, json);
  assert.equal((await through(plain))?.code, 'lineBroken', 'a web server closes on CONNECT');
  const other = await serveTcp(t, (socket) => socket.once('data', () => socket.end('220 mail.test ESMTP\r\n')));
  assert.equal((await through(other))?.code, 'lineBroken');
});

test('a proxy without an end of its answer, and one whose central is silent, end by the clock', async (t) => {
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const mute = await serveTcp(t, (socket) => socket.once('data', () => onAsked()));
  const { line, clock } = lineTo(t, `https://${HOST}`, { proxy: setting(mute) });
  const answer = faultOf(line);
  await asked;
  await clock.advance(seconds(20));
  assert.deepEqual(await answer, { code: 'lineTimeout', params: { host: HOST } });
});

test('a proxy that speaks TLS is checked like central', async (t) => {
  const port = await central(t);
  const proxy = await serveProxy(t);
  const tlsPort = await listen(
    t,
    createServer(issueFor(['proxy.test'], dealer), (socket) => {
      proxy.server.emit('connection', socket);
    }),
  );
  const by = (ca: string | undefined) =>
    faultOf(
      lineTo(t, `https://${HOST}:${port}`, {
        proxy: { ...setting(0), url: `https://proxy.test:${tlsPort}` },
        ...(ca === undefined ? {} : { ca }),
      }).line,
    );
  assert.equal(await by(dealer.pem), null);
  assert.deepEqual(await by(undefined), { code: 'lineIssuerUnknown', params: { host: 'proxy.test' } });
});

test('a portal behind the proxy is not taken for central', async (t) => {
  const portal = await serveTls(t, issueFor([HOST], makeAuthority('Portal')), json);
  const proxy = await serveProxy(t);
  const { line } = lineTo(t, `https://${HOST}:${portal}`, { proxy: setting(proxy.port), ca: dealer.pem });
  assert.equal((await faultOf(line))?.code, 'lineIssuerUnknown');
});

const exceptions: readonly (readonly [host: string, exceptions: readonly string[], direct: boolean])[] = [
  ['central.test', [], false],
  ['central.test', ['central.test'], true],
  ['central.test', ['CENTRAL.test '], true],
  ['central.test', ['test'], true],
  ['central.test', ['.test'], true],
  ['central.test', ['*.test'], true],
  ['central.test', ['*'], true],
  ['central.test', ['.central.test'], false],
  ['central.test', ['entral.test'], false],
  ['central.test', ['central.tes', 'central', ''], false],
  ['central.test', ['127.0.0.0/8'], false],
  ['192.0.2.7', ['192.0.2.7'], true],
  ['192.0.2.7', ['192.0.2.0/24'], true],
  ['192.0.2.7', ['192.0.3.0/24', '2.7', '192.0.2.0/99'], false],
  ['2001:db8::7', ['2001:db8::/32'], true],
  ['2001:db8::7', ['2001:db9::/32', '192.0.2.0/24'], false],
];
for (const [host, list, direct] of exceptions) {
  test(`${host} with the exceptions [${list.join(', ')}] is reached ${direct ? 'directly' : 'by the proxy'}`, () => {
    const chosen = proxyFor(host, { ...setting(3128), exceptions: list });
    assert.ok(chosen.ok);
    assert.equal(chosen.value === null, direct);
  });
}

test('an exception is reached without the proxy', async (t) => {
  const port = await central(t);
  const proxy = await serveProxy(t, { status: 403 });
  const by = (list: readonly string[]) =>
    faultOf(
      lineTo(t, `https://${HOST}:${port}`, { proxy: setting(proxy.port, { exceptions: list }), ca: dealer.pem }).line,
    );
  assert.equal(await by(['central.test']), null);
  assert.equal((await by(['other.test']))?.code, 'lineProxyRefused');
  assert.equal(proxy.asked.length, 1);
});

test('this machine is never asked through a proxy', async (t) => {
  const proxy = await serveProxy(t);
  const port = await serveHttp(t, json);
  assert.equal(await faultOf(lineTo(t, `http://127.0.0.1:${port}`, { proxy: setting(proxy.port) }).line), null);
  assert.equal(await faultOf(lineTo(t, `http://localhost:${port}`, { proxy: setting(proxy.port) }).line), null);
  assert.deepEqual(proxy.asked, []);
});

test('a proxy whose address is none is refused before anything is sent', (t) => {
  const { clock } = lineTo(t, 'https://central.test');
  const opened = openLine({ url: 'https://central.test', clock, proxy: { ...setting(1), url: 'proxy.test:3128' } });
  assert.deepEqual(opened.ok ? null : opened.error, { code: 'urlInvalid', params: { url: 'proxy.test:3128' } });
});
