/** Varbinds written short, for fixtures made from MIB facts. */
import type { SnmpValue, Varbind } from '@rsb/snmp';
import { oid } from '@rsb/snmp/oid';

export type Short = number | string | bigint | SnmpValue | { readonly hex: string } | { readonly oid: string };

/** `[name, value]` pairs: numbers are INTEGER, bigints Counter32, strings UTF-8 octets. */
export function varbinds(...pairs: readonly (readonly [string, Short])[]): readonly Varbind[] {
  return pairs.map(([name, value]) => ({ oid: oid(name), value: toValue(value) }));
}

function toValue(value: Short): SnmpValue {
  switch (typeof value) {
    case 'number':
      return { type: 'integer', value };
    case 'bigint':
      return { type: 'counter32', value: Number(value) };
    case 'string':
      return { type: 'octets', value: new TextEncoder().encode(value) };
    default:
      if ('hex' in value) return { type: 'octets', value: Uint8Array.from(Buffer.from(value.hex, 'hex')) };
      if ('oid' in value) return { type: 'oid', value: oid(value.oid) };
      return value;
  }
}

export const PRINTER_DEVICE = { oid: '1.3.6.1.2.1.25.3.1.5' };

/** Names of the objects that most fixtures have. */
export const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
export const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';
export const SYS_NAME = '1.3.6.1.2.1.1.5.0';
export const SYS_LOCATION = '1.3.6.1.2.1.1.6.0';
export const HR_DEVICE_TYPE = '1.3.6.1.2.1.25.3.2.1.2';
export const HR_DEVICE_DESCR = '1.3.6.1.2.1.25.3.2.1.3';
export const HR_DEVICE_STATUS = '1.3.6.1.2.1.25.3.2.1.5';
export const HR_PRINTER_STATUS = '1.3.6.1.2.1.25.3.5.1.1';
export const HR_ERROR_BITS = '1.3.6.1.2.1.25.3.5.1.2';
export const SERIAL = '1.3.6.1.2.1.43.5.1.1.17';
export const MARKER_UNIT = '1.3.6.1.2.1.43.10.2.1.3';
export const LIFE = '1.3.6.1.2.1.43.10.2.1.4';
/** prtMarkerSuppliesEntry: add the column. */
export const SUPPLY = '1.3.6.1.2.1.43.11.1.1';
export const COLORANT = '1.3.6.1.2.1.43.12.1.1.4';
/** prtAlertEntry: add the column. */
export const ALERT = '1.3.6.1.2.1.43.18.1.1';
export const IF_TYPE = '1.3.6.1.2.1.2.2.1.3';
export const IF_MAC = '1.3.6.1.2.1.2.2.1.6';
export const IF_UP = '1.3.6.1.2.1.2.2.1.8';
export const IP_IF = '1.3.6.1.2.1.4.20.1.2';

export interface SupplyRow {
  readonly type?: number;
  readonly description?: Short;
  readonly unit?: number;
  readonly capacity?: number;
  readonly level?: number;
  readonly colorant?: number;
  readonly supplyClass?: number;
}

/** Rows of prtMarkerSuppliesTable, from index 1 on. */
export function supplyRows(rows: readonly SupplyRow[], device = 1): readonly (readonly [string, Short])[] {
  return rows.flatMap((row, index) => {
    const cells: readonly (readonly [number, Short | undefined])[] = [
      [3, row.colorant],
      [4, row.supplyClass],
      [5, row.type],
      [6, row.description],
      [7, row.unit],
      [8, row.capacity],
      [9, row.level],
    ];
    return cells.flatMap(([column, value]) =>
      value === undefined ? [] : [[`${SUPPLY}.${column}.${device}.${index + 1}`, value] as const],
    );
  });
}
