/** Printer or not, and which driver: by what a device answers to the identifying GET, and to a small second look. */
import { isWithin, oid } from '@rsb/snmp/oid';
import { findBrand } from '../blocks/brand-name.ts';
import { findDeviceId } from '../blocks/device-id.ts';
import {
  hrDeviceDescr,
  hrDeviceType,
  isPrinterDevice,
  prtGeneralSerialNumber,
  prtMarkerLifeCount,
  supplyDescription,
  supplyLevel,
  sysDescr,
  sysObjectId,
} from '../blocks/standard-objects.ts';
import { textAt } from '../blocks/text.ts';
import type { Answers, DriverDefinition, Identification, Match } from '../definition.ts';
import { BRANDS, DRIVERS, GENERIC } from '../registry.ts';
import { SECOND_LOOK } from './identifying.ts';
import { matching } from './match.ts';

/** sysObjectID of Windows' own agent, workstation and server alike (Microsoft, windowsNT). */
const WINDOWS = oid('1.3.6.1.4.1.311.1.1.3');

/** Words of printing in a description, where nothing else is known of a device. */
const PRINT_WORDS = /print|laser ?jet|copier|multi-?function|\bmfp\b|\blabel (?:printer|maker)|plotter/i;

/** Classes of IEEE 1284 ids that print nothing. */
const OTHER_CLASSES = /^(?:IMAGE|SCANNER|DIGCAM|MODEM|NET|MEDIA|HDC|FDC|PCMCIA|PORTS)$/;

export function identify(answers: Answers): Identification {
  const id = answers.value(sysObjectId.oid, '0');
  const description = textAt(answers, sysDescr, '0');
  const matches = matching(DRIVERS, id?.type === 'oid' ? id.value : null, description);
  const [best] = matches;
  const marks = told(answers, prtMarkerLifeCount) || told(answers, supplyDescription) || told(answers, supplyLevel);
  const general = told(answers, prtGeneralSerialNumber);
  const printerRow = answers.column(hrDeviceType.oid).some(({ value }) => isPrinterDevice(value));

  if (best?.match.proves === 'otherGear' && !marks) return not(`${wordOf(best.match)} is gear that prints nothing`);
  // One packet is enough: a printer that is run by Windows has its rows at the usual place.
  if (!marks && !general && id?.type === 'oid' && isWithin(WINDOWS, id.value)) return not('a computer with Windows');
  const driver =
    (best !== undefined && best.match.proves !== 'otherGear' ? best.driver : null) ?? driverByBrand(answers) ?? GENERIC;

  if (marks) return found(driver, 'a marker or a supply of the Printer-MIB');
  // The maker's scanners and cameras answer as its printers do; a name in the device's row tells them apart.
  if (driver.otherGear !== undefined && !isLookedAtTwice(answers))
    return unsure('of a maker that makes more than printers');
  const deviceId = findDeviceId(answers)?.id ?? null;
  const names = [description, textAt(answers, hrDeviceDescr, '1'), deviceId?.model ?? null];
  const other = names.find((name) => name !== null && driver.otherGear?.test(name) === true);
  if (other !== undefined) return not(`"${other}" is gear that prints nothing`);
  if (deviceId?.deviceClass != null && OTHER_CLASSES.test(deviceId.deviceClass))
    return not(`an IEEE 1284 id of class ${deviceId.deviceClass}`);
  if (general && (printerRow || best !== undefined)) return found(driver, 'the general row of the Printer-MIB');
  if (deviceId?.deviceClass?.includes('PRINTER') === true) return found(driver, 'an IEEE 1284 id of class PRINTER');
  if (best !== undefined && deviceId !== null) return found(driver, 'an IEEE 1284 id of a known maker');
  const certain = matches.find(({ match }) => (match.proves ?? 'printer') === 'printer');
  if (certain !== undefined) return found(driver, `${wordOf(certain.match)}, which only printers answer`);

  const mayPrint =
    best !== undefined || general || printerRow || (description !== null && PRINT_WORDS.test(description));
  if (mayPrint && !isLookedAtTwice(answers)) {
    return unsure('may be a printer, but has no Printer-MIB row at the usual place');
  }
  return not(printerRow ? 'a print queue of a computer: no Printer-MIB' : 'nothing of a printer');
}

/** Only a second look asks the names of devices. */
const isLookedAtTwice = (answers: Answers): boolean => answers.outcome(hrDeviceDescr.oid) !== 'notAsked';

const told = (answers: Answers, object: { readonly oid: typeof supplyLevel.oid }): boolean =>
  answers.column(object.oid).length > 0;

/** The driver again where only more answers tell the maker: a name in the device's row, for a card that nobody knows. */
export function driverByMore(driver: DriverDefinition, answers: Answers): DriverDefinition {
  return driver.generic === true ? (driverByBrand(answers) ?? driver) : driver;
}

/** For cards with a foreign or no sysObjectID: the maker that the 1284 id or the device row names. */
function driverByBrand(answers: Answers): DriverDefinition | null {
  const texts = [findDeviceId(answers)?.id.manufacturer ?? null, textAt(answers, hrDeviceDescr, '1')];
  for (const text of texts) {
    const name = text === null ? null : findBrand(text, BRANDS);
    const driver =
      name === null ? undefined : DRIVERS.find(({ brands }) => brands.some((brand) => brand.name === name));
    if (driver !== undefined) return driver;
  }
  return null;
}

function wordOf({ sysObjectId: prefix, sysDescr: words }: Match): string {
  return [prefix === undefined ? null : `sysObjectID ${prefix}`, words === undefined ? null : `sysDescr ${words}`]
    .filter((part) => part !== null)
    .join(' and ');
}

const found = (driver: DriverDefinition, why: string): Identification => ({
  verdict: 'printer',
  driver,
  why,
  secondLook: [],
});

const unsure = (why: string): Identification => ({
  verdict: 'unsure',
  driver: null,
  why,
  secondLook: SECOND_LOOK.map(({ oid }) => oid),
});

const not = (why: string): Identification => ({ verdict: 'notPrinter', driver: null, why, secondLook: [] });
