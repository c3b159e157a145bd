/** What somebody does about a line of the day's page, as the page asks for it. */
import { type AttentionRequest, type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type Act, actOnLine, type DayLine } from '../alerts/in-hand.ts';
import type { CustomerStore } from '../store/database.ts';
import { storable } from '../store/storable-text.ts';
import { subjects, type Today } from '../store/today.ts';
import { byNetwork, isNetworkSubject } from './networks.ts';

const HOUR = 3_600_000;
const DEFAULT_SNOOZE_HOURS = 24;

export interface Attending {
  readonly by: string;
  readonly now: number;
  readonly isPerson: (name: string) => boolean;
  /** Of this customer alone. */
  readonly today: Today;
}

export async function attend(
  outside: CustomerStore,
  request: AttentionRequest,
  { by, now, isPerson, today }: Attending,
): Promise<Outcome<null, Fault>> {
  const name = request.to?.trim() || null;
  if (request.step === 'assign' && name !== null && !isPerson(name))
    return failure(fault('personUnknown', { name }, '/to'));
  const act = actOf(request, name, now);
  const lines = isNetworkSubject(request.subject)
    ? await linesOfNetwork(today, request, now)
    : [{ subject: storable(request.subject), cause: storable(request.cause) }];
  await outside.exclusively(async (store) => {
    for (const line of lines) await actOnLine(store, line, act, { by: storable(by), now });
  });
  return success(null);
}

/** What sleeps is not on the line, and only waking is about it. */
async function linesOfNetwork(today: Today, { subject, step }: AttentionRequest, now: number): Promise<DayLine[]> {
  const silent = await today.silentUnreached({ now, mine: null }, step === 'wake' ? 'all' : 'awake');
  const network = byNetwork(silent).networks.find((each) => each.subject === subject);
  return (network?.machines ?? []).map(({ device_id, read_at }) => ({
    subject: subjects.silent(device_id),
    cause: String(read_at),
  }));
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
