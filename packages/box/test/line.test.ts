/** The line to central: each way to fail has its own name, and nothing but central's JSON passes for an answer. */
import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { Fault } from '@rsb/contract';
import { manualClock, minutes, seconds } from '@rsb/runtime';
import { checkLine, type Line, openLine, parseCentralUrl, parseProxyUrl } from '../src/line/index.ts';
import { issueFor, makeAuthority } from './line-certificates.ts';
import { closedPort, lineTo, START, serveHttp, serveTcp, serveTls } from './line-servers.ts';

const HOST = 'central.test';
const dealer = makeAuthority('Dealer authority');

const json: RequestListener = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"fine":true}');

async function faultOf(line: Line): Promise<Fault | null> {
  const answer = await line.ask({ method: 'POST', url: line.target('/api/v1/reports'), body: Buffer.from('{}') });
  return answer.ok ? null : answer.error.fault;
}

const urls: readonly (readonly [string, string | null])[] = [
  ['https://central.example', null],
  ['https://central.example:8443/rsb/', null],
  ['  https://central.example  ', null],
  ['http://127.0.0.1:8090', null],
  ['http://127.8.9.10', null],
  ['http://localhost:8090', null],
  ['http://box.localhost', null],
  ['http://[::1]:8090', null],
  ['http://[::ffff:127.0.0.1]', null],
  ['http://central.example', 'urlInsecure'],
  ['http://192.168.1.20', 'urlInsecure'],
  ['http://localhost.example', 'urlInsecure'],
  ['http://0.0.0.0', 'urlInsecure'],
  ['http://127.0.0.1.example', 'urlInsecure'],
  ['central.example', 'urlInvalid'],
  ['central.example:8443', 'urlInvalid'],
  ['ftp://central.example', 'urlInvalid'],
  ['file:///etc/passwd', 'urlInvalid'],
  ['https://', 'urlInvalid'],
  ['', 'urlInvalid'],
  ['https://user:secret@central.example', 'urlInvalid'],
  ['https://central.example/?x=1', 'urlInvalid'],
  ['https://central.example/#x', 'urlInvalid'],
];
for (const [url, code] of urls) {
  test(`central at "${url}" is ${code ?? 'fine'}`, () => {
    const parsed = parseCentralUrl(url);
    assert.equal(parsed.ok ? null : parsed.error.code, code);
    assert.ok(!JSON.stringify(parsed).includes('secret'), 'a login in the address is not repeated');
  });
}

test("a proxy's address is a host and a port alone", () => {
  const good = ['http://proxy.example:3128', 'https://proxy.example', 'http://10.0.0.1:8080/'];
  const bad = [
    'proxy.example:3128',
    'socks5://proxy.example',
    'http://u:p@proxy.example',
    'http://proxy.example/pac',
    '',
  ];
  assert.deepEqual(
    good.map((url) => parseProxyUrl(url).ok),
    [true, true, true],
  );
  assert.deepEqual(
    bad.map((url) => parseProxyUrl(url).ok),
    [false, false, false, false, false],
  );
});

test('what is asked keeps the path of the configured address', () => {
  const target = (url: string) => {
    const line = openLine({ url, clock: manualClock(START) });
    assert.ok(line.ok);
    return line.value.target('/api/v1/reports');
  };
  assert.equal(target('https://Central.example:443/'), 'https://central.example/api/v1/reports');
  assert.equal(target('https://central.example/rsb/'), 'https://central.example/rsb/api/v1/reports');
});

const certificates: readonly {
  readonly name: string;
  readonly code: string | null;
  readonly hosts?: readonly string[];
  readonly days?: { from?: number; to?: number };
  readonly ca?: string;
}[] = [
  { name: 'of the own authority', code: null, ca: dealer.pem },
  { name: 'of the own authority among several', code: null, ca: makeAuthority('Other').pem + dealer.pem },
  { name: 'of an unknown issuer', code: 'lineIssuerUnknown' },
  {
    name: 'of an issuer that only bears the name',
    code: 'lineIssuerUnknown',
    ca: makeAuthority('Dealer authority').pem,
  },
  { name: 'for another host', code: 'lineWrongHost', hosts: ['portal.test'], ca: dealer.pem },
  { name: 'for an address in place of the name', code: 'lineWrongHost', hosts: ['127.0.0.1'], ca: dealer.pem },
  { name: 'that has expired', code: 'lineCertificateExpired', days: { from: -10, to: -2 }, ca: dealer.pem },
  { name: 'that is not valid yet', code: 'lineCertificateNotYetValid', days: { from: 2, to: 10 }, ca: dealer.pem },
];
for (const { name, code, hosts = [HOST], days, ca } of certificates) {
  test(`a certificate ${name}: ${code ?? 'accepted'}`, async (t) => {
    const port = await serveTls(t, issueFor(hosts, dealer, days), json);
    const { line } = lineTo(t, `https://${HOST}:${port}`, ca === undefined ? {} : { ca });
    const fault = await faultOf(line);
    assert.deepEqual(fault, code === null ? null : { code, params: { host: HOST } });
  });
}

test('a certificate is also accepted by address, by an intermediate authority, and when it is pinned itself', async (t) => {
  const between = makeAuthority('Intermediate', dealer);
  const byAddress = await serveTls(t, issueFor(['127.0.0.1'], dealer), json);
  const chained = await serveTls(t, issueFor([HOST], between, { chain: [between] }), json);
  const unchained = await serveTls(t, issueFor([HOST], between), json);
  const own = issueFor([HOST], dealer);
  const pinned = await serveTls(t, own, json);
  assert.equal(await faultOf(lineTo(t, `https://127.0.0.1:${byAddress}`, { ca: dealer.pem }).line), null);
  assert.equal(await faultOf(lineTo(t, `https://${HOST}:${chained}`, { ca: dealer.pem }).line), null);
  assert.equal(await faultOf(lineTo(t, `https://${HOST}:${unchained}`, { ca: between.pem }).line), null);
  assert.equal(await faultOf(lineTo(t, `https://${HOST}:${pinned}`, { ca: own.cert }).line), null);
});

test('no environment variable switches the check of certificates off', async (t) => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  t.after(() => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  });
  const port = await serveTls(t, issueFor([HOST], dealer), json);
  assert.equal((await faultOf(lineTo(t, `https://${HOST}:${port}`).line))?.code, 'lineIssuerUnknown');
});

test('an authority that is no certificate is refused before anything is sent', () => {
  const clock = manualClock(START);
  const broken = dealer.pem.replace(/[A-Za-z]{20}/, 'AAAAAAAAAAAAAAAAAAAA');
  for (const ca of ['', 'not a certificate', '-----BEGIN CERTIFICATE-----\n%%\n-----END CERTIFICATE-----', broken]) {
    const opened = openLine({ url: 'https://central.test', ca, clock });
    assert.equal(opened.ok ? null : opened.error.code, 'certificateInvalid', ca);
  }
});

test('a name that nobody knows, a port that refuses, plain HTTP where TLS should be', async (t) => {
  const unknown = lineTo(t, 'https://central.test', { resolver: () => Promise.reject(new Error('ENOTFOUND')) });
  assert.deepEqual(await faultOf(unknown.line), { code: 'lineNameNotFound', params: { host: HOST } });
  const empty = lineTo(t, 'https://central.test', { resolver: async () => [] });
  assert.equal((await faultOf(empty.line))?.code, 'lineNameNotFound');
  const port = await closedPort();
  const refused = lineTo(t, `https://${HOST}:${port}`);
  assert.deepEqual(await faultOf(refused.line), { code: 'lineRefused', params: { host: HOST, port } });
  const plain = await serveHttp(t, json);
  assert.equal((await faultOf(lineTo(t, `https://${HOST}:${plain}`).line))?.code, 'lineTls');
});

test('a name with several addresses is reached by the one that answers', async (t) => {
  const port = await serveTls(t, issueFor([HOST], dealer), json);
  const resolver = async () => ['127.0.0.99', '127.0.0.1'];
  assert.equal(await faultOf(lineTo(t, `https://${HOST}:${port}`, { ca: dealer.pem, resolver }).line), null);
});

test('"localhost" that a name service leads elsewhere gets nothing in the clear', async (t) => {
  const { line } = lineTo(t, 'http://localhost:8090', { resolver: async () => ['192.0.2.1'] });
  assert.equal((await faultOf(line))?.code, 'urlInsecure');
});

test('silence ends by the clock: at the name, before TLS, and after the request', async (t) => {
  const noName = lineTo(t, `https://${HOST}`, { resolver: () => new Promise(() => {}) });
  const waiting = faultOf(noName.line);
  await noName.clock.advance(seconds(20));
  assert.deepEqual(await waiting, { code: 'lineTimeout', params: { host: HOST } });

  const { promise: connected, resolve: onConnected } = Promise.withResolvers<void>();
  const mute = lineTo(t, `https://${HOST}:${await serveTcp(t, () => onConnected())}`);
  const handshake = faultOf(mute.line);
  await connected;
  await mute.clock.advance(seconds(20));
  assert.deepEqual(await handshake, { code: 'lineTimeout', params: { host: HOST } });

  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const slow = lineTo(t, `http://127.0.0.1:${await serveHttp(t, () => onAsked())}`);
  const answer = faultOf(slow.line);
  await asked;
  await slow.clock.advance(minutes(1));
  assert.deepEqual(await answer, { code: 'lineTimeout', params: { host: '127.0.0.1' } });
});

test('an answer that trickles for ever ends by the clock too', async (t) => {
  const { promise: begun, resolve: onBegun } = Promise.withResolvers<void>();
  const port = await serveHttp(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{', () => onBegun());
  });
  const { line, clock } = lineTo(t, `http://127.0.0.1:${port}`);
  const answer = faultOf(line);
  await begun;
  await clock.advance(minutes(1));
  assert.equal((await answer)?.code, 'lineTimeout');
});

const html = { 'content-type': 'text/html' };
const page = '<html>Welcome to Hotel Wi-Fi</html>';
const problem = (status: number, body: unknown): RequestListener => {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
};
const answers: readonly (readonly [string, RequestListener, Fault['code'] | null, Fault['params']?])[] = [
  ['JSON', json, null],
  ['a page with 200', (_q, r) => r.writeHead(200, html).end(page), 'lineCaptivePortal'],
  [
    'a page that calls itself JSON',
    (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end(page),
    'lineCaptivePortal',
  ],
  ['200 without a type', (_q, r) => r.writeHead(200).end('{"fine":true}'), 'lineCaptivePortal'],
  ['204', (_q, r) => r.writeHead(204).end(), 'lineCaptivePortal'],
  [
    'a redirection to a log-in page',
    (_q, r) => r.writeHead(302, { location: 'http://login.test/' }).end(),
    'lineCaptivePortal',
  ],
  [
    'a redirection that keeps the method',
    (_q, r) => r.writeHead(308, { location: '/elsewhere' }).end(),
    'lineCaptivePortal',
  ],
  ['511', (_q, r) => r.writeHead(511, html).end(page), 'lineCaptivePortal'],
  ['a page with 404', (_q, r) => r.writeHead(404, html).end(page), 'centralAnswerUnexpected', { status: 404 }],
  ['a page with 502', (_q, r) => r.writeHead(502, html).end(page), 'centralAnswerUnexpected', { status: 502 }],
  ['a problem by name', problem(403, { code: 'boxRevoked', params: {} }), 'boxRevoked', {}],
  [
    'a problem with parameters',
    problem(429, { code: 'tooManyRequests', params: { seconds: 7, x: { y: 1 } } }),
    'tooManyRequests',
    { seconds: 7 },
  ],
  ['a problem of unknown name', problem(400, { code: 'fromTheFuture' }), 'centralAnswerUnexpected', { status: 400 }],
  [
    'a problem of a name like "constructor"',
    problem(400, { code: 'constructor' }),
    'centralAnswerUnexpected',
    { status: 400 },
  ],
  [
    "a problem that is this side's to tell",
    problem(502, { code: 'lineRefused' }),
    'centralAnswerUnexpected',
    { status: 502 },
  ],
  ['a problem that is no object', problem(500, [1]), 'centralAnswerUnexpected', { status: 500 }],
  [
    'more than anybody needs',
    (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(1 << 21)}"`),
    'centralAnswerUnexpected',
    { status: 200 },
  ],
];
for (const [name, listener, code, params] of answers) {
  test(`answered with ${name}: ${code ?? 'taken'}`, async (t) => {
    let requests = 0;
    const port = await serveHttp(t, (request, response) => {
      requests += 1;
      listener(request, response);
    });
    const { line } = lineTo(t, `http://127.0.0.1:${port}`);
    const fault = await faultOf(line);
    assert.equal(fault?.code ?? null, code);
    if (params) assert.deepEqual(fault?.params, params);
    assert.equal(requests, 1, 'asked once, nothing is followed');
  });
}

test('a connection that is cut, reset or no HTTP at all is told as broken, and the next request works', async (t) => {
  const replies: ((socket: Socket) => void)[] = [
    (socket) => socket.end(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"half":'),
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'),
  ];
  const codes: (string | null)[] = [];
  const port = await serveTcp(t, (socket) => socket.once('data', () => replies[codes.length]?.(socket)));
  const { line } = lineTo(t, `http://127.0.0.1:${port}`);
  while (codes.length < replies.length) codes.push((await faultOf(line))?.code ?? null);
  assert.deepEqual(codes, ['lineBroken', 'lineBroken', 'lineBroken', 'lineBroken', null]);
});

test('the check of a line needs no enrolment', async (t) => {
  const paths: unknown[] = [];
  const port = await serveHttp(t, (request, response) => {
    paths.push([request.method, request.url]);
    json(request, response);
  });
  assert.deepEqual(await checkLine(lineTo(t, `http://127.0.0.1:${port}/rsb`).line), { ok: true, value: null });
  assert.deepEqual(paths, [['GET', '/rsb/health']]);
  const portal = await serveHttp(t, (_request, response) => response.writeHead(200, html).end(page));
  const checked = await checkLine(lineTo(t, `http://127.0.0.1:${portal}`).line);
  assert.equal(checked.ok ? null : checked.error.code, 'lineCaptivePortal');
});
