/** Asks a device that told all it was asked for what no device has: who tells that too has told nothing. */
import { IMPOSSIBLE } from '@rsb/drivers';
import type { AskOptions, SnmpEngine, Target } from '@rsb/snmp';
import type { Gathered } from './gathered.ts';
import { isTold } from './stored-value.ts';

/** Counts what it costs, and keeps nothing of what is told. */
export async function answersAnything(
  snmp: SnmpEngine,
  target: Target,
  spent: Gathered,
  options: AskOptions,
): Promise<boolean> {
  const answer = await snmp.get(target, IMPOSSIBLE, options);
  spent.addGet([], { ...answer, varbinds: [] });
  const told = new Set(answer.varbinds.filter(isTold).map(({ oid }) => oid));
  return IMPOSSIBLE.every((name) => told.has(name));
}
