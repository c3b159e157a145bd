/** Every driver, listed by hand from the folders of `vendors/` (a test holds the list and the folders together). */
import type { Brand, DriverDefinition } from './definition.ts';
import { generic } from './vendors/generic/driver.ts';
import { kyocera } from './vendors/kyocera/driver.ts';
import { ricoh } from './vendors/ricoh/driver.ts';

export const GENERIC: DriverDefinition = generic;

export const DRIVERS: readonly DriverDefinition[] = [generic, kyocera, ricoh];

/** Every brand that any driver knows: a printer may wear any of them. */
export const BRANDS: readonly Brand[] = DRIVERS.flatMap(({ brands }) => brands);

export const findDriver = (name: string): DriverDefinition | undefined =>
  DRIVERS.find((driver) => driver.name === name);
