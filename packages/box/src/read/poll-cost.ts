/** What a poll by a learned plan will about cost: for estimates, until one was measured. */
import type { Part } from '@rsb/contract';
import { Secret } from '@rsb/runtime';
import type { Cost } from '@rsb/snmp';
import { encodeFirstRequest } from '@rsb/snmp/message';
import type { LearnedPlan } from './learned-plan.ts';
import { learnedPart } from './poll-device.ts';

const IP_AND_UDP = 28;
const MESSAGE_BYTES = 1400;
/** A login of usual length; those of SNMPv3 take some 100 bytes more. */
const USUAL = { version: 'v2c', community: new Secret('public') } as const;

export function reckonPoll(plan: LearnedPlan, parts: readonly Part[]): Readonly<Cost> {
  const learned = parts.flatMap((part) => learnedPart(plan, part) ?? []);
  const names = [...new Set([...plan.anchors, ...learned.flatMap(({ get, walk }) => [...get, ...walk])])];
  const request = encodeFirstRequest(USUAL, names).length;
  const answer = request + names.length * (plan.valueBytes ?? 0);
  const requests = Math.max(1, Math.ceil(answer / MESSAGE_BYTES));
  return { requests, packets: 2 * requests, bytes: request + answer + 2 * requests * IP_AND_UDP };
}
