/**
 * The API's document: valid OpenAPI by a validator that is not ours, complete, the same as the dashboard's generated client
 * (`npm run api` writes it), and true: what each route answers has the shape that stands in it, and no field more.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { CentralDeviceView, DeviceQuestion, SiteView } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ApiDocument, Operation } from '../src/api/openapi.ts';
import { item } from './box-peer.ts';
import { newToken } from './callers.ts';
import { newTestCentral, personWith } from './running-central.ts';
import { counters, readingItem } from './sample-items.ts';

const shared = await newTestCentral({ after });
const { central, person } = shared;
const document = (await (await fetch(`${central.url}/api/openapi.json`)).json()) as ApiDocument;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** Boxes' own calls, signed and packed. */
const OF_BOXES = ['enrol', 'report'];

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>);
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, '3.1');
});

test('it describes every route, each by a name of its own', () => {
  const described = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
  const routes = central.routes.filter(({ url }) => url.startsWith('/api/v1/'));
  assert.deepEqual(described.sort(), routes.map(({ method, url }) => `${method} ${url}`).sort());
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(Object.keys(document.components.schemas).length > 20);
});

test('operations of the document and calls of the client are the same', () => {
  const source = readFileSync(join(import.meta.dirname, '../../web/src/central/api/central-api.ts'), 'utf8');
  const body = source.slice(source.indexOf('export const api = {'));
  const calls = [...body.matchAll(/^ {2}(\w+): \(/gm)].map(([, name]) => name ?? '');
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.ok(calls.length > 60);
  assert.deepEqual(calls.sort(), ids.filter((name) => !OF_BOXES.includes(name)).sort());
});

/** A schema in which what is not named is not allowed, but where the document says that any may stand there. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const isPlain = 'properties' in node && !('additionalProperties' in node);
  return isPlain ? { ...inner, additionalProperties: false } : inner;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true });
ajv.addSchema(closed({ $id: 'document', components: document.components }) as object);

function shapeOf(answer: unknown): ValidateFunction | null {
  const { content } = answer as { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> };
  const schema = (content?.['application/json'] ?? content?.['application/problem+json'])?.schema;
  if (schema === undefined) return null;
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"document#/components/');
  return ajv.compile(JSON.parse(text));
}

/** A customer of which every route has something to tell. */
async function newHouse() {
  const customer = await shared.newCustomer('Hôtel & Söhne');
  const box = await shared.newBox(customer);
  const now = central.work.clock.now();
  const readings = Array.from({ length: 30 }, (_, hour) =>
    readingItem(hour + 1, {
      takenAt: isoInstant(instant(now - (30 - hour) * 3_600_000)),
      counters: counters(83_000 + hour + (hour < 20 ? 0 : 500_000)),
      ...(hour === 29 && { status: { state: 'down', errors: ['serviceRequested'] } as never }),
    }),
  );
  const state = { version: '0.2.0', node: '26.10.0', zone: 'Europe/Paris', clock: isoInstant(instant(now)) };
  const unreached = [{ range: '10.7.0.0/24', reason: 'noWay', since: isoInstant(instant(now)) }];
  const body = { ...state, storageFreeBytes: 1, waiting: 2, quarantined: 0, load: [], unreached };
  await box.report([...readings, item({ seq: 31, kind: 'boxState', body })]);
  const base = `/api/v1/customers/${customer}`;
  const [device] = (await person.call('GET', `${base}/devices`)).body as CentralDeviceView[];
  const change = async (method: string, path: string, sent: unknown, more = {}) => {
    const { status, body: answer } = await person.call(method, `/api/v1${path}`, sent, more);
    assert.ok(status < 300, `${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const at = `/customers/${customer}`;
  const site = (await change('POST', `${at}/sites`, { name: 'Depot', address: null })) as SiteView;
  await change('POST', '/agencies', { name: 'Lyon' });
  await change('POST', '/invitations', { name: 'Ines', role: 'technician', customer: null, days: 7 });
  await change('POST', '/fleet/views', { name: 'Mine', query: 'q=ricoh' });
  await newToken(shared, customer);
  const csv = Buffer.from('Customer;Serial number;Counter\nHôtel & Söhne;RF00000001;12\nHôtel & Söhne;RF00000002;x\n');
  await person.call('POST', '/api/v1/imports?dry=false', csv, { 'content-type': 'text/csv' });
  await central.work.worker.runUntil(central.work.clock.now() + 120_000);
  const questions = (await person.call('GET', `${base}/devices/${device?.id}/questions`)).body as DeviceQuestion[];
  const { alerts } = (await person.call('GET', '/api/v1/alerts')).body as { alerts: { id: string }[] };
  return {
    customer,
    agent: box.agent,
    device: device?.id ?? '',
    question: questions[0]?.key ?? '',
    site: site.id,
    serial: 'RF00000001',
    day: isoInstant(instant(now)).slice(0, 10),
    alert: alerts[0]?.id ?? '',
  };
}

/** Of which this house has nothing, or a box's own: what they refuse is described as well. */
const NOTHING_THERE = ['getCapture', 'getAgencySettings', 'getBoxProposals'];
const ASKED: Readonly<Record<string, string>> = {
  getCustomersAttention: '?subject=trouble:1',
  getCustomersTodayNetwork: '?subject=network:1:1',
};

test('what each route tells is what the document says of it, and nothing that it does not name', async () => {
  const ids: Readonly<Record<string, string>> = await newHouse();
  const told = { bodies: 0, files: 0, refusals: 0 };
  const wrong: string[] = [];
  const hold = (where: string, operation: Operation, status: number, body: unknown) => {
    const answer = operation.responses[String(status)] ?? operation.responses['default'];
    const shape = shapeOf(answer);
    if (shape?.(body) === false) wrong.push(`${where} ${status}: ${ajv.errorsText(shape.errors)}`);
    return shape !== null;
  };
  const stranger = personWith(central.url, {});
  for (const { path, method, operation } of operations) {
    const { operationId } = operation;
    const url = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(ids[name] ?? '17'));
    if (method === 'GET') {
      const { status, body, headers } = await person.call('GET', `${url}${ASKED[operationId] ?? ''}`);
      if (status !== 200 && !NOTHING_THERE.includes(operationId))
        wrong.push(`${operationId} ${status}: ${JSON.stringify(body)}`);
      if (operation['x-scope'] !== undefined)
        assert.ok(Number(headers.get('x-ratelimit-remaining')) > 0, `${operationId} says how much may be asked`);
      const isJson = /json\b/.test(headers.get('content-type') ?? '') && typeof body !== 'string';
      if (!isJson) told.files += 1;
      else if (hold(operationId, operation, status, body)) told.bodies += 1;
      else wrong.push(`${operationId}: no shape`);
    }
    // Whoever nobody is: all that is not open is refused, as a problem in the same shape.
    if (operation['x-scope'] === undefined) continue;
    const refused = await stranger.call(method, url);
    assert.ok([400, 401, 403].includes(refused.status), `${operationId}: ${refused.status}`);
    assert.match(refused.headers.get('content-type') ?? '', /^application\/problem\+json/);
    if (hold(operationId, operation, refused.status, refused.body)) told.refusals += 1;
  }
  assert.deepEqual(wrong, []);
  const gets = operations.filter(({ method }) => method === 'GET').length;
  assert.equal(told.bodies + told.files, gets);
  assert.ok(told.files <= 8 && gets > 50, `${told.files} files of ${gets}`);
  assert.equal(told.refusals, operations.filter(({ operation }) => operation['x-scope'] !== undefined).length);
});
