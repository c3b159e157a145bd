/** GET of any number of objects, which may stand in any tables and in any order. */

import { toAsk } from './asked.ts';
import { type EngineParts, freshCost, openCall } from './call.ts';
import type { AskOptions, GetAnswer, SnmpFailure, Target } from './engine.ts';
import { GetTask } from './get-task.ts';
import type { Name } from './names.ts';
import type { Oid } from './oid.ts';

export function get(
  parts: EngineParts,
  target: Target,
  objects: readonly Oid[],
  options: AskOptions,
): Promise<GetAnswer> {
  const names = parts.names.list(objects);
  const refused = names.find(isRefused);
  if (refused !== undefined) return nothing({ kind: 'notAllowed', oid: refused.oid });
  const asked = names.map(toAsk);
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

const isRefused = ({ allowed }: Name): boolean => !allowed;

async function nothing(failure: SnmpFailure): Promise<GetAnswer> {
  return { varbinds: [], failure, cost: freshCost(), roundTrip: null };
}
