/** RISO ComColor and duplicators. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const riso: DriverDefinition = {
  name: 'riso',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.24807') }],
  brands: [{ name: 'Riso', says: /\briso\b/i }],
  blocks: standardBlocks(),
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
