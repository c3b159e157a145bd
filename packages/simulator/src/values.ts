/** Short words for SNMP values and table rows, so that a machine's objects read like its MIB. */
import { type Oid, oid, type SnmpValue } from '@rsb/snmp';
import type { LiveValue, MibObject } from './mib.ts';

export const integer = (value: number): SnmpValue => ({ type: 'integer', value });
export const counter32 = (value: number): SnmpValue => ({ type: 'counter32', value: value >>> 0 });
export const gauge32 = (value: number): SnmpValue => ({ type: 'gauge32', value: value >>> 0 });
export const counter64 = (value: bigint): SnmpValue => ({ type: 'counter64', value });
/** Hundredths of a second, modulo 2^32 (RFC 2578 §7.1.8). */
export const ticks = (hundredths: number): SnmpValue => ({
  type: 'timeTicks',
  value: Math.floor(hundredths) % 4294967296,
});
export const octets = (...bytes: readonly number[]): SnmpValue => ({ type: 'octets', value: Uint8Array.from(bytes) });
/** UTF-8, which is ASCII for most names. */
export const text = (value: string): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(value) });
/** ISO 8859-1, as many machines of the 2000s store what is typed into their web page. */
export const latin1 = (value: string): SnmpValue => ({
  type: 'octets',
  value: Uint8Array.from(Buffer.from(value, 'latin1')),
});
export const objectId = (value: string): SnmpValue => ({ type: 'oid', value: oid(value) });
/** zeroDotZero (RFC 2578 §7.1.3): "no such thing", where a MIB wants an object identifier. */
export const NO_OBJECT: SnmpValue = { type: 'oid', value: '0.0' as Oid };

export const ipAddress = (dotted: string): SnmpValue => ({
  type: 'ipAddress',
  value: Uint8Array.from(dotted.split('.'), Number),
});

export const macAddress = (colons: string): SnmpValue => ({
  type: 'octets',
  value: Uint8Array.from(colons.split(':'), (pair) => Number.parseInt(pair, 16)),
});

// Names are put together from literals thousands of times an hour: a test checks them all once, not these functions.

/** A scalar: its one instance is 0. */
export const scalar = (object: string, value: LiveValue): MibObject => [`${object}.0` as Oid, value];

/** One row of a table: `entry` is the conceptual row (…Entry), `instance` its index, the keys are column numbers. */
export function row(
  entry: string,
  instance: string | number,
  columns: Readonly<Record<number, LiveValue | undefined>>,
): readonly MibObject[] {
  return Object.entries(columns).flatMap(([column, value]) =>
    value === undefined ? [] : [[`${entry}.${column}.${instance}` as Oid, value] as const],
  );
}
