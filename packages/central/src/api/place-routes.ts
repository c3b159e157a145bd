/** Agencies of the dealer, sites of a customer, and where machines stand. */
import {
  AgencyRequest,
  AgencyView,
  DeviceSiteRequest,
  DeviceSiteView,
  type Fault,
  fault,
  SiteRequest,
  SiteView,
} from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import Type from 'typebox';
import { machineMoved } from '../places/settings-changed.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import { FIRST_SITE, type SiteSummary } from '../store/customer-places.ts';
import type { CustomerStore } from '../store/database.ts';
import { type CustomerId, drawId, findPlainId } from '../store/identifiers.ts';
import { storable } from '../store/storable-text.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { storeOf } from './customer-of.ts';
import { DevicePath, Id, withDeviceOf } from './device-path.ts';
import { sendFault } from './problem.ts';

const AgencyPath = Type.Object({ agency: Id });
const CustomerPath = Type.Object({ customer: Id });
const SitePath = Type.Object({ customer: Id, site: Id });
const blank = (path: string) => fault('fieldInvalid', { path, detail: 'blank' }, path);

export function addPlaceRoutes(server: CentralServer, work: CentralWork): void {
  addAgencyRoutes(server, work);
  addSiteRoutes(server, work);
  addDeviceSiteRoutes(server, work);
}

function addAgencyRoutes(server: CentralServer, { database, random, clock }: CentralWork): void {
  const { housePlaces } = database;
  const list = async (): Promise<AgencyView[]> =>
    (await housePlaces.listAgencies()).map(({ id, name, customers }) => ({ id: String(id), name, customers }));
  const one = async (id: number) => (await list()).find((agency) => agency.id === String(id));
  server.get(
    '/api/v1/agencies',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(AgencyView) } } },
    list,
  );
  server.post(
    '/api/v1/agencies',
    { config: { caller: 'session' }, schema: { body: AgencyRequest, response: { 201: AgencyView } } },
    async (request, reply) => {
      const name = storable(request.body.name).trim();
      if (name === '') return sendFault(request, reply, blank('/name'));
      const id = drawId(random);
      await housePlaces.addAgency({ id, name, created_at: clock.now() });
      return reply.code(201).send({ id: String(id), name, customers: 0 });
    },
  );
  server.patch(
    '/api/v1/agencies/:agency',
    {
      config: { caller: 'session' },
      schema: { params: AgencyPath, body: AgencyRequest, response: { 200: AgencyView } },
    },
    async (request, reply) => {
      const name = storable(request.body.name).trim();
      if (name === '') return sendFault(request, reply, blank('/name'));
      const id = findPlainId(request.params.agency);
      const agency = id !== undefined && (await housePlaces.renameAgency(id, name)) ? await one(id) : undefined;
      return agency ?? sendFault(request, reply, fault('notFound'));
    },
  );
  server.delete(
    '/api/v1/agencies/:agency',
    { config: { caller: 'session' }, schema: { params: AgencyPath } },
    async (request, reply) => {
      const id = findPlainId(request.params.agency);
      if (id === undefined || !(await housePlaces.findAgency(id))) return sendFault(request, reply, fault('notFound'));
      if (!(await housePlaces.removeAgency(id))) return sendFault(request, reply, fault('agencyInUse'));
      return reply.code(204).send();
    },
  );
}

const siteView = (customer: CustomerId, { id, name, address, boxes, devices }: SiteSummary): SiteView => ({
  id: String(id),
  customer: String(customer),
  name,
  address,
  boxes,
  devices,
});

function addSiteRoutes(server: CentralServer, work: CentralWork): void {
  server.get(
    '/api/v1/customers/:customer/sites',
    { config: { caller: 'session' }, schema: { params: CustomerPath, response: { 200: Type.Array(SiteView) } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      return (await store.places.sites()).map((site) => siteView(store.id, site));
    },
  );
  server.post(
    '/api/v1/customers/:customer/sites',
    { config: { caller: 'session' }, schema: { params: CustomerPath, body: SiteRequest, response: { 201: SiteView } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      if (!store) return sendFault(request, reply, fault('notFound'));
      const name = storable(request.body.name).trim();
      if (name === '') return sendFault(request, reply, blank('/name'));
      const address = storable(request.body.address ?? '').trim() || null;
      const row = { id: drawId(work.random), name, address, created_at: work.clock.now() };
      await store.places.addSite(row);
      return reply.code(201).send(siteView(store.id, { ...row, boxes: 0, devices: 0 }));
    },
  );
  server.patch(
    '/api/v1/customers/:customer/sites/:site',
    { config: { caller: 'session' }, schema: { params: SitePath, body: SiteRequest, response: { 200: SiteView } } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const id = findPlainId(request.params.site);
      if (!store || id === undefined) return sendFault(request, reply, fault('notFound'));
      const name = storable(request.body.name).trim();
      if (name === '') return sendFault(request, reply, blank('/name'));
      await store.places.changeSite(id, { name, address: storable(request.body.address ?? '').trim() || null });
      const site = (await store.places.sites()).find((each) => each.id === id);
      return site ? siteView(store.id, site) : sendFault(request, reply, fault('notFound'));
    },
  );
  server.delete(
    '/api/v1/customers/:customer/sites/:site',
    { config: { caller: 'session' }, schema: { params: SitePath } },
    async (request, reply) => {
      const store = await storeOf(work, request.params.customer);
      const id = findPlainId(request.params.site);
      if (!store || id === undefined || !(await store.places.findSite(id)))
        return sendFault(request, reply, fault('notFound'));
      const removed = await store.exclusively((inside) => inside.places.removeSite(id));
      return removed ? reply.code(204).send() : sendFault(request, reply, fault('siteInUse'));
    },
  );
}

function addDeviceSiteRoutes(server: CentralServer, work: CentralWork): void {
  const withDevice = withDeviceOf(work);
  const view = async (store: CustomerStore, device: DeviceRow) => {
    const byHand = (await store.places.placesOf([device.id])).get(device.id);
    const box = await store.boxes.find(device.agent);
    return success({ site: String(byHand ?? box?.site_id ?? FIRST_SITE), byHand: byHand !== undefined });
  };
  const path = '/api/v1/customers/:customer/devices/:device/site';
  server.get(
    path,
    { config: { caller: 'session' }, schema: { params: DevicePath, response: { 200: DeviceSiteView } } },
    (request, reply) => withDevice(request, reply, request.params, view),
  );
  server.put(
    path,
    {
      config: { caller: 'session' },
      schema: { params: DevicePath, body: DeviceSiteRequest, response: { 200: DeviceSiteView } },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device): Promise<Outcome<DeviceSiteView, Fault>> => {
        const { site } = request.body;
        const id = site === null ? null : findPlainId(site);
        if (id === undefined || (id !== null && !(await store.places.findSite(id))))
          return failure(fault('fieldInvalid', { path: '/site', detail: 'unknownPlace' }, '/site'));
        await store.exclusively((inside) => inside.places.placeDevice(device.id, id));
        await machineMoved(work, store, device.id);
        return view(store, device);
      }),
  );
}
