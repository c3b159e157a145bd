/** Whether two readings from two places are of one machine: it moved, it has two network cards, or two bear one serial number. */
import type { Reading } from '@rsb/contract';
import { isRealMac, isSameSerial, isTelling } from './recognise.ts';

/** Counters read within moments of each other: a page or two may be printed in between. */
const SAME_COUNT = 5;

type Keys = NonNullable<Reading['identity']>;

/** By what they tell of who they are. */
export function isSameMachine(a: Keys, b: Keys): boolean {
  if (isTelling(a.serialNumber) && isTelling(b.serialNumber)) return isSameSerial(a.serialNumber, b.serialNumber);
  return isRealMac(a.macAddress) && a.macAddress === b.macAddress;
}

/** One machine at two addresses, against two machines with one serial number: the counts decide, where both are told. */
export function isOneMachine(here: Reading, there: Reading): boolean {
  const [a, b] = [countOf(here), countOf(there)];
  if (a !== null && b !== null) return Math.abs(a - b) <= SAME_COUNT;
  const mac = here.identity?.macAddress ?? null;
  return isRealMac(mac) && mac === there.identity?.macAddress;
}

function countOf({ counters }: Reading): number | null {
  const count = counters?.life ?? counters?.vendorLife ?? counters?.total.all ?? null;
  return count === null ? null : Number(count);
}
