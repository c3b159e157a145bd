/** The words of SNMP messages (RFC 1157 §4, RFC 3416 §3): only those of a reader and of the agent it asks. */
import type { BerProblem } from './ber.ts';

export type SnmpVersion = 'v1' | 'v2c';

export const VERSION_NUMBER: Readonly<Record<SnmpVersion, number>> = { v1: 0, v2c: 1 };

export function versionOf(number: number): SnmpVersion | undefined {
  return number === 0 ? 'v1' : number === 1 ? 'v2c' : undefined;
}

export type RequestPdu = 'get' | 'getNext' | 'getBulk';

export const PDU_TAG = { get: 0xa0, getNext: 0xa1, response: 0xa2, getBulk: 0xa5, report: 0xa8 } as const;

export const ERROR_STATUS = {
  noError: 0,
  tooBig: 1,
  noSuchName: 2,
  badValue: 3,
  readOnly: 4,
  genErr: 5,
  noAccess: 6,
  wrongType: 7,
  wrongLength: 8,
  wrongEncoding: 9,
  wrongValue: 10,
  noCreation: 11,
  inconsistentValue: 12,
  resourceUnavailable: 13,
  commitFailed: 14,
  undoFailed: 15,
  authorizationError: 16,
  notWritable: 17,
  inconsistentName: 18,
} as const;

export type ErrorStatusName = keyof typeof ERROR_STATUS;

const STATUS_NAMES = Object.keys(ERROR_STATUS) as readonly ErrorStatusName[];

/** For people: the name, or the number where no standard knows it. */
export function errorStatusText(status: number): string {
  return STATUS_NAMES[status] ?? `status ${status}`;
}

/** Why bytes are no message that this project reads. */
export type MessageProblem =
  | BerProblem
  /** Not the one that is expected here. */
  | 'version'
  /** Not a PDU that is expected here. */
  | 'pduType'
  /** A name that is no object identifier. */
  | 'badName'
  /** SNMPv3 with another security model than the user-based one. */
  | 'securityModel'
  /** A number of the frame that its standard does not allow. */
  | 'outOfRange'
  /** More bytes than any honest message has. */
  | 'tooLong';

export interface MessageFault {
  readonly problem: MessageProblem;
  readonly at: number;
}
