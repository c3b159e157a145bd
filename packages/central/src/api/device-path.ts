/** What routes of one device share: its path, and how instants are asked for. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Instant, instant, type Outcome, success } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';
import { findDeviceId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import { storeOf } from './customer-of.ts';
import { sendFault } from './problem.ts';

export const Id = Type.String({ maxLength: 20 });
export const DevicePath = Type.Object({ customer: Id, device: Id });
export const Word = Type.Optional(Type.String({ maxLength: 64 }));

/** Answers for the device of the path, or says that there is none. */
export const withDeviceOf =
  (work: CentralWork) =>
  async <T>(
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
export type WithDevice = ReturnType<typeof withDeviceOf>;

export const queryFault = (path: string, detail = 'impossible') =>
  failure(fault('fieldInvalid', { path, detail }, `/${path}`));

export function readInstant(path: string, text: string | undefined, otherwise: Instant): Outcome<Instant, Fault> {
  if (text === undefined) return success(otherwise);
  const day = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.exec(text)?.[1];
  const at = day === undefined ? Number.NaN : Date.parse(text);
  // The parser takes 30 February for 2 March.
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day ?? '');
  return isDay ? success(instant(at)) : queryFault(path, 'notMoment');
}
