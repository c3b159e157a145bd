/** What a delivery tells: kept with it, so that each repeat says the same. */

import type { ToldLine } from '../alerts/tell.ts';
import type { ReadyLine } from '../store/deliveries.ts';

export interface DeliveryPayload {
  readonly lines: readonly ToldLine[];
  /** How many there were; `lines` are the first of them. */
  readonly total: number;
  readonly daily: boolean;
  readonly test: boolean;
}

/** Lines that a message lists. */
export const MOST_LISTED = 50;
/** More groups than this at one moment are one message: a rule that matches everything fills no mailbox. */
const MOST_MESSAGES = 10;

/** Ready lines into messages: a group is one, too many groups are one together. Worst first. */
export function intoPayloads(lines: readonly ReadyLine[], daily: boolean): readonly DeliveryPayload[] {
  const groups = [...Map.groupBy(lines, ({ groupKey }) => groupKey).values()];
  const messages = groups.length > MOST_MESSAGES ? [lines] : groups;
  return messages.filter((each) => each.length > 0).map((each) => payloadOf(each, daily));
}

const RANKS = { critical: 0, warning: 1, info: 2 } as const;

function payloadOf(ready: readonly ReadyLine[], daily: boolean): DeliveryPayload {
  const told: ToldLine[] = ready.map(({ line }) => JSON.parse(line));
  const rank = (line: ToldLine) => (line.step === 'resolved' ? 3 : RANKS[line.severity]);
  told.sort((one, other) => rank(one) - rank(other) || (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { lines: told.slice(0, MOST_LISTED), total: told.length, daily, test: false };
}

export const TEST_PAYLOAD: DeliveryPayload = { lines: [], total: 0, daily: false, test: true };

/** The body of a webhook call: the same bytes each time. */
export function webhookBody(id: string, madeAt: string, { lines, total, test }: DeliveryPayload): string {
  return JSON.stringify({
    id,
    kind: test ? 'test' : 'alerts',
    madeAt,
    total,
    alerts: lines.map(({ event, step, at, alert, ...about }) => ({ event, step, at, alert, ...about })),
  });
}
