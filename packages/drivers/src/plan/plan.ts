/** What to ask a device for some parts of a reading: exact instances where they are known, walks where they are not. */
import type { Part } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf, isWithin } from '@rsb/snmp/oid';
import {
  hrDeviceType,
  isPrinterDevice,
  prtGeneralSerialNumber,
  prtMarkerLifeCount,
  supplyDescription,
} from '../blocks/standard-objects.ts';
import type { Answers, AskedObject, AskPlan, DriverDefinition } from '../definition.ts';
import { printerUnits } from '../interpret/units.ts';
import { objectsOf } from './objects.ts';

/**
 * `known` are the answers of identifying: what they told is not asked again, and a device that showed itself as one
 * machine with index 1 is asked its single rows by GET. Interpret with those answers and the new ones together.
 */
export function planFor(driver: DriverDefinition, parts: readonly Part[], known?: Answers): AskPlan {
  const objects = objectsOf(driver).filter(({ part }) => parts.includes(part));
  const walk: Oid[] = [];
  const get: Oid[] = [];
  for (const object of objects) {
    const instances = object.instances ?? singleRow(object, known);
    if (instances === null) walk.push(object.oid);
    else get.push(...instances.map((instance) => childOf(object.oid, instance)));
  }
  const columns = [...new Set(walk)];
  const wanted = [...new Set(get)].filter((name) => !columns.some((column) => isWithin(column, name)));
  return { get: wanted.filter((name) => !isAnswered(name, known)), walk: columns };
}

/** The instance of a single-row column on a device that is known to be one machine; null where it has to be walked. */
function singleRow({ oid, perUnit }: AskedObject, known: Answers | undefined): readonly string[] | null {
  if (perUnit === undefined || known === undefined || !isPlainMachine(known)) return null;
  const markers = oid.startsWith(MARKER_TABLE) && known.value(prtMarkerLifeCount.oid, '1.1') === undefined;
  return markers ? null : [perUnit === '' ? '1' : `1.${perUnit}`];
}

const MARKER_TABLE = prtMarkerLifeCount.oid.slice(0, prtMarkerLifeCount.oid.lastIndexOf('.'));

/** Only a Printer-MIB row at index 1 shows that the machine's rows are where they are expected. */
function isPlainMachine(known: Answers): boolean {
  const units = printerUnits(known);
  const printers = known.column(hrDeviceType.oid).filter(({ value }) => isPrinterDevice(value));
  if (printers.length > 1) return false;
  const rows = [prtGeneralSerialNumber, prtMarkerLifeCount, supplyDescription].flatMap(({ oid }) => known.column(oid));
  return units.length === 1 && units[0] === 1 && rows.length > 0;
}

const isAnswered = (name: Oid, known: Answers | undefined): boolean => known?.outcome(name) === 'answered';
