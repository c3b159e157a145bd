/** Reads a capture: one object a line, `OID|type|value`, as SNMP simulators store what a device answered. */
import { readFileSync } from 'node:fs';
import { type Oid, parseOid, type SnmpValue } from '@rsb/snmp';
import { type Mib, mibOf } from './mib.ts';

export interface CaptureProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: 'fields' | 'oid' | 'type' | 'value' | 'duplicate';
  readonly text: string;
}

export interface Capture {
  readonly objects: readonly (readonly [Oid, SnmpValue])[];
  /** Lines that are no object; the rest of the capture is still good. */
  readonly problems: readonly CaptureProblem[];
}

const LONGEST_QUOTED = 120;

/** Takes bytes, because a string value may be in any charset: its octets go onto the wire as they stand in the file. */
export function parseSnmprec(source: Uint8Array): Capture {
  const objects: (readonly [Oid, SnmpValue])[] = [];
  const problems: CaptureProblem[] = [];
  const seen = new Set<Oid>();
  for (const [index, line] of Buffer.from(source).toString('latin1').split('\n').entries()) {
    const object = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (object === '' || object.startsWith('#')) continue;
    const parsed = parseLine(object);
    if (typeof parsed === 'string' || seen.has(parsed[0])) {
      const reason = typeof parsed === 'string' ? parsed : 'duplicate';
      problems.push({ line: index + 1, reason, text: object.slice(0, LONGEST_QUOTED) });
    } else {
      seen.add(parsed[0]);
      objects.push(parsed);
    }
  }
  return { objects, problems };
}

export function loadCapture(file: string): { readonly mib: Mib; readonly capture: Capture } {
  const capture = parseSnmprec(readFileSync(file));
  return { mib: mibOf(capture.objects), capture };
}

/** The object, or what is wrong with the line. */
function parseLine(line: string): readonly [Oid, SnmpValue] | CaptureProblem['reason'] {
  const first = line.indexOf('|');
  const second = line.indexOf('|', first + 1);
  if (first < 0 || second < 0) return 'fields';
  const name = parseOid(line.slice(0, first));
  if (name === undefined) return 'oid';
  const value = parseValue(line.slice(first + 1, second), line.slice(second + 1));
  return typeof value === 'string' ? value : [name, value];
}

/** Types are the BER tag in decimal (RFC 3416 §3), with an `x` behind where the value is in hex. */
function parseValue(type: string, value: string): SnmpValue | 'type' | 'value' {
  const hex = type.endsWith('x');
  const bytes = hex ? parseHex(value) : undefined;
  if (hex && bytes === undefined) return 'value';
  switch (hex ? type.slice(0, -1) : type) {
    case '2': {
      const number = parseNumber(value, -2147483648, 2147483647);
      return number === undefined ? 'value' : { type: 'integer', value: number };
    }
    case '4':
      return { type: 'octets', value: bytes ?? Uint8Array.from(Buffer.from(value, 'latin1')) };
    case '5':
      return { type: 'null' };
    case '6': {
      const target = value === '0' || value === '' ? ('0.0' as Oid) : parseOid(value);
      return target === undefined ? 'value' : { type: 'oid', value: target };
    }
    case '64': {
      const address = bytes ?? parseIpv4(value);
      return address === undefined || address.length !== 4 ? 'value' : { type: 'ipAddress', value: address };
    }
    case '65':
      return unsigned('counter32', value);
    case '66':
      return unsigned('gauge32', value);
    case '67':
      return unsigned('timeTicks', value);
    case '68':
      return { type: 'opaque', value: bytes ?? Uint8Array.from(Buffer.from(value, 'latin1')) };
    case '70':
      return /^\d{1,20}$/.test(value) && BigInt(value) < 1n << 64n
        ? { type: 'counter64', value: BigInt(value) }
        : 'value';
    default:
      return 'type';
  }
}

function unsigned(type: 'counter32' | 'gauge32' | 'timeTicks', value: string): SnmpValue | 'value' {
  // Some collectors wrote a Counter32 above 2^31 as a negative number; its bits are the same.
  const number = parseNumber(value, -2147483648, 4294967295);
  return number === undefined ? 'value' : { type, value: number >>> 0 };
}

function parseNumber(value: string, least: number, most: number): number | undefined {
  if (!/^-?\d{1,10}$/.test(value)) return undefined;
  const number = Number(value);
  return number < least || number > most ? undefined : number;
}

function parseHex(value: string): Uint8Array | undefined {
  return /^([0-9a-fA-F]{2})*$/.test(value) ? Uint8Array.from(Buffer.from(value, 'hex')) : undefined;
}

function parseIpv4(value: string): Uint8Array | undefined {
  const parts = value.split('.');
  const fine = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return fine ? Uint8Array.from(parts, Number) : undefined;
}
