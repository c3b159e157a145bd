/** Settings at each level, with where every value comes from; saved whole, based on a revision. */
import { type Fault, fault, HandedDown, SettingsHere } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  effective,
  houseLevels,
  judgeOwn,
  type Level,
  levelsAt,
  type Spot,
  settingsView,
} from '../places/handed-down.ts';
import { settingsChanged } from '../places/settings-changed.ts';
import type { PlaceLevel } from '../store/customer-places.ts';
import type { CustomerStore } from '../store/database.ts';
import { type CustomerId, findDeviceId, findPlainId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { DevicePath, Id } from './device-path.ts';
import { sendFault } from './problem.ts';
import { baseRevision, withRevision } from './versions.ts';

type Levels = { readonly levels: readonly Level[]; readonly toldZone: string | null };

/** One level of a request: what is there, how it is saved, whose machines it concerns. */
interface Here {
  load(): Promise<Levels>;
  save(value: string, revision: number): Promise<boolean>;
  concerns(): Promise<readonly CustomerId[]>;
}

export function addSettingsRoutes(server: CentralServer, work: CentralWork): void {
  const { database } = work;
  const show = async (request: FastifyRequest, reply: FastifyReply, here: Here | undefined) => {
    if (!here) return sendFault(request, reply, fault('notFound'));
    const { levels, toldZone } = await here.load();
    return withRevision(reply, settingsView(levels, toldZone));
  };
  const save = async (request: FastifyRequest, reply: FastifyReply, here: Here | undefined, body: HandedDown) => {
    if (!here) return sendFault(request, reply, fault('notFound'));
    const saved = await saveOwn(request, here, body);
    if (!saved.ok) return sendFault(request, reply, saved.error);
    const before = saved.value;
    const { levels, toldZone } = await here.load();
    await settingsChanged(work, await here.concerns(), before, effective(levels, toldZone));
    return withRevision(reply, settingsView(levels, toldZone));
  };
  const dealer: Here = {
    load: async () => ({ levels: await houseLevels(database, null), toldZone: null }),
    save: (value, revision) => database.housePlaces.saveSettings('dealer', 0, value, revision),
    concerns: async () => (await database.acrossCustomers.listCustomers()).map(({ id }) => id),
  };
  const agency = async (text: string): Promise<Here | undefined> => {
    const id = findPlainId(text);
    if (id === undefined || !(await database.housePlaces.findAgency(id))) return undefined;
    return {
      load: async () => ({ levels: await houseLevels(database, id), toldZone: null }),
      save: (value, revision) => database.housePlaces.saveSettings('agency', id, value, revision),
      concerns: () => database.acrossCustomers.customersOfAgency(id),
    };
  };
  const place = (store: CustomerStore, level: PlaceLevel, owner: string, spot: Spot): Here => ({
    load: () => levelsAt(store, spot),
    save: (value, revision) => store.places.saveSettings(level, owner, value, revision),
    concerns: async () => [store.id],
  });
  const customer = async (path: { readonly customer: string }) => {
    const store = await storeOf(work, path.customer);
    return store && place(store, 'customer', '', {});
  };
  const site = async (path: { readonly customer: string; readonly site: string }) => {
    const store = await storeOf(work, path.customer);
    const id = findPlainId(path.site);
    if (!store || id === undefined || !(await store.places.findSite(id))) return undefined;
    return place(store, 'site', String(id), { site: id });
  };
  const box = async (path: { readonly customer: string; readonly agent: string }) => {
    const store = await storeOf(work, path.customer);
    const found = await store?.boxes.find(path.agent);
    return store && found && place(store, 'box', found.agent, { agent: found.agent });
  };
  const device = async (path: { readonly customer: string; readonly device: string }) => {
    const store = await storeOf(work, path.customer);
    const id = findDeviceId(path.device);
    if (!store || id === undefined || !(await store.devices.find(id))) return undefined;
    return place(store, 'device', String(id), { device: id });
  };
  const answers = { response: { 200: SettingsHere } };
  const config = { caller: 'session' as const };
  const body = { body: HandedDown };

  server.get('/api/v1/settings', { config, schema: answers }, (request, reply) => show(request, reply, dealer));
  server.put('/api/v1/settings', { config, schema: { ...body, ...answers } }, (request, reply) =>
    save(request, reply, dealer, request.body),
  );
  const AgencyPath = { params: Type.Object({ agency: Id }) };
  server.get(
    '/api/v1/agencies/:agency/settings',
    { config, schema: { ...AgencyPath, ...answers } },
    async (request, reply) => show(request, reply, await agency(request.params.agency)),
  );
  server.put(
    '/api/v1/agencies/:agency/settings',
    { config, schema: { ...AgencyPath, ...body, ...answers } },
    async (request, reply) => save(request, reply, await agency(request.params.agency), request.body),
  );
  const CustomerPath = { params: Type.Object({ customer: Id }) };
  const base = '/api/v1/customers/:customer';
  server.get(`${base}/settings`, { config, schema: { ...CustomerPath, ...answers } }, async (request, reply) =>
    show(request, reply, await customer(request.params)),
  );
  server.put(`${base}/settings`, { config, schema: { ...CustomerPath, ...body, ...answers } }, async (request, reply) =>
    save(request, reply, await customer(request.params), request.body),
  );
  const SitePath = { params: Type.Object({ customer: Id, site: Id }) };
  server.get(`${base}/sites/:site/settings`, { config, schema: { ...SitePath, ...answers } }, async (request, reply) =>
    show(request, reply, await site(request.params)),
  );
  server.put(
    `${base}/sites/:site/settings`,
    { config, schema: { ...SitePath, ...body, ...answers } },
    async (request, reply) => save(request, reply, await site(request.params), request.body),
  );
  const BoxPath = { params: Type.Object({ customer: Id, agent: Id }) };
  server.get(`${base}/boxes/:agent/settings`, { config, schema: { ...BoxPath, ...answers } }, async (request, reply) =>
    show(request, reply, await box(request.params)),
  );
  server.put(
    `${base}/boxes/:agent/settings`,
    { config, schema: { ...BoxPath, ...body, ...answers } },
    async (request, reply) => save(request, reply, await box(request.params), request.body),
  );
  server.get(
    `${base}/devices/:device/settings`,
    { config, schema: { params: DevicePath, ...answers } },
    async (request, reply) => show(request, reply, await device(request.params)),
  );
  server.put(
    `${base}/devices/:device/settings`,
    { config, schema: { params: DevicePath, ...body, ...answers } },
    async (request, reply) => save(request, reply, await device(request.params), request.body),
  );
}

/** Saves, and tells what was effective before. */
async function saveOwn(
  request: FastifyRequest,
  here: Here,
  body: HandedDown,
): Promise<Outcome<SettingsHere['effective'], Fault>> {
  const revision = baseRevision(request);
  if (!revision.ok) return revision;
  const own = judgeOwn(body);
  if (!own.ok) return own;
  const { levels, toldZone } = await here.load();
  if (!(await here.save(JSON.stringify(own.value), revision.value))) return failure(fault('settingsStale'));
  return success(effective(levels, toldZone));
}
