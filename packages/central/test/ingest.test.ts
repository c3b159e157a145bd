/** What a box meets when it reports, on SQLite: every honest item once, every lie refused, nothing blocked by one poison. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import type { CentralDeviceView, RawReading } from '@rsb/contract';
import { latestReadings } from '../src/archive/raw-archive.ts';
import { EPOCH, item, newBoxKey } from './box-peer.ts';
import { newTestCentral } from './running-central.ts';
import { counters, example, readingItem, sentReading } from './sample-items.ts';

const { central, person, newCustomer, newBox } = await newTestCentral({ after });

test('readings arrive once, whatever is repeated, and are seen in the API', async () => {
  const customer = await newCustomer('Mairie');
  const box = await newBox(customer);
  const items = [readingItem(1), readingItem(2, { counters: counters(83_300), takenAt: '2026-11-24T09:00:00Z' })];
  assert.deepEqual(
    (await box.report(items)).map(({ result }) => result),
    ['stored', 'stored'],
  );
  assert.deepEqual(
    (await box.report([...items, readingItem(3)])).map(({ result }) => result),
    ['duplicate', 'duplicate', 'stored'],
  );
  const devices = `/api/v1/customers/${customer}/boxes/${box.agent}/devices`;
  const [device, ...others] = (await person.call('GET', devices)).body as CentralDeviceView[];
  assert.ok(device);
  assert.deepEqual(others, []);
  assert.equal(device.readings, 3);
  assert.equal(device.identity?.serialNumber, 'E153M930272');
  const path = `/api/v1/customers/${customer}/devices/${device.id}/readings`;
  const readings = (await person.call('GET', path)).body as RawReading[];
  assert.deepEqual(
    readings.map(({ epoch, seq }) => ({ epoch, seq })),
    [3, 2, 1].map((seq) => ({ epoch: EPOCH, seq })),
  );
});

test('every frozen example of an item is stored', async () => {
  const box = await newBox(await newCustomer('Examples'));
  const kinds = ['reading', 'plan', 'deviceEvent', 'deviceNote', 'scan', 'boxState'];
  const results = await box.report(kinds.map((kind) => example(`item-${kind}`)));
  assert.deepEqual(
    results.map(({ result, code }) => ({ result, code })),
    kinds.map(() => ({ result: 'stored', code: null })),
  );
});

test('the same number with other content is put aside and named, the first stays', async () => {
  const customer = await newCustomer('Conflict');
  const box = await newBox(customer);
  await box.report([readingItem(1)]);
  const other = readingItem(1, { counters: counters(1) });
  for (const round of [1, 2]) {
    const [line] = await box.report([other]);
    assert.deepEqual(
      line,
      { epoch: EPOCH, seq: 1, digest: other.digest, result: 'quarantined', code: 'itemConflict' },
      `${round}`,
    );
  }
  const [view] = (await person.call('GET', `/api/v1/customers/${customer}/boxes`)).body as { quarantined: number }[];
  assert.equal(view?.quarantined, 1, 'the same bytes are kept once');
});

test('two items of one number in one report: the first counts', async () => {
  const box = await newBox(await newCustomer('Twice'));
  const results = await box.report([readingItem(1), readingItem(1), readingItem(1, { counters: counters(1) })]);
  assert.deepEqual(
    results.map(({ result }) => result),
    ['stored', 'duplicate', 'quarantined'],
  );
});

const POISON: readonly {
  readonly name: string;
  readonly item: unknown;
  readonly code: string;
  readonly seq: number;
}[] = [
  { name: 'null', item: null, code: 'itemInvalid', seq: 0 },
  { name: 'a text', item: 'reading', code: 'itemInvalid', seq: 0 },
  {
    name: 'an unknown kind',
    item: item({ seq: 7, kind: 'weather', body: { sun: 1 } }),
    code: 'itemKindUnknown',
    seq: 7,
  },
  { name: 'a body of the wrong shape', item: item({ seq: 8, body: { device: 'x' } }), code: 'itemInvalid', seq: 8 },
  { name: 'a body that is text', item: item({ seq: 9, body: '{"broken' }), code: 'itemInvalid', seq: 9 },
  {
    name: 'a digest of something else',
    item: { ...readingItem(10), digest: `sha-256=${'0'.repeat(64)}` },
    code: 'itemDigestMismatch',
    seq: 10,
  },
  { name: 'a seq below one', item: { ...readingItem(1), seq: -4 }, code: 'itemInvalid', seq: -4 },
  { name: 'an epoch with a line break', item: { ...readingItem(11), epoch: 'a\nb' }, code: 'itemInvalid', seq: 11 },
  { name: 'nesting without end', item: deep(20_000), code: 'itemInvalid', seq: 12 },
  { name: 'a counter below zero', item: readingItem(13, { counters: counters(-1) }), code: 'itemInvalid', seq: 13 },
  { name: 'a counter of a half', item: readingItem(14, { counters: counters(0.5) }), code: 'itemInvalid', seq: 14 },
];

function deep(levels: number): unknown {
  const raw = `{"epoch":"${EPOCH}","seq":12,"kind":"reading","body":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  return JSON.parse(raw);
}

test('a poisoned item among good ones is put aside, the good ones are stored', async () => {
  const box = await newBox(await newCustomer('Poison'));
  let seen = 0;
  for (const [index, poison] of POISON.entries()) {
    const before = readingItem(1000 + 2 * index);
    const after = readingItem(1001 + 2 * index);
    const json = `{"contract":1,"box":"${box.agent}","sentAt":"2026-11-24T08:00:06Z","items":[${[
      JSON.stringify(before),
      poison.name === 'nesting without end'
        ? JSON.stringify({ epoch: EPOCH, seq: 12, kind: 'reading' }).slice(0, -1) +
          `,"body":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
        : JSON.stringify(poison.item),
      JSON.stringify(after),
    ].join(' , ')}]}`;
    const { status, body } = await box.send({ json });
    assert.equal(status, 200, poison.name);
    const { results } = body as { results: { result: string; code: string | null; seq: number }[] };
    assert.deepEqual(
      results.map(({ result, code }) => ({ result, code })),
      [
        { result: 'stored', code: null },
        { result: 'quarantined', code: poison.code },
        { result: 'stored', code: null },
      ],
      poison.name,
    );
    assert.equal(results[1]?.seq, poison.seq, poison.name);
    seen += 1;
  }
  assert.equal(seen, POISON.length);
});

test('what is no honest report of this box is refused as a whole, by its reason', async () => {
  const customer = await newCustomer('Lies');
  const box = await newBox(customer);
  const neighbour = await newBox(customer);
  const items = [readingItem(1)];
  const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024), {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
  });
  const cases: readonly [string, Parameters<typeof box.send>[0], number, string][] = [
    ['signed by another key', { items, signer: newBoxKey().privateKey }, 401, 'signatureInvalid'],
    ['signed by a neighbour', { items, signer: neighbour.key.privateKey }, 401, 'signatureInvalid'],
    ['a neighbour’s report', { items, box: neighbour.agent }, 401, 'signatureInvalid'],
    ['an unknown box', { items, box: '100000001', keyid: '100000001' }, 401, 'boxUnknown'],
    ['a key that is no agent number', { items, keyid: 'x' }, 401, 'signatureInvalid'],
    ['signed for another URL', { items, signedUrl: `${central.url}/api/v1/other` }, 401, 'signatureInvalid'],
    ['signed for another host', { items, signedUrl: 'http://central.test/api/v1/reports' }, 401, 'signatureInvalid'],
    [
      'sent with a query that was not signed',
      { items, path: '/api/v1/reports?a=1', signedUrl: `${central.url}/api/v1/reports` },
      401,
      'signatureInvalid',
    ],
    [
      'without the method under the signature',
      { items, covered: ['@target-uri', 'content-digest'] },
      401,
      'signatureInvalid',
    ],
    ['without the digest under the signature', { items, covered: ['@method', '@target-uri'] }, 401, 'signatureInvalid'],
    ['without a signature', { items, headers: { signature: null, 'signature-input': null } }, 401, 'signatureInvalid'],
    ['with half a signature', { items, headers: { signature: null } }, 401, 'signatureInvalid'],
    ['with nonsense for a signature', { items, headers: { signature: 'sig=nonsense' } }, 401, 'signatureInvalid'],
    ['without a digest', { items, headers: { 'content-digest': null } }, 400, 'digestMismatch'],
    [
      'with the digest of other bytes',
      { items, headers: { 'content-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` } },
      400,
      'digestMismatch',
    ],
    ['with an unknown digest alone', { items, headers: { 'content-digest': 'md5=:AAAA:' } }, 400, 'digestMismatch'],
    ['a small body that inflates to 64 MB', { bytes: bomb }, 413, 'bodyTooLarge'],
    ['a body over the limit', { bytes: Buffer.alloc(5 * 1024 * 1024, 'x') }, 413, 'bodyTooLarge'],
    ['not JSON', { json: 'hello' }, 400, 'reportInvalid'],
    ['no zstd', { bytes: Buffer.from('{}') }, 400, 'reportInvalid'],
    ['JSON but no report', { json: '[]' }, 400, 'reportInvalid'],
    ['a report without items', { items: [] }, 400, 'reportInvalid'],
    [
      'a report of a later contract',
      { json: JSON.stringify({ contract: 2, box: box.agent, sentAt: '2026-11-24T08:00:06Z', items }) },
      400,
      'reportInvalid',
    ],
    ['more items than fit', { items: Array.from({ length: 501 }, () => 1) }, 400, 'reportInvalid'],
    ['an encoding nobody knows', { items, headers: { 'content-encoding': 'br' } }, 415, 'unsupportedMedia'],
    ['another media type', { items, headers: { 'content-type': 'text/html' } }, 415, 'unsupportedMedia'],
  ];
  for (const [name, options, status, code] of cases) {
    const answer = await box.send(options);
    assert.equal(answer.status, status, `${name}: ${JSON.stringify(answer.body)}`);
    const problem = answer.body as { code: string; type: string; title: string };
    assert.equal(problem.code, code, name);
    assert.equal(problem.type, `urn:rsb:${code}`, name);
    assert.notEqual(problem.title, '', name);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, name);
  }
  // After all that the honest report finds nothing stored and is taken.
  assert.deepEqual(
    (await box.report(items)).map(({ result }) => result),
    ['stored'],
  );
});

test('a wrong clock does no harm: neither in the signature nor in the report', async () => {
  const box = await newBox(await newCustomer('Clock'));
  for (const [index, created] of [1, 4_000_000_000].entries()) {
    const { status, body } = await box.send({ items: [readingItem(index + 1)], created });
    assert.equal(status, 200, JSON.stringify(body));
  }
});

test('plain JSON without zstd is a report too', async () => {
  const box = await newBox(await newCustomer('Plain'));
  const json = JSON.stringify({ contract: 1, box: box.agent, sentAt: '2026-11-24T08:00:06Z', items: [readingItem(1)] });
  const { status } = await box.send({ bytes: Buffer.from(json), headers: { 'content-encoding': null } });
  assert.equal(status, 200);
});

test('a revoked box is refused from its next request on; its readings stay', async () => {
  const customer = await newCustomer('Revoked');
  const box = await newBox(customer);
  await box.report([readingItem(1)]);
  const path = `/api/v1/customers/${customer}/boxes/${box.agent}`;
  assert.equal((await person.call('DELETE', path)).status, 204);
  const answer = await box.send({ items: [readingItem(2)] });
  assert.equal(answer.status, 403);
  assert.equal((answer.body as { code: string }).code, 'boxRevoked');
  const devices = (await person.call('GET', `${path}/devices`)).body as CentralDeviceView[];
  assert.equal(devices[0]?.readings, 1);
});

test('behind a proxy the box signs the public URL', async (t) => {
  const { newCustomer, newBox } = await newTestCentral(t, { publicUrl: 'http://central.test/rsb/' });
  const box = await newBox(await newCustomer('Proxy'));
  const { status } = await box.send({ items: [readingItem(1)], signedUrl: 'http://central.test/rsb/api/v1/reports' });
  assert.equal(status, 200);
  assert.equal((await box.send({ items: [readingItem(2)] })).status, 401);
});

test('the archive keeps the bytes as they were sent', async () => {
  const customer = await newCustomer('Bytes');
  const box = await newBox(customer);
  const whole = item({ seq: 1, body: sentReading() });
  const raw = `{ "seq":1,\t"later": 1.50, "epoch":"${whole.epoch}","kind":"reading","at":"${whole.at}","digest":"${whole.digest}","body":${JSON.stringify(whole.body)}}`;
  const json = `{"contract":1,"box":"${box.agent}","sentAt":"2026-11-24T08:00:06Z","items":[ ${raw}\n]}`;
  assert.equal((await box.send({ json })).status, 200);
  const store = central.work.database.forCustomer(Number(customer) as never);
  const [device] = await store.devices.list(box.agent);
  assert.ok(device);
  const [reading] = await latestReadings(store, device.id, null, 1);
  assert.equal(Buffer.from(reading?.raw ?? []).toString(), raw);
});
