/**
 * Walks that always end: columns side by side by GETBULK, by GETNEXT where a device cannot do better, each until a name
 * outside it was seen. What is not seen to the end is never called complete.
 */
import { type EngineParts, freshCost, openCall } from './call.ts';
import type { SnmpFailure, Target, WalkAnswer } from './engine.ts';
import { isWithin, type Oid } from './oid.ts';
import { WalkColumn } from './walk-column.ts';
import type { WalkOptions } from './walk-limits.ts';
import { WalkTask } from './walk-task.ts';

export async function walk(
  parts: EngineParts,
  target: Target,
  columns: readonly Oid[],
  options: WalkOptions,
): Promise<WalkAnswer> {
  const widest = [...new Set(columns)].filter(
    (each) => !columns.some((other) => other !== each && isWithin(other, each)),
  );
  const names = widest.map((column) => parts.names.name(column));
  const forbidden = names.find((name) => !name.allowed);
  if (forbidden !== undefined) {
    return nothing(widest, { kind: 'notAllowed', oid: forbidden.oid });
  }
  const call = openCall(parts, target, options);
  if (call === undefined) {
    return nothing(widest, { kind: 'unreachable', detail: 'not an address and port' });
  }
  const task = new WalkTask(
    parts,
    call,
    names.map((name) => new WalkColumn(name)),
    options,
  );
  await task.run();
  parts.wire.devices.forgetSilent(call.device);
  return task.answer();
}

function nothing(columns: readonly Oid[], cause: SnmpFailure): WalkAnswer {
  const unfinished = columns.map((column) => ({ column, failure: cause }));
  return { varbinds: [], end: cause, unfinished, cost: freshCost() };
}
