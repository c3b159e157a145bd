/** A device's answer as plain data, so that a plan can be kept in the store between two polls. */
import type { Oid, SnmpValue, Varbind } from '@rsb/snmp';

/** Name, type, value as text (octets in hex). */
export type StoredVarbind = readonly [oid: Oid, type: SnmpValue['type'], value: string];

export function storedVarbind({ oid, value }: Varbind): StoredVarbind {
  return [oid, value.type, textOf(value)];
}

function textOf(value: SnmpValue): string {
  switch (value.type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
    case 'counter64':
    case 'oid':
      return String(value.value);
    case 'octets':
    case 'ipAddress':
    case 'opaque':
      return Buffer.from(value.value).toString('hex');
    default:
      // Nothing was told: the type says it all.
      return '';
  }
}

export function varbindOf([oid, type, text]: StoredVarbind): Varbind {
  return { oid, value: snmpValueOf(type, text) };
}

function snmpValueOf(type: SnmpValue['type'], text: string): SnmpValue {
  switch (type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
      return { type, value: Number(text) };
    case 'counter64':
      return { type, value: BigInt(text) };
    case 'oid':
      return { type, value: text as Oid };
    case 'octets':
    case 'ipAddress':
    case 'opaque':
      return { type, value: new Uint8Array(Buffer.from(text, 'hex')) };
    default:
      return { type };
  }
}

/** Whether there is a value at all. */
export function isTold({ value }: Varbind): boolean {
  switch (value.type) {
    case 'null':
    case 'noSuchObject':
    case 'noSuchInstance':
    case 'endOfMibView':
      return false;
    default:
      return true;
  }
}
