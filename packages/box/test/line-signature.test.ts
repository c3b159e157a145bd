/** Signed requests: what central can check, and that nothing covered may change on the way. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { instant } from '@rsb/runtime';
import { contentDigest, type KeyStore, loadIdentity, signRequest } from '../src/line/index.ts';
import { AGENT, type Received, signatureProblem } from './line-central.ts';

const URL_SIGNED = 'https://central.example/rsb/api/v1/reports';
const body = Buffer.from('{"contract":1}');
const box = generateKeyPairSync('ed25519');

async function signed(created = instant(Date.UTC(2026, 10, 24, 8))): Promise<Received> {
  const headers = await signRequest(
    { method: 'POST', url: URL_SIGNED, headers: { 'content-encoding': 'zstd' }, body },
    { keyid: AGENT, privateKey: box.privateKey },
    created,
  );
  return { method: 'POST', path: '/rsb/api/v1/reports', headers, body };
}

test('the signature covers method, target and digest; it names the agent and never expires', async () => {
  const { headers } = await signed();
  assert.match(
    String(headers['signature-input']),
    /^sig=\("@method" "@target-uri" "content-digest"\);created=1795507200;keyid="411223312"$/,
  );
  assert.match(String(headers.signature), /^sig=:[A-Za-z0-9+/]{86}==:$/);
  assert.equal(headers['content-encoding'], 'zstd');
});

test('the content digest is that of RFC 9530', () => {
  // RFC 9530 §B.1 has the same form; the value is SHA-256 of the empty body.
  assert.equal(contentDigest(Buffer.alloc(0)), 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
});

const changes: readonly (readonly [
  string,
  (request: Received) => { request?: Received; url?: string; key?: KeyObject },
  string | null,
])[] = [
  ['nothing', () => ({}), null],
  ['the path', () => ({ url: 'https://central.example/rsb/api/v1/enrolments' }), 'signature'],
  ['the host', () => ({ url: 'https://other.example/rsb/api/v1/reports' }), 'signature'],
  ['the scheme', () => ({ url: 'http://central.example/rsb/api/v1/reports' }), 'signature'],
  ['a query', () => ({ url: `${URL_SIGNED}?x=1` }), 'signature'],
  ['the method', (request) => ({ request: { ...request, method: 'PUT' } }), 'signature'],
  ['the body', (request) => ({ request: { ...request, body: Buffer.from('{"contract":2}') } }), 'digest'],
  [
    'body and digest',
    (request) => {
      const other = Buffer.from('{"contract":2}');
      return {
        request: { ...request, body: other, headers: { ...request.headers, 'content-digest': contentDigest(other) } },
      };
    },
    'signature',
  ],
  ['the key', () => ({ key: generateKeyPairSync('ed25519').publicKey }), 'signature'],
  [
    'the agent number',
    (request) => ({
      request: {
        ...request,
        headers: {
          ...request.headers,
          'signature-input': String(request.headers['signature-input']).replace(AGENT, '999999999'),
        },
      },
    }),
    'signature',
  ],
  [
    'the time',
    (request) => ({
      request: {
        ...request,
        headers: {
          ...request.headers,
          'signature-input': String(request.headers['signature-input']).replace('created=1', 'created=2'),
        },
      },
    }),
    'signature',
  ],
];
for (const [what, change, expected] of changes) {
  test(`with ${what} changed, a request is ${expected ? `refused for its ${expected}` : 'accepted'}`, async () => {
    const request = await signed();
    const { request: received = request, url = URL_SIGNED, key = box.publicKey } = change(request);
    assert.equal(await signatureProblem(received, url, key), expected);
  });
}

test('a box whose clock stands in 1971 or in 2099 is let in like others', async () => {
  for (const created of [Date.UTC(1971, 0, 1), Date.UTC(2099, 0, 1)]) {
    assert.equal(await signatureProblem(await signed(instant(created)), URL_SIGNED, box.publicKey), null);
  }
});

test("the box's key is made once and kept", () => {
  const saved: string[] = [];
  const store: KeyStore = { load: () => saved.at(-1) ?? null, save: (pem) => saved.push(pem) };
  const first = loadIdentity(store);
  const again = loadIdentity(store);
  assert.equal(saved.length, 1);
  assert.equal(again.publicKey, first.publicKey);
  assert.equal(createPublicKey(first.publicKey).asymmetricKeyType, 'ed25519');
  assert.ok(!first.publicKey.includes('PRIVATE'));
  assert.throws(() => loadIdentity({ load: () => 'damaged', save: () => assert.fail('the old key is overwritten') }));
});
