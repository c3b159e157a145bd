/**
 * GET of any number of objects, which may stand in any tables and in any order. Most are one request that the device
 * answers in full; what it does not tell so is asked again in parts.
 */

import { toAsk } from './asked.ts';
import { type Call, type EngineParts, freshCost, messageBytesTo, messageFrameSize, openCall, tellIn } from './call.ts';
import { fitInOne } from './chunk.ts';
import type { AskOptions, GetAnswer, SnmpFailure, Target } from './engine.ts';
import { EXPECTED_VALUE_BYTES, GetTask } from './get-task.ts';
import type { Name } from './names.ts';
import type { Oid } from './oid.ts';
import type { Varbind } from './value.ts';
import { varbindsInOrder } from './varbinds-in-order.ts';

export function get(
  parts: EngineParts,
  target: Target,
  objects: readonly Oid[],
  options: AskOptions,
): Promise<GetAnswer> {
  const names = parts.names.list(objects);
  const refused = names.find(isRefused);
  if (refused !== undefined) return nothing({ kind: 'notAllowed', oid: refused.oid });
  const call = openCall(parts, target, options);
  if (call === undefined) return nothing({ kind: 'unreachable', detail: 'not an address and port' });
  return new Promise((resolve) => {
    if (isOneRequest(parts, call, names)) askAtOnce(parts, call, names, resolve);
    else askInParts(parts, call, names, resolve);
  });
}

type Told = (answer: GetAnswer) => void;

function askInParts(parts: EngineParts, call: Call, names: readonly Name[], told: Told): void {
  const asked = names.map(toAsk);
  const task = new GetTask(parts, call, asked);
  task.start(asked, false, () => {
    parts.wire.devices.forgetSilent(call.device);
    told(task.answer());
  });
}

/** Nothing is kept of the single objects until the answer shows that it must be. */
function askAtOnce(parts: EngineParts, call: Call, names: readonly Name[], told: Told): void {
  let varbinds: readonly Varbind[] | null = null;
  let task: GetTask | null = null;
  const inParts = (): GetTask => {
    if (task !== null) return task;
    const made = new GetTask(parts, call, names.map(toAsk));
    made.goOn(() => {
      parts.wire.devices.forgetSilent(call.device);
      told(made.answer());
    });
    task = made;
    return made;
  };
  tellIn(
    parts,
    call,
    {
      pdu: 'get',
      names,
      nonRepeaters: 0,
      maxRepetitions: 0,
      patience: call.options.patience,
      judge(frame) {
        varbinds = varbindsInOrder(frame, names);
        return varbinds === null ? inParts().judge(frame) : null;
      },
    },
    (reply) => {
      if (varbinds === null) {
        inParts().hear(reply);
        return;
      }
      call.device.learnAnswer();
      told({ varbinds, failure: null, cost: call.cost, roundTrip: reply.roundTrip });
    },
  );
}

function isOneRequest(parts: EngineParts, call: Call, names: readonly Name[]): boolean {
  const most = Math.min(parts.limits.objectsPerGet, call.device.mostObjects);
  const room = messageBytesTo(parts, call) - messageFrameSize(call);
  return names.length > 0 && names.length <= most && fitInOne(names, room, EXPECTED_VALUE_BYTES);
}

const isRefused = ({ allowed }: Name): boolean => !allowed;

async function nothing(failure: SnmpFailure): Promise<GetAnswer> {
  return { varbinds: [], failure, cost: freshCost(), roundTrip: null };
}
