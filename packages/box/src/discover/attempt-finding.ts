/** What one credential brought out of a device, and what all of them together mean. Pure. */
import type { AttemptState, AttemptView, Cause } from '@rsb/contract';
import { unreachable } from '@rsb/runtime';
import { isSentBack, type SnmpFailure, type UsmReason } from '@rsb/snmp';
import type { WhoIsThere } from '../read/identify-device.ts';
import { isTold } from '../read/stored-value.ts';

export type Finding = Pick<AttemptView, 'state' | 'detail'>;

export function findingOf(who: WhoIsThere): Finding {
  switch (who.kind) {
    case 'printer':
      return { state: 'printer', detail: null };
    case 'notPrinter':
      if (who.why === 'answersAnything') return { state: 'answersAnything', detail: null };
      return { state: who.gathered.varbinds.some(isTold) ? 'notPrinter' : 'showsNothing', detail: null };
    default:
      return failureFinding(who.failure);
  }
}

function failureFinding(failure: SnmpFailure): Finding {
  switch (failure.kind) {
    case 'timeout':
    case 'aborted':
      return { state: 'silent', detail: null };
    case 'unreachable':
      // What ICMP says is found out for sure by the probe of the port.
      if (isSentBack(failure.detail)) return { state: 'silent', detail: null };
      return { state: 'unreachable', detail: failure.detail };
    case 'usm':
      return { state: USM_STATES[failure.reason], detail: null };
    case 'refused':
      return { state: CONTEXT_STATUS.has(failure.status) ? 'unknownContext' : 'refused', detail: failure.status };
    case 'tooBig':
    case 'notAllowed':
      return { state: 'refused', detail: failure.kind };
    case 'malformed':
    case 'endless':
    case 'exhausted':
      return { state: 'malformed', detail: null };
    default:
      return unreachable(failure);
  }
}

/** What a Report says of a context (RFC 3413 §3.2). */
const CONTEXT_STATUS: ReadonlySet<string> = new Set(['unknownContext', 'unavailableContext']);

const USM_STATES: Readonly<Record<UsmReason, AttemptState>> = {
  unknownUser: 'unknownUser',
  wrongDigest: 'wrongDigest',
  decryption: 'wrongPrivacy',
  notInTimeWindow: 'timeWindow',
  unsupportedLevel: 'unsupportedLevel',
  // RFC 3415 §3.2 takes the level into account when it looks for what a user may read.
  noAccess: 'levelTooLow',
  unknownEngine: 'unknownEngine',
};

/** From the finding that tells most to the one that tells least; the nearest to an answer counts. */
const TELLING: readonly (AttemptState & Cause)[] = [
  'printer',
  'notPrinter',
  'answersAnything',
  'showsNothing',
  'wrongPrivacy',
  'unknownContext',
  'levelTooLow',
  'unsupportedLevel',
  'refused',
  'timeWindow',
  'wrongDigest',
  'unknownUser',
  'unknownEngine',
  'malformed',
];

/** Undefined where no attempt was answered. */
export function answeredCause(attempts: readonly AttemptView[]): Cause | undefined {
  const found = TELLING.find((state) => attempts.some((attempt) => attempt.state === state));
  if (found) return found;
  return attempts.length > 0 && attempts.every(({ state }) => state === 'unreachable') ? 'unreachable' : undefined;
}
