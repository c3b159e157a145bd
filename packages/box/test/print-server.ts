/** A made-up print server: several machines behind one address, each a row of its own (RFC 2790, RFC 3805). */
import { type MibObject, mibOf, type SimulatedMachine } from '@rsb/simulator';
import { oid, type SnmpValue } from '@rsb/snmp';

export interface BehindServer {
  /** hrDeviceIndex. */
  readonly unit: number;
  readonly serialNumber: string;
  readonly life: number;
}

const text = (value: string): SnmpValue => ({ type: 'octets', value: new TextEncoder().encode(value) });
const at = (name: string, value: SnmpValue): MibObject => [oid(`1.3.6.1.${name}`), value];
/** hrDevicePrinter. */
const PRINTER: SnmpValue = { type: 'oid', value: oid('1.3.6.1.2.1.25.3.1.5') };

export function printServer(address: string, machines: readonly BehindServer[]): SimulatedMachine {
  const rows = machines.flatMap(({ unit, serialNumber, life }) => [
    at(`2.1.25.3.2.1.1.${unit}`, { type: 'integer', value: unit }),
    at(`2.1.25.3.2.1.2.${unit}`, PRINTER),
    at(`2.1.25.3.2.1.3.${unit}`, text(`Printer ${unit}`)),
    at(`2.1.25.3.5.1.1.${unit}`, { type: 'integer', value: 3 }),
    at(`2.1.43.5.1.1.17.${unit}`, text(serialNumber)),
    at(`2.1.43.10.2.1.3.${unit}.1`, { type: 'integer', value: 7 }),
    at(`2.1.43.10.2.1.4.${unit}.1`, { type: 'counter32', value: life }),
    at(`2.1.43.11.1.1.6.${unit}.1`, text('Toner')),
    at(`2.1.43.11.1.1.8.${unit}.1`, { type: 'integer', value: 100 }),
    at(`2.1.43.11.1.1.9.${unit}.1`, { type: 'integer', value: 50 }),
  ]);
  const system = [
    at('2.1.1.1.0', text('Print server')),
    at('2.1.1.2.0', { type: 'oid', value: oid('1.3.6.1.4.1.99999.1') }),
    at('2.1.1.5.0', text('PS1')),
  ];
  return { address, name: 'PS1', mib: mibOf([...system, ...rows]) };
}
