/** Every driver, listed by hand from the folders of `vendors/` (a test holds the list and the folders together). */
import type { Brand, DriverDefinition } from './definition.ts';
import { brother } from './vendors/brother/driver.ts';
import { canon } from './vendors/canon/driver.ts';
import { citizen } from './vendors/citizen/driver.ts';
import { dell } from './vendors/dell/driver.ts';
import { epson } from './vendors/epson/driver.ts';
import { OTHER_BRANDS } from './vendors/generic/brands.ts';
import { generic } from './vendors/generic/driver.ts';
import { hp } from './vendors/hp/driver.ts';
import { konica } from './vendors/konica/driver.ts';
import { kyocera } from './vendors/kyocera/driver.ts';
import { lexmark } from './vendors/lexmark/driver.ts';
import { oki } from './vendors/oki/driver.ts';
import { olivetti } from './vendors/olivetti/driver.ts';
import { panasonic } from './vendors/panasonic/driver.ts';
import { pantum } from './vendors/pantum/driver.ts';
import { ricoh } from './vendors/ricoh/driver.ts';
import { riso } from './vendors/riso/driver.ts';
import { samsung } from './vendors/samsung/driver.ts';
import { sato } from './vendors/sato/driver.ts';
import { sharp } from './vendors/sharp/driver.ts';
import { toshiba } from './vendors/toshiba/driver.ts';
import { tsc } from './vendors/tsc/driver.ts';
import { xerox } from './vendors/xerox/driver.ts';
import { zebra } from './vendors/zebra/driver.ts';

export const GENERIC: DriverDefinition = generic;

export const DRIVERS: readonly DriverDefinition[] = [
  generic,
  brother,
  canon,
  citizen,
  dell,
  epson,
  hp,
  konica,
  kyocera,
  lexmark,
  oki,
  olivetti,
  panasonic,
  pantum,
  ricoh,
  riso,
  samsung,
  sato,
  sharp,
  toshiba,
  tsc,
  xerox,
  zebra,
];

/** Every brand that is known, with a driver or without: a printer may wear any of them. */
export const BRANDS: readonly Brand[] = [...DRIVERS.flatMap(({ brands }) => brands), ...OTHER_BRANDS];

export const findDriver = (name: string): DriverDefinition | undefined =>
  DRIVERS.find((driver) => driver.name === name);
