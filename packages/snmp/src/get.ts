/** GET of any number of objects, which may stand in any tables and in any order. */

import { type Asked, toAsk } from './asked.ts';
import { type EngineParts, freshCost, openCall } from './call.ts';
import type { AskOptions, GetAnswer, SnmpFailure, Target } from './engine.ts';
import { GetTask } from './get-task.ts';
import type { Oid } from './oid.ts';

export function get(
  parts: EngineParts,
  target: Target,
  objects: readonly Oid[],
  options: AskOptions,
): Promise<GetAnswer> {
  const asked: Asked[] = [];
  for (const object of objects) {
    const name = parts.names.name(object);
    if (!name.allowed) return nothing({ kind: 'notAllowed', oid: object });
    asked.push(toAsk(name));
  }
  const call = openCall(parts, target, options);
  if (call === undefined) return nothing({ kind: 'unreachable', detail: 'not an address and port' });
  const task = new GetTask(parts, call, asked);
  return new Promise((resolve) => {
    task.start(asked, false, () => {
      parts.wire.devices.forgetSilent(call.device);
      resolve(task.answer());
    });
  });
}

async function nothing(failure: SnmpFailure): Promise<GetAnswer> {
  return { varbinds: [], failure, cost: freshCost(), roundTrip: null };
}
