/** Panasonic: its enterprise number is also that of cameras and projectors, so the Printer-MIB has to answer. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const panasonic: DriverDefinition = {
  name: 'panasonic',
  version: 1,
  match: ['258', '396', '44932'].map((arc) => ({ sysObjectId: oid(`1.3.6.1.4.1.${arc}`), proves: 'maker' })),
  brands: [{ name: 'Panasonic', says: /\bpanasonic\b/i }],
  blocks: standardBlocks({ kind: { mfp: /^(?:kx-mb|dp-)/i } }),
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
