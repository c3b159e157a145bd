/** What to ask a device for some parts of a reading: exact instances where they are known, walks where they are not. */
import type { Part } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf, isWithin } from '@rsb/snmp/oid';
import {
  alertDescription,
  charsetFor,
  hrDeviceType,
  ifPhysAddress,
  isPrinterDevice,
  prtGeneralSerialNumber,
  prtMarkerCounterUnit,
  prtMarkerLifeCount,
  supplyDescription,
  supplyLevel,
} from '../blocks/standard-objects.ts';
import type { Answers, AskedObject, AskPlan, DriverDefinition } from '../definition.ts';
import { printerUnits } from '../interpret/units.ts';

/**
 * `known` are the answers so far: what they told is not asked again, what they make needless is not asked at all, and a
 * device that showed itself as one machine with index 1 is asked its single rows by GET. What a plan's answers tell may ask
 * for another plan; interpret with all answers together. Without `known` all that the driver may ask.
 */
export function planFor(driver: DriverDefinition, parts: readonly Part[], known?: Answers): AskPlan {
  const all = driver.blocks.flatMap(({ asks }) => asks);
  const isNeeded = (object: AskedObject): boolean =>
    known === undefined ||
    (object.oid === CHARSET ? hasForeignText(all, known) : isOpen(object, known) && isBySign(object, known));
  const objects = all.filter((object) => parts.includes(object.part) && isNeeded(object));
  const walk: Oid[] = [];
  const get: Oid[] = [];
  for (const object of objects) {
    const instances = (known && object.instancesFor?.(known)) ?? object.instances ?? singleRow(object, known);
    if (instances === null) walk.push(object.oid);
    else get.push(...instances.map((instance) => childOf(object.oid, instance)));
  }
  const columns = [...new Set(walk)];
  const wanted = [...new Set(get)].filter((name) => !columns.some((column) => isWithin(column, name)));
  return { get: wanted.filter((name) => !isAnswered(name, known)), walk: columns };
}

const isOpen = ({ when }: AskedObject, known: Answers): boolean => when?.(known) ?? true;

const isBySign = ({ signs = [] }: AskedObject, known: Answers): boolean =>
  signs.length === 0 || signs.some(({ object, instance }) => known.value(object, instance) !== undefined);

/**
 * Columns of which all signs were asked and none was told: walked, one name finds out that nothing of a whole table is
 * there.
 */
export function columnsWithoutSign(driver: DriverDefinition, parts: readonly Part[], known: Answers): readonly Oid[] {
  const isLone = (object: AskedObject): boolean => {
    const { part, signs = [] } = object;
    const isAsked = signs.every((sign) => isAnswered(childOf(sign.object, sign.instance), known));
    return parts.includes(part) && isAsked && !isBySign(object, known) && isOpen(object, known);
  };
  const columns = driver.blocks.flatMap(({ asks }) => asks.filter(isLone).map(({ oid }) => oid));
  return [...new Set(columns)];
}

/** Instances that were told though their signs were not. */
export function toldWithoutSign(driver: DriverDefinition, known: Answers): readonly Oid[] {
  const objects = driver.blocks.flatMap(({ asks }) => asks).filter((object) => !isBySign(object, known));
  const names = objects.flatMap(({ oid, instances = [] }) =>
    instances.flatMap((instance) => (known.value(oid, instance) === undefined ? [] : [childOf(oid, instance)])),
  );
  return [...new Set(names)];
}

/** Plain ASCII needs no charset. */
function hasForeignText(objects: readonly AskedObject[], known: Answers): boolean {
  const texts = objects.filter(({ oid, part }) => part === 'identity' && oid !== ifPhysAddress.oid);
  return [...texts, supplyDescription, alertDescription].some(({ oid }) =>
    known.column(oid).some(({ value }) => value.type === 'octets' && value.value.some((octet) => octet >= 0x80)),
  );
}

const CHARSET = charsetFor.identity.oid;

/** The instance of a single-row column on a device that is known to be one machine; null where it has to be walked. */
function singleRow({ oid, perUnit }: AskedObject, known: Answers | undefined): readonly string[] | null {
  if (perUnit === undefined || known === undefined || !isPlainMachine(known)) return null;
  const hasMarker = known.value(prtMarkerLifeCount.oid, '1.1') !== undefined;
  // A second printer row shows a print server with several machines behind it; without a first there is no table.
  if (oid === hrDeviceType.oid) return known.value(oid, '1') === undefined ? ['1'] : ['2'];
  // So do the rows of their supplies; without any the markers are walked.
  const isSeen = hasMarker && (oid !== prtMarkerCounterUnit.oid || known.value(supplyLevel.oid, '1.1') !== undefined);
  return oid.startsWith(MARKER_TABLE) && !isSeen ? null : [perUnit === '' ? '1' : `1.${perUnit}`];
}

const MARKER_TABLE = prtMarkerLifeCount.oid.slice(0, prtMarkerLifeCount.oid.lastIndexOf('.'));

/** Only a Printer-MIB row at index 1 shows that the machine's rows are where they are expected. */
function isPlainMachine(known: Answers): boolean {
  const units = printerUnits(known);
  const printers = known.column(hrDeviceType.oid).filter(({ value }) => isPrinterDevice(value));
  if (printers.length > 1) return false;
  const rows = MACHINE_ROWS.flatMap(({ oid }) => known.column(oid));
  return units.length === 1 && units[0] === 1 && rows.length > 0;
}

const MACHINE_ROWS = [prtGeneralSerialNumber, prtMarkerLifeCount, supplyDescription, supplyLevel];

const isAnswered = (name: Oid, known: Answers | undefined): boolean => known?.outcome(name) === 'answered';
