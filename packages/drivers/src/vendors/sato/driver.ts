/** SATO label printers. */
import { oid } from '@rsb/snmp/oid';
import { always } from '../../blocks/device-kind.ts';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const sato: DriverDefinition = {
  name: 'sato',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.42406') }, { sysDescr: /^SATO [A-Z]+\w*\d/ }],
  brands: [{ name: 'SATO', says: /\bSATO(?: corp\w*\.?)?\b/i }],
  blocks: [...standardBlocks(), always('labelPrinter', 'SATO makes label printers')],
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
