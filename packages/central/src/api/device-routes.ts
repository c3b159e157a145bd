/** Devices, what they count over time, and their readings as they came. */
import { CentralDeviceView, DeviceSeries, type Fault, fault, RawReading } from '@rsb/contract';
import { failure, type Instant, instant, type Outcome, success } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { Place } from '../store/customer-items.ts';
import type { CustomerStore } from '../store/database.ts';
import { findDeviceId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import { storeOf } from './customer-of.ts';
import { sendFault } from './problem.ts';
import type { CentralServer } from './server.ts';
import { deviceViews, readingView, seriesView } from './views.ts';

const Id = Type.String({ maxLength: 20 });
const BoxPath = Type.Object({ customer: Id, agent: Id });
const DevicePath = Type.Object({ customer: Id, device: Id });
const Word = Type.Optional(Type.String({ maxLength: 64 }));

const DEFAULT_SPAN = 30 * 24 * 60 * 60 * 1000;
const DEFAULT_READINGS = 50;
const MOST_READINGS = 500;

export function addDeviceRoutes(server: CentralServer, work: CentralWork): void {
  const withDevice = async <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    path: { readonly customer: string; readonly device: string },
    answer: (store: CustomerStore, device: DeviceRow) => Promise<Outcome<T, Fault>>,
  ) => {
    const store = await storeOf(work, path.customer);
    const id = findDeviceId(path.device);
    const device = id === undefined ? undefined : await store?.devices.find(id);
    if (!store || !device) return sendFault(request, reply, fault('notFound'));
    const found = await answer(store, device);
    return found.ok ? found.value : sendFault(request, reply, found.error);
  };

  server.get(
    '/api/v1/customers/:customer/boxes/:agent/devices',
    { config: { caller: 'session' }, schema: { params: BoxPath, response: { 200: Type.Array(CentralDeviceView) } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const box = await store?.boxes.find(request.params.agent);
      if (!store || !box) return sendFault(request, reply, fault('notFound'));
      return deviceViews(store, await store.devices.list(box.agent));
    },
  );
  server.get(
    '/api/v1/customers/:customer/devices/:device',
    { config: { caller: 'session' }, schema: { params: DevicePath, response: { 200: CentralDeviceView } } },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const [view] = await deviceViews(store, [device]);
        return success(view);
      }),
  );
  server.get(
    '/api/v1/customers/:customer/devices/:device/series',
    {
      config: { caller: 'session' },
      schema: {
        params: DevicePath,
        querystring: Type.Object({ from: Word, to: Word }),
        response: { 200: DeviceSeries },
      },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const to = readInstant('to', request.query.to, work.clock.now());
        if (!to.ok) return to;
        const from = readInstant('from', request.query.from, instant(to.value - DEFAULT_SPAN));
        if (!from.ok) return from;
        const box = await store.boxes.find(device.agent);
        return success(
          seriesView(
            { from: from.value, to: to.value, zone: box?.zone ?? 'UTC' },
            await store.series.counters(device.id, from.value, to.value),
            await store.series.supplies(device.id, from.value, to.value),
          ),
        );
      }),
  );
  server.get(
    '/api/v1/customers/:customer/devices/:device/readings',
    {
      config: { caller: 'session' },
      schema: {
        params: DevicePath,
        querystring: Type.Object({ before: Word, limit: Word }),
        response: { 200: Type.Array(RawReading) },
      },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const { before, limit } = request.query;
        const most = limit === undefined ? DEFAULT_READINGS : Number(limit);
        if (!Number.isInteger(most) || most < 1) return queryFault('limit');
        const place = before === undefined ? null : await findPlace(store, before);
        if (place === undefined) return queryFault('before');
        const rows = await store.items.readings(device.id, place, Math.min(most, MOST_READINGS));
        return success(rows.map(readingView));
      }),
  );
}

const queryFault = (path: string) => failure(fault('fieldInvalid', { path, detail: '' }, `/${path}`));

function readInstant(path: string, text: string | undefined, otherwise: Instant): Outcome<Instant, Fault> {
  if (text === undefined) return success(otherwise);
  const at = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? queryFault(path) : success(instant(at));
}

/** `EPOCH:SEQ` of the last reading seen. */
async function findPlace(store: CustomerStore, cursor: string): Promise<Place | undefined> {
  const [, epoch, seq] = /^([0-9a-f]{16}):(\d{1,15})$/.exec(cursor) ?? [];
  const found = (await store.items.epochs()).find((candidate) => candidate.epoch === epoch);
  return found && { epochNo: found.no, seq: Number(seq) };
}
