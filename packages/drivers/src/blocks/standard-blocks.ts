/** What every Printer-MIB machine is read by, in the order of precedence; a vendor's own blocks go before or after. */
import type { Block } from '../definition.ts';
import { type DeviceKindOptions, deviceKind } from './device-kind.ts';
import { hrStatus } from './hr-status.ts';
import { lifeCount } from './life-count.ts';
import { networkInterface } from './network-interface.ts';
import { type PrinterMibIdentityOptions, printerMibIdentity } from './printer-mib-identity.ts';
import { type PrinterMibSuppliesOptions, printerMibSupplies } from './printer-mib-supplies.ts';
import { prtAlertTable } from './prt-alert-table.ts';

export interface StandardOptions {
  readonly identity?: PrinterMibIdentityOptions;
  readonly kind?: DeviceKindOptions;
  readonly supplies?: PrinterMibSuppliesOptions;
}

export const standardBlocks = ({ identity, kind, supplies }: StandardOptions = {}): readonly Block[] => [
  networkInterface,
  printerMibIdentity(identity),
  deviceKind(kind),
  lifeCount,
  printerMibSupplies(supplies),
  hrStatus,
  prtAlertTable,
];
