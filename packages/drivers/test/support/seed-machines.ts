/** The machines of the first site, as their makers' MIBs would answer: made from MIB facts and the numbers on its screen. */
import type { Varbind } from '@rsb/snmp';
import {
  COLORANT,
  HR_DEVICE_DESCR,
  HR_DEVICE_STATUS,
  HR_DEVICE_TYPE,
  HR_ERROR_BITS,
  HR_PRINTER_STATUS,
  IF_MAC,
  IF_TYPE,
  IF_UP,
  IP_IF,
  LIFE,
  MARKER_UNIT,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  type SupplyRow,
  SYS_DESCR,
  SYS_LOCATION,
  SYS_NAME,
  SYS_OBJECT_ID,
  supplyRows,
  varbinds,
} from './varbinds.ts';

interface Machine {
  readonly sysDescr: string;
  readonly sysObjectId: string;
  readonly sysName: string;
  readonly deviceDescr: string;
  readonly serial: string;
  readonly mac: string;
  readonly life: bigint;
  readonly supplies: readonly SupplyRow[];
}

const common = (machine: Machine): readonly (readonly [string, Short])[] => [
  [SYS_DESCR, machine.sysDescr],
  [SYS_OBJECT_ID, { oid: machine.sysObjectId }],
  [SYS_NAME, machine.sysName],
  [SYS_LOCATION, ''],
  [`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE],
  [`${HR_DEVICE_DESCR}.1`, machine.deviceDescr],
  [`${HR_DEVICE_STATUS}.1`, 2],
  [`${HR_PRINTER_STATUS}.1`, 3],
  [`${HR_ERROR_BITS}.1`, { hex: '00' }],
  [`${IF_TYPE}.1`, 6],
  [`${IF_MAC}.1`, { hex: machine.mac.replaceAll(':', '') }],
  [`${IF_UP}.1`, 1],
  [`${IP_IF}.127.0.0.1`, 1],
  [`${SERIAL}.1`, machine.serial],
  [`${MARKER_UNIT}.1.1`, 7],
  [`${LIFE}.1.1`, machine.life],
  ...supplyRows(machine.supplies),
  [`${COLORANT}.1.1`, 'black'],
];

const KYOCERA = '1.3.6.1.4.1.1347';

/** FS-1370DN: monochrome printer, no function and no color table. */
export const fs1370dn = (serial: string, mac: string, pages: number, twoSided = 0): readonly Varbind[] =>
  varbinds(
    ...common({
      sysDescr: 'KYOCERA Print I/F',
      sysObjectId: `${KYOCERA}.41`,
      sysName: '',
      deviceDescr: 'FS-1370DN',
      serial,
      mac,
      life: BigInt(pages),
      supplies: [
        { colorant: 1, supplyClass: 3, type: 3, description: 'TK-170', unit: 7, capacity: 7200, level: 2880 },
        { colorant: 0, supplyClass: 4, type: 4, description: 'Waste Toner Box', unit: 7, capacity: -2, level: -3 },
      ],
    }),
    [`${KYOCERA}.43.5.1.1.1.1`, 'FS-1370DN'],
    [`${KYOCERA}.43.5.1.1.28.1`, serial],
    [`${KYOCERA}.43.5.4.1.5.1.1`, '2LV_2000.004.301'],
    [`${KYOCERA}.40.10.1.1.5.1`, `KM${mac.replaceAll(':', '').slice(-6).toUpperCase()}`],
    [`${KYOCERA}.43.10.1.1.12.1.1`, BigInt(pages)],
    [`${KYOCERA}.42.2.1.1.1.6.1.1`, BigInt(pages)],
    [`${KYOCERA}.42.2.5.1.1.1.1`, BigInt(pages - twoSided)],
    [`${KYOCERA}.42.2.5.1.1.2.1`, BigInt(twoSided)],
  );

const RICOH = '1.3.6.1.4.1.367.3.2.1';

export interface RicohCounts {
  readonly machineTotal: number;
  readonly total: { readonly mono: number; readonly color: number };
  readonly print: { readonly mono: number; readonly color: number };
}

/** An Aficio MFP: counters by type number and English name, in an order of the model's own. */
export function aficio(
  brand: string,
  model: string,
  serial: string,
  hostName: string,
  mac: string,
  counts: RicohCounts,
  { types = true, first = 1 }: { readonly types?: boolean; readonly first?: number } = {},
): readonly Varbind[] {
  const copies = {
    mono: Math.max(0, counts.total.mono - counts.print.mono),
    color: Math.max(0, counts.total.color - counts.print.color),
  };
  const rows: readonly (readonly [type: number, name: string, value: number])[] = [
    [10, 'Counter: Machine Total', counts.machineTotal],
    [200, 'Counter:Copy: Total', copies.mono + copies.color],
    [201, 'Counter:Copy:Black & White', copies.mono],
    [202, 'Counter:Copy: Single, Two-color', 0],
    [203, 'Counter:Copy: Full Color', copies.color],
    [400, 'Counter:Print: Total', counts.print.mono + counts.print.color],
    [401, 'Counter:Print:Black & White', counts.print.mono],
    [402, 'Counter:Print: Single, Two-color', 12],
    [403, 'Counter:Print: Full Color', counts.print.color],
    [608, 'Total Prints: Color', counts.total.color],
    [609, 'Total Prints: Black & White', counts.total.mono],
    [701, 'Duplex', 1200],
    [702, 'Staples', 44],
    [873, 'Scanner: Color', 310],
    [874, 'Scanner: Black & White', 90],
  ];
  return varbinds(
    ...common({
      sysDescr: `${brand} ${model} 1.09 / ${brand} Network Printer C model / ${brand} Network Scanner C model`,
      sysObjectId: '1.3.6.1.4.1.367.1.1',
      sysName: hostName,
      deviceDescr: `${brand} ${model}`,
      serial,
      mac,
      life: BigInt(counts.machineTotal),
      supplies: [
        { type: 3, description: 'Black Toner', unit: 19, capacity: 100, level: 40 },
        { type: 4, description: 'Waste Toner', unit: 19, capacity: 100, level: 100 },
        { type: 3, description: 'Cyan Toner', unit: 19, capacity: 100, level: -100 },
        { type: 3, description: 'Magenta Toner', unit: 19, capacity: 100, level: 50 },
        { type: 3, description: 'Yellow Toner', unit: 19, capacity: 100, level: -3 },
      ],
    }),
    [`${RICOH}.1.1.1.0`, model],
    [`${RICOH}.1.1.2.0`, '1.09'],
    [`${RICOH}.2.1.4.0`, serial],
    ...rows.flatMap(([type, name, value], index): (readonly [string, Short])[] => [
      ...(types ? [[`${RICOH}.2.19.5.1.2.${first + index}`, type] as const] : []),
      [`${RICOH}.2.19.5.1.5.${first + index}`, name],
      [`${RICOH}.2.19.5.1.9.${first + index}`, BigInt(value)],
    ]),
    [`${RICOH}.2.24.1.1.4.1`, 13],
    [`${RICOH}.2.24.1.1.5.1`, 37],
    [`${RICOH}.2.24.1.1.4.2`, 10],
    [`${RICOH}.2.24.1.1.5.2`, -100],
    [`${RICOH}.2.24.1.1.4.3`, 11],
    [`${RICOH}.2.24.1.1.5.3`, 52],
    [`${RICOH}.2.24.1.1.4.4`, 12],
    [`${RICOH}.2.24.1.1.5.4`, -3],
  );
}
