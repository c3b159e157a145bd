/** What a device told so far, over several requests: varbinds, what was asked, what stayed unknown, and the cost. */
import type { ErrorCode } from '@rsb/contract';
import { type Answers, answersOf, type FailedObject } from '@rsb/drivers';
import { unreachable } from '@rsb/runtime';
import type { Cost, GetAnswer, Oid, PollAnswer, SnmpFailure, UsmReason, Varbind, WalkAnswer } from '@rsb/snmp';

export interface Gathered {
  addGet(objects: readonly Oid[], answer: GetAnswer): void;
  addWalk(columns: readonly Oid[], answer: WalkAnswer): void;
  addPoll(objects: readonly Oid[], columns: readonly Oid[], answer: PollAnswer): void;
  /** Columns that were not even asked, since the device had just stopped to answer. */
  addSilence(columns: readonly Oid[]): void;
  /** Told or found absent by an earlier read. */
  addKnown(told: readonly Varbind[], absent: readonly Oid[]): void;
  /** Whether an object was asked already, as itself or with its column. */
  asked(object: Oid): boolean;
  /** `without`: as if these had not been told. */
  answers(without?: ReadonlySet<Oid>): Answers;
  readonly varbinds: readonly Varbind[];
  readonly failed: readonly FailedObject[];
  readonly cost: Readonly<Cost>;
  /** The device does not answer GETBULK as it should. */
  readonly bulkFailed: boolean;
}

export function gathered(): Gathered {
  const varbinds: Varbind[] = [];
  const asked = new Set<Oid>();
  const failed: FailedObject[] = [];
  const cost: Cost = { requests: 0, packets: 0, bytes: 0 };

  const add = (objects: readonly Oid[], told: readonly Varbind[], spent: Readonly<Cost>) => {
    for (const object of objects) asked.add(object);
    varbinds.push(...told);
    addCost(cost, spent);
  };
  const addGet = (objects: readonly Oid[], answer: GetAnswer, spent: Readonly<Cost>) => {
    add(objects, answer.varbinds, spent);
    if (!answer.failure) return;
    const code = codeOf(answer.failure);
    const told = new Set(answer.varbinds.map(({ oid }) => oid));
    for (const object of objects) if (!told.has(object)) failed.push({ object, code });
  };
  let bulkFailed = false;
  const addWalk = (columns: readonly Oid[], answer: WalkAnswer, spent: Readonly<Cost>) => {
    add(columns, answer.varbinds, spent);
    bulkFailed ||= answer.bulkFailed === true;
    for (const { column, failure } of answer.unfinished) failed.push({ object: column, code: codeOf(failure) });
  };
  return {
    addGet: (objects, answer) => addGet(objects, answer, answer.cost),
    addWalk: (columns, answer) => addWalk(columns, answer, answer.cost),
    addPoll(objects, columns, { get, walk, cost: spent }) {
      addGet(objects, get, spent);
      addWalk(columns, walk, NO_COST);
    },
    addSilence(columns) {
      for (const object of columns) {
        asked.add(object);
        failed.push({ object, code: 'noAnswer' });
      }
    },
    addKnown(told, absent) {
      for (const { oid } of told) asked.add(oid);
      for (const object of absent) asked.add(object);
      varbinds.push(...told);
    },
    asked: (object) => asked.has(object),
    answers: (without) =>
      answersOf(without ? varbinds.filter(({ oid }) => !without.has(oid)) : varbinds, { asked: [...asked], failed }),
    varbinds,
    failed,
    cost,
    get bulkFailed() {
      return bulkFailed;
    },
  };
}

const NO_COST: Readonly<Cost> = { requests: 0, packets: 0, bytes: 0 };

export function addCost(sum: Cost, more: Readonly<Cost>): void {
  sum.requests += more.requests;
  sum.packets += more.packets;
  sum.bytes += more.bytes;
}

/** Nothing came back from the device, or nothing left for it: no refusal. */
export const isSilence = ({ kind }: SnmpFailure): boolean =>
  kind === 'timeout' || kind === 'unreachable' || kind === 'aborted';

/** What the system says where this machine has no way to a network: no cable, no address, no route. */
const NO_WAY: ReadonlySet<string> = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENODEV']);

/** Why something stayed unknown, in the words of the catalogue. */
export function codeOf(failure: SnmpFailure): ErrorCode {
  switch (failure.kind) {
    case 'unreachable':
      return NO_WAY.has(failure.detail) ? 'noRoute' : 'noAnswer';
    case 'timeout':
    case 'aborted':
      return 'noAnswer';
    case 'refused':
    case 'tooBig':
    case 'notAllowed':
      return 'partRefused';
    case 'usm':
      return USM_CODES[failure.reason];
    case 'malformed':
      return 'answerMalformed';
    case 'exhausted':
      return 'tookTooLong';
    case 'endless':
      return 'answerTruncated';
    default:
      return unreachable(failure);
  }
}

const USM_CODES: Readonly<Record<UsmReason, ErrorCode>> = {
  unknownUser: 'userUnknown',
  wrongDigest: 'digestWrong',
  decryption: 'decryptionFailed',
  notInTimeWindow: 'timeWindow',
  unsupportedLevel: 'levelUnsupported',
  noAccess: 'accessMissing',
  unknownEngine: 'engineUnknown',
};
