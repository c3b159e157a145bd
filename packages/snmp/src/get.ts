/**
 * GET of any number of objects, which may stand in any tables and in any order. Most are one request that the device
 * answers in full; what it does not tell so is asked again in parts.
 */

import { toAsk } from './asked.ts';
import { type Call, type EngineParts, freshCost, messageBytesTo, messageFrameSize, openCall } from './call.ts';
import type { AskOptions, GetAnswer, SnmpFailure, Target } from './engine.ts';
import { EXPECTED_VALUE_BYTES, GetTask } from './get-task.ts';
import type { Name, NameList } from './names.ts';
import type { Oid } from './oid.ts';
import { WholeGet } from './whole-get.ts';

export function get(
  parts: EngineParts,
  target: Target,
  objects: readonly Oid[],
  options: AskOptions,
): Promise<GetAnswer> {
  const list = parts.names.list(objects);
  const { names, refused } = list;
  if (refused !== undefined) return nothing({ kind: 'notAllowed', oid: refused.oid });
  const call = openCall(parts, target, options);
  if (call === undefined) return nothing({ kind: 'unreachable', detail: 'not an address and port' });
  return new Promise((resolve) => {
    if (isOneRequest(parts, call, list)) new WholeGet(parts, call, names, resolve).ask();
    else askInParts(parts, call, names, resolve);
  });
}

function askInParts(parts: EngineParts, call: Call, names: readonly Name[], told: (answer: GetAnswer) => void): void {
  const asked = names.map(toAsk);
  const task = new GetTask(parts, call, asked);
  task.start(asked, false, () => {
    parts.wire.devices.forgetSilent(call.device);
    told(task.answer());
  });
}

function isOneRequest(parts: EngineParts, call: Call, { names, requestBytes }: NameList): boolean {
  const most = Math.min(parts.limits.objectsPerGet, call.device.mostObjects);
  const room = messageBytesTo(parts, call) - messageFrameSize(call);
  const isFew = names.length > 0 && names.length <= most;
  return isFew && requestBytes + names.length * EXPECTED_VALUE_BYTES <= room;
}

async function nothing(failure: SnmpFailure): Promise<GetAnswer> {
  return { varbinds: [], failure, cost: freshCost(), roundTrip: null };
}
