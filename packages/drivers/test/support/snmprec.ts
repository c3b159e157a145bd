/** Reads `.snmprec` captures: `OID|type|value` a line, type as the ASN.1 tag in decimal, with `x` for hexadecimal values. */
import { readFileSync } from 'node:fs';
import type { Oid, SnmpValue, Varbind } from '@rsb/snmp';
import { parseOid } from '@rsb/snmp/oid';

export function parseSnmprec(text: string): readonly Varbind[] {
  const varbinds: Varbind[] = [];
  for (const line of text.split('\n')) {
    const first = line.indexOf('|');
    const second = line.indexOf('|', first + 1);
    if (first < 0 || second < 0) continue;
    const oid = parseOid(line.slice(0, first));
    const value = parseValue(line.slice(first + 1, second), line.slice(second + 1).replace(/\r$/, ''));
    if (oid !== undefined && value !== undefined) varbinds.push({ oid, value });
  }
  return varbinds;
}

/** A capture is decoded octet by octet: Latin-1 keeps every byte that a text editor would have changed. */
export const loadSnmprec = (path: string): readonly Varbind[] => parseSnmprec(readFileSync(path, 'latin1'));

function parseValue(type: string, text: string): SnmpValue | undefined {
  const octets = type.endsWith('x') ? Buffer.from(text, 'hex') : Buffer.from(text, 'latin1');
  switch (type.replace(/x$/, '')) {
    case '2':
      return { type: 'integer', value: Number(BigInt.asIntN(32, BigInt(text))) };
    case '4':
      return { type: 'octets', value: octets };
    case '5':
      return { type: 'null' };
    case '6':
      return { type: 'oid', value: (parseOid(text) ?? '0.0') as Oid };
    case '64':
      return { type: 'ipAddress', value: type === '64x' ? octets : Uint8Array.from(text.split('.').map(Number)) };
    case '65':
      return { type: 'counter32', value: Number(text) };
    case '66':
      return { type: 'gauge32', value: Number(text) };
    case '67':
      return { type: 'timeTicks', value: Number(text) };
    case '68':
      return { type: 'opaque', value: octets };
    case '70':
      return { type: 'counter64', value: BigInt(text) };
    default:
      return undefined;
  }
}
