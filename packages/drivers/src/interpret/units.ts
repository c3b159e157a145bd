/** How many machines answer behind one address: a print server has several, each with its own hrDeviceIndex. */
import {
  hrDeviceType,
  isPrinterDevice,
  prtGeneralSerialNumber,
  prtMarkerCounterUnit,
  prtMarkerLifeCount,
  supplyDescription,
  supplyLevel,
} from '../blocks/standard-objects.ts';
import type { Answers } from '../definition.ts';

/** More machines behind one address than any print server has: a lying device. */
const MOST_UNITS = 16;

/** hrDeviceIndex of each machine, lowest first; never empty. */
export function printerUnits(answers: Answers): readonly number[] {
  const printers = answers
    .column(hrDeviceType.oid)
    .filter(({ value }) => isPrinterDevice(value))
    .map(({ instance }) => Number(instance));
  const rows = new Set<number>();
  for (const { oid } of [
    prtGeneralSerialNumber,
    prtMarkerCounterUnit,
    prtMarkerLifeCount,
    supplyDescription,
    supplyLevel,
  ]) {
    // Some firmware leaves the device index out of the supplies' instances.
    const least = oid === prtGeneralSerialNumber.oid ? 1 : 2;
    for (const { instance } of answers.column(oid)) {
      const arcs = instance.split('.');
      if (arcs.length === least) rows.add(Number(arcs[0]));
    }
  }
  const both = printers.filter((unit) => rows.has(unit));
  const units = both.length > 0 ? both : rows.size > 0 ? [...rows] : printers.slice(0, 1);
  return units.length === 0 ? [1] : [...new Set(units)].sort((a, b) => a - b).slice(0, MOST_UNITS);
}
