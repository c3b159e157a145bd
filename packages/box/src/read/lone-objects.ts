/**
 * Objects that a machine tells without their signs (decision 0023). Few machines have any, so each is looked at for them
 * once in its life; those that it told then are asked by every full read after.
 */
import type { DriverDefinition } from '@rsb/drivers';
import type { Varbind } from '@rsb/snmp';
import type { LearnedPlan } from './learned-plan.ts';
import { storedVarbind } from './stored-value.ts';

/** What the last full read of a machine learned; `none` at its first. Not said where nobody remembers. */
export type Before = LearnedPlan | 'none';

/** Whether a machine that told this is looked at for them now: at its first read, and by a newer driver again. */
export function isLookedFor(before: Before | undefined, driver: DriverDefinition, told: readonly Varbind[]): boolean {
  if (before === undefined || before === 'none' || !isSameMachine(before, told)) return true;
  return before.lone === undefined || before.driver !== driver.name || before.driverVersion !== driver.version;
}

export function isSameMachine({ anchors, known }: LearnedPlan, told: readonly Varbind[]): boolean {
  const values = new Map(told.map((varbind) => [varbind.oid, String(storedVarbind(varbind))]));
  return known.every((stored) => !anchors.includes(stored[0]) || values.get(stored[0]) === String(stored));
}
