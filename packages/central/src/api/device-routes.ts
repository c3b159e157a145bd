/** Devices, what they count over time, and their readings as they came. */
import { CentralDeviceView, DeviceSeries, fault, RawReading } from '@rsb/contract';
import { instant, success } from '@rsb/runtime';
import Type from 'typebox';
import { latestReadings } from '../archive/raw-archive.ts';
import type { Place } from '../store/customer-items.ts';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { settingsOf } from '../work/device-history.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { DevicePath, Id, queryFault, readInstant, Word, withDeviceOf } from './device-path.ts';
import { deviceSeries } from './device-series.ts';
import { addHistoryRoutes } from './history-routes.ts';
import { PageQuery, type Paging } from './paging.ts';
import { sendFault } from './problem.ts';
import { deviceViews, readingView } from './views.ts';

const BoxPath = Type.Object({ customer: Id, agent: Id });

const DEFAULT_SPAN = 30 * 24 * 60 * 60 * 1000;
const DEFAULT_READINGS = 50;
const MOST_READINGS = 500;

const parseDeviceKey = (key: unknown) => (typeof key === 'number' ? (key as DeviceId) : undefined);

export function addDeviceRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  const withDevice = withDeviceOf(work);
  addHistoryRoutes(server, work, withDevice);

  server.get(
    '/api/v1/customers/:customer/devices',
    {
      config: { caller: 'session' },
      schema: {
        params: Type.Object({ customer: Id }),
        querystring: Type.Object(PageQuery),
        response: { 200: Type.Array(CentralDeviceView) },
      },
    },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const page = paging.read(`devices ${store.id}`, request.query, parseDeviceKey);
      if (!page.ok) return sendFault(request, reply, page.error);
      const { after, limit } = page.value;
      const rows = await store.devices.page(after, limit + 1);
      return deviceViews(
        store,
        paging.cut(request, reply, `devices ${store.id}`, rows, limit, ({ id }) => id),
      );
    },
  );
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
        const { zone } = await settingsOf(store, device);
        return success(await deviceSeries(store, device, { from: from.value, to: to.value, zone }));
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
        const rows = await latestReadings(store, device.id, place, Math.min(most, MOST_READINGS));
        const epochs = new Map((await store.items.epochs()).map(({ no, epoch }) => [no, epoch]));
        return success(rows.map((row) => readingView(row, epochs.get(row.epochNo) ?? '')));
      }),
  );
}

/** `EPOCH:SEQ` of the last reading seen. */
async function findPlace(store: CustomerStore, cursor: string): Promise<Place | undefined> {
  const [, epoch, seq] = /^([0-9a-f]{16}):(\d{1,15})$/.exec(cursor) ?? [];
  const found = (await store.items.epochs()).find((candidate) => candidate.epoch === epoch);
  return found && { epochNo: found.no, seq: Number(seq) };
}
