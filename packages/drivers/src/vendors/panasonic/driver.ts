/** Panasonic: its enterprise number is also that of cameras and projectors, so the Printer-MIB or a name has to answer. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { DriverDefinition } from '../../definition.ts';

export const panasonic: DriverDefinition = {
  name: 'panasonic',
  version: 2,
  match: [
    ...['258', '396', '44932'].map((arc) => ({ sysObjectId: oid(`1.3.6.1.4.1.${arc}`), proves: 'maker' as const })),
    { sysDescr: /^Panasonic (?:KX-(?:M[BC]|P|CL|FL)|DP-|UF-)\w*\d/i },
  ],
  brands: [{ name: 'Panasonic', says: /\bpanasonic\b/i }],
  blocks: [
    ...standardBlocks({ kind: { mfp: /^(?:kx-(?:m[bc]|fl)|dp-|uf-)/i, rows: true } }),
    vendorTexts('panasonicFirmware', [
      {
        oid: '1.3.6.1.4.1.258.405.1.1.1.4',
        fills: 'firmware',
        name: 'firmware',
        evidence: 'reported',
        source: 'one project',
      },
    ]),
  ],
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
