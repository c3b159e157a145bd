/** A machine that starts up answers before it knows all of itself: what such a read learned is not what the day's polls go by. */
import type { Oid, Varbind } from '@rsb/snmp';
import type { LearnedPlan } from './learned-plan.ts';
import type { Before } from './lone-objects.ts';
import { isTold, storedVarbind } from './stored-value.ts';

/** Less of what polls asked than this was told: a supply or a tray that is gone is less than that. */
const ENOUGH = 2 / 3;

/**
 * The plan that polls go by: the one of before where the same machine tells far less at once, until the next read says so
 * again. A poll by it finds out: it goes on where all is there, and else reads anew.
 */
export function planAfter(
  before: Before | undefined,
  learned: LearnedPlan | null,
  told: readonly Varbind[],
): LearnedPlan | null {
  if (learned === null || before === undefined || before === 'none' || before.doubted) return learned;
  const isComparable =
    before.driver === learned.driver &&
    before.driverVersion === learned.driverVersion &&
    String(before.notRead ?? []) === String(learned.notRead ?? []) &&
    Object.keys(before.parts).every((part) => part in learned.parts) &&
    !isAnother(before, told);
  if (!isComparable) return learned;
  const names = new Set(told.filter(isTold).map(({ oid }) => oid));
  const asked = askedBy(before);
  const still = asked.filter((name) => names.has(name)).length;
  return still >= ENOUGH * asked.length ? learned : { ...before, doubted: true };
}

/** After a poll that found all that was asked. */
export function undoubted(plan: LearnedPlan): LearnedPlan {
  if (!plan.doubted) return plan;
  const { doubted: _doubted, ...sure } = plan;
  return sure;
}

/** What starts up may not know its serial number yet; another machine has another one, or is of another kind. */
function isAnother({ anchors, known }: LearnedPlan, told: readonly Varbind[]): boolean {
  const values = new Map(told.filter(isTold).map((varbind) => [varbind.oid, String(storedVarbind(varbind))]));
  return known.some((stored) => {
    const now = values.get(stored[0]);
    return (anchors.includes(stored[0]) || stored[0] === KIND) && now !== undefined && now !== String(stored);
  });
}

/** sysObjectID.0 */
const KIND = '1.3.6.1.2.1.1.2.0';

const askedBy = ({ parts }: LearnedPlan): readonly Oid[] => [
  ...new Set(Object.entries(parts).flatMap(([part, { get }]) => (part === 'identity' ? [] : get))),
];
