/** Ids that central gives: random, so that one cannot be guessed from another; decimal text outside. */
import type { Random } from '@rsb/runtime';

export type CustomerId = number & { readonly __customer: unique symbol };
export type DeviceId = number & { readonly __device: unique symbol };

/** 40 bits: short in every row that they lead, and exact as a number. */
const ID_LIMIT = 2 ** 40;
const ID_TEXT = /^[1-9][0-9]{0,12}$/;

export const drawId = (random: Random): number => 1 + random.below(ID_LIMIT - 1);

export const findCustomerId = (text: string): CustomerId | undefined => findId(text) as CustomerId | undefined;
export const findDeviceId = (text: string): DeviceId | undefined => findId(text) as DeviceId | undefined;

export const findPlainId = (text: string): number | undefined => findId(text);

function findId(text: string): number | undefined {
  const id = ID_TEXT.test(text) ? Number(text) : 0;
  return id > 0 && id < ID_LIMIT ? id : undefined;
}

/** Agent numbers are nine digits without a leading zero, as people read them out over the telephone. */
export const drawAgent = (random: Random): string => String(100_000_000 + random.below(900_000_000));

/** A box's own id of a device, told apart from other boxes' ids by the agent number before it. */
export const localKey = (agent: string, localId: string): string => `${agent}/${localId}`;

export function splitLocalKey(key: string): { readonly agent: string; readonly localId: string } {
  const slash = key.indexOf('/');
  return { agent: key.slice(0, slash), localId: key.slice(slash + 1) };
}
