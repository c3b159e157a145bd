/** Asks a device that told all it was asked for what no device has: who tells that too has told nothing. */
import { IMPOSSIBLE } from '@rsb/drivers';
import type { AskOptions, SnmpEngine, Target, Varbind } from '@rsb/snmp';
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
  const told = new Set(answer.varbinds.filter(hasValue).map(({ oid }) => oid));
  return IMPOSSIBLE.every((name) => told.has(name));
}

/** An empty text in the place of what is not there is a way to say just that. */
const hasValue = (varbind: Varbind): boolean =>
  isTold(varbind) && !(varbind.value.type === 'octets' && varbind.value.value.length === 0);
