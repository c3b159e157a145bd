/** What somebody does about a line of the day's page, as the page asks for it. */
import { type AttentionRequest, type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type Act, actOnLine } from '../alerts/in-hand.ts';
import type { CustomerStore } from '../store/database.ts';
import { storable } from '../store/storable-text.ts';

const HOUR = 3_600_000;
const DEFAULT_SNOOZE_HOURS = 24;

export interface Attending {
  readonly by: string;
  readonly now: number;
  readonly isPerson: (name: string) => boolean;
}

export async function attend(
  outside: CustomerStore,
  request: AttentionRequest,
  { by, now, isPerson }: Attending,
): Promise<Outcome<null, Fault>> {
  const name = request.to?.trim() || null;
  if (request.step === 'assign' && name !== null && !isPerson(name))
    return failure(fault('personUnknown', { name }, '/to'));
  const line = { subject: storable(request.subject), cause: storable(request.cause) };
  await outside.exclusively((store) => actOnLine(store, line, actOf(request, name, now), { by: storable(by), now }));
  return success(null);
}

function actOf({ step, hours = DEFAULT_SNOOZE_HOURS }: AttentionRequest, to: string | null, now: number): Act {
  switch (step) {
    case 'assign':
      return { step, to };
    case 'snooze':
      return { step, until: now + hours * HOUR };
    default:
      return { step };
  }
}
