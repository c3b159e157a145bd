/** One address, asked as little as possible: is it a printer, and which driver reads it? */
import type { ErrorCode, ReadGroup } from '@rsb/contract';
import {
  type DriverDefinition,
  type Identification,
  identify,
  identifyingWithout,
  mayAnswerAnything,
  secondLookWithout,
} from '@rsb/drivers';
import { millis } from '@rsb/runtime';
import {
  type Allowance,
  type AskOptions,
  type Credential,
  type GetAnswer,
  type Oid,
  oid,
  type Patience,
  type SnmpEngine,
  type SnmpFailure,
  type Target,
} from '@rsb/snmp';
import { answersAnything } from './answers-anything.ts';
import type { Attempt } from './attempts.ts';
import { type Gathered, gathered, isSilence } from './gathered.ts';
import { isTold } from './stored-value.ts';

export interface AddressedDevice {
  readonly address: string;
  readonly port: number;
  /** Groups that the customer does not want asked. */
  readonly notRead?: readonly ReadGroup[];
}

export interface IdentifiedPrinter {
  readonly kind: 'printer';
  readonly attempt: Attempt;
  readonly driver: DriverDefinition;
  readonly identification: Identification;
  readonly gathered: Gathered;
}

export type WhoIsThere =
  | IdentifiedPrinter
  /** Speaks SNMP and is no printer: nothing of it is kept but the cost. */
  | {
      readonly kind: 'notPrinter';
      readonly why: Extract<ErrorCode, 'notPrinter' | 'answersAnything'>;
      readonly gathered: Gathered;
    }
  /** Answered each credential with an error, or with what is no SNMP. */
  | { readonly kind: 'refused'; readonly failure: SnmpFailure; readonly gathered: Gathered }
  | { readonly kind: 'silent'; readonly failure: SnmpFailure; readonly gathered: Gathered };

/**
 * One GET of the identifying objects with each credential in turn, until one is answered; a second look only where the
 * first leaves room for doubt.
 */
export async function identifyDevice(
  snmp: SnmpEngine,
  { notRead = [], ...device }: AddressedDevice,
  attempts: readonly Attempt[],
  signal?: AbortSignal,
  allowance?: Allowance,
): Promise<WhoIsThere> {
  const options = { ...(signal ? { signal } : {}), ...(allowance ? { allowance } : {}) };
  const identifying = identifyingWithout(notRead);
  const spent = gathered();
  let last: SnmpFailure = { kind: 'timeout' };
  let speaksV3 = true;
  for (const attempt of attempts) {
    if (attempt.credential.version === 'v3' && !speaksV3) continue;
    const target = { ...device, credential: attempt.credential };
    const answer = await firstAnswer(snmp, target, identifying, attempt.patience, options, spent);
    if (answer.failure && answer.varbinds.length === 0) {
      spent.addGet([], answer);
      // SNMPv3's discovery needs no user (RFC 3414 §4): who does not answer it for one answers it for none.
      if (answer.failure.kind === 'timeout' && answer.failure.undiscovered) speaksV3 = false;
      // A refusal says more than silence: it is what the caller is told in the end.
      if (isSilence(last) || answer.failure.kind === 'refused') last = answer.failure;
      if (HOPELESS.has(answer.failure.kind)) break;
      continue;
    }
    spent.addGet(identifying, answer);
    let identification = identify(spent.answers());
    if (identification.verdict === 'unsure') {
      const columns = secondLookWithout(identification.secondLook, notRead);
      spent.addWalk(columns, await snmp.walk(target, columns, { ...options, limits: SECOND_LOOK }));
      identification = identify(spent.answers());
    }
    const { driver } = identification;
    if (identification.verdict !== 'printer' || !driver)
      return { kind: 'notPrinter', why: 'notPrinter', gathered: spent };
    // Each printer lacks something of what is asked; none has all and not even a device id.
    const isComplete = spent.varbinds.every(isTold) && mayAnswerAnything(spent.answers());
    if (isComplete && (await answersAnything(snmp, target, spent, { ...options, patience: attempt.patience })))
      return { kind: 'notPrinter', why: 'answersAnything', gathered: spent };
    return { kind: 'printer', attempt, driver, identification, gathered: spent };
  }
  return { kind: isSilence(last) ? 'silent' : 'refused', failure: last, gathered: spent };
}

/**
 * Most addresses that answer a ping have no SNMP: after a whole question without an answer the further tries are of one
 * small object, a third of its size, and only who answers that is asked again.
 */
async function firstAnswer(
  snmp: SnmpEngine,
  target: Target,
  identifying: readonly Oid[],
  { timeout, retries }: Patience,
  options: AskOptions,
  spent: Gathered,
): Promise<GetAnswer> {
  const [whole, small] = askedOfSilent(target.credential, identifying, retries);
  const first = await snmp.get(target, whole.objects, { ...options, patience: { timeout, retries: whole.tries - 1 } });
  if (small === undefined || first.failure?.kind !== 'timeout') return first;
  if (first.varbinds.length > 0) {
    // There, and what it was silent to in a single try deserves the others.
    const told = new Set(first.varbinds.map((varbind) => varbind.oid));
    const untold = identifying.filter((name) => !told.has(name));
    const second = await snmp.get(target, untold, { ...options, patience: { timeout, retries } });
    spent.addGet([], { ...first, varbinds: [] });
    return { ...second, varbinds: [...first.varbinds, ...second.varbinds] };
  }
  spent.addGet([], first);
  const patience = { timeout: millis(2 * timeout), retries: small.tries - 1 };
  const knock = await snmp.get(target, small.objects, { ...options, patience });
  if (knock.varbinds.length === 0) return knock;
  spent.addGet([], { ...knock, varbinds: [] });
  const wait = millis(Math.max(timeout, 2 * (knock.roundTrip ?? 0)));
  return snmp.get(target, identifying, { ...options, patience: { timeout: wait, retries } });
}

export interface Tries {
  readonly objects: readonly Oid[];
  readonly tries: number;
}

/** What an address that never answers is sent for one login; estimates go by it, too. */
export function askedOfSilent(
  { version }: Pick<Credential, 'version'>,
  identifying: readonly Oid[],
  retries: number,
): readonly [whole: Tries, small?: Tries] {
  if (retries === 0 || version === 'v3') return [{ objects: identifying, tries: 1 + retries }];
  return [
    { objects: identifying, tries: 1 },
    { objects: [KNOCK], tries: retries },
  ];
}

/** sysObjectID.0, which every agent has. */
const KNOCK = oid('1.3.6.1.2.1.1.2.0');

/** What another credential would not change. */
const HOPELESS: ReadonlySet<SnmpFailure['kind']> = new Set(['unreachable', 'aborted', 'exhausted']);

/** A few rows tell whether there is a printer; a server's whole device table would be its own business. */
const SECOND_LOOK = { varbinds: 100, requests: 6 };
