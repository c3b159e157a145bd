/** Devices: the list, notes on many at once, the last readings, read now. */
import { DevicePatch, fault, type LatestReadings } from '@rsb/contract';
import Type from 'typebox';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

const ById = Type.Object({ id: Type.String() });

export function addDeviceRoutes(api: Api, { service }: ApiDeps): void {
  api.get('/devices', { config: { boxAccess: 'reading' } }, async (request, reply) => {
    reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
    const { deviceListText } = service;
    if (!takesGzip(request.headers['accept-encoding'])) return deviceListText.json();
    const packed = await deviceListText.packed();
    return reply.header('content-encoding', 'gzip').send(packed);
  });

  api.patch('/devices', { config: { boxAccess: 'session' }, schema: { body: DevicePatch } }, (request) =>
    service.patchDevices(request.body, request.who),
  );

  api.get(
    '/devices/:id/readings/latest',
    { config: { boxAccess: 'reading' }, schema: { params: ById } },
    (request, reply) => {
      const readings = service.latestReadings(request.params.id);
      if (!readings) return refuse(reply, fault('notFound'));
      return { readings: [...readings] } satisfies LatestReadings;
    },
  );

  api.post(
    '/devices/:id/read',
    { config: { boxAccess: 'session' }, schema: { params: ById } },
    async (request, reply) => {
      const read = await service.readNow(request.params.id);
      return read.ok ? read.value : refuse(reply, read.error);
    },
  );
}

/** RFC 9110 §12.5.3; a weight of 0 is a refusal. */
const takesGzip = (accepted: string | string[] | undefined): boolean =>
  String(accepted ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(;\s*q=(1|0\.\d*[1-9])\d*\s*)?$/i.test(coding));
