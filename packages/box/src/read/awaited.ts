/**
 * What a machine may tell later: one that is met while it starts up answers before it knows all of itself. The polls after
 * its first read ask for these few names as well; where one is told it is read anew, within the hour and not the next
 * morning.
 */
import type { Part, Reading } from '@rsb/contract';
import { type DriverDefinition, IDENTIFYING_MARKS, planFor } from '@rsb/drivers';
import type { Oid, Varbind } from '@rsb/snmp';
import type { Gathered } from './gathered.ts';
import type { Awaited, LearnedPlan } from './learned-plan.ts';
import { type Before, isSameMachine } from './lone-objects.ts';
import { isTold, type StoredVarbind, storedVarbind } from './stored-value.ts';

/**
 * Polls that look for them, in a request of its own, which a known machine's poll must not need for long: the first may come
 * minutes after the read, the second comes an hour after that. Whatever starts up longer is read by the next morning's scan.
 */
export const LOOKS = 2;
/** A maker's objects that are looked for where none of its counts was told. */
const MOST_COUNTS = 2;

/** Undefined where nobody remembers, and after a read that found no more than the one before. */
export function awaitedAfter(
  before: Before | undefined,
  driver: DriverDefinition,
  parts: readonly Part[],
  seen: Gathered,
  readings: readonly Reading[],
): Awaited | undefined {
  const [reading, ...others] = readings;
  if (before === undefined || reading === undefined || others.length > 0) return undefined;
  const isSettled = before !== 'none' && isSameMachine(before, seen.varbinds) && !tellsAwaited(before, seen.varbinds);
  if (isSettled) return undefined;
  const told = new Set(seen.varbinds.filter(isTold).map(({ oid }) => oid));
  const { serialNumber, ...marks } = IDENTIFYING_MARKS;
  const counts = planFor(driver, parts.includes('counters') ? ['counters'] : []).get.filter((name) => !told.has(name));
  const names = [
    // A text without a number in it is no serial number yet.
    ...(reading.identity && reading.identity.serialNumber === null ? [serialNumber] : []),
    ...Object.values(marks).filter((name) => !told.has(name)),
    ...(tellsCounts(reading) ? [] : counts.slice(0, MOST_COUNTS)),
  ].filter(seen.asked);
  return names.length > 0 ? { names, looks: LOOKS } : undefined;
}

/** Whether something of what is awaited is told, and not what was told before. */
export function tellsAwaited({ awaited, known }: LearnedPlan, told: readonly Varbind[]): boolean {
  const before = new Map<Oid, StoredVarbind>(known.map((stored) => [stored[0], stored]));
  return told.some(
    (varbind) =>
      awaited?.names.includes(varbind.oid) &&
      isTold(varbind) &&
      String(storedVarbind(varbind)) !== String(before.get(varbind.oid)),
  );
}

/** After a poll that looked in vain. */
export function lookedAgain({ awaited, ...plan }: LearnedPlan): LearnedPlan {
  return awaited === undefined || awaited.looks <= 1
    ? plan
    : { ...plan, awaited: { ...awaited, looks: awaited.looks - 1 } };
}

/** Whether any count is told that is not the standard's. */
const tellsCounts = ({ provenance = {} }: Reading): boolean =>
  Object.keys(provenance).some((path) => path.startsWith('counters.') && !/^counters\.life(?:Unit)?$/.test(path));
