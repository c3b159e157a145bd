/** What asks on behalf of `scan` and `read`: an engine that is held to the allow-list and a send budget. */
import { type BudgetRange, createSendBudget, type SendBudget } from '@rsb/box/discover/index';
import { askedLog } from '@rsb/box/read/index';
import { allowedObjects } from '@rsb/drivers';
import { type Clock, systemClock, systemRandom } from '@rsb/runtime';
import { allowList, createEngine, type Oid, type SnmpEngine } from '@rsb/snmp';
import type { CommandIo } from './io.ts';

export interface AskingTools {
  readonly clock: Clock;
  readonly snmp: SnmpEngine;
  readonly budget: SendBudget;
}

export function askingTools(
  io: Pick<CommandIo, 'env'>,
  packetsPerSecond: number,
  ranges: readonly BudgetRange[] = [],
  allowed: readonly Oid[] = allowedObjects(),
): AskingTools {
  const clock = systemClock();
  const budget = createSendBudget(clock, { packetsPerSecond, ranges });
  const observer = askedLog(io.env);
  const snmp = createEngine({
    clock,
    random: systemRandom(),
    allow: allowList(allowed),
    gate: budget,
    ...(observer ? { observer } : {}),
  });
  return { clock, snmp, budget };
}
