/** Samsung: the exact model, the machine's version and the serial number stand in sysDescr. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const samsung: DriverDefinition = {
  name: 'samsung',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.236.11.5') },
    { sysObjectId: oid('1.3.6.1.4.1.236'), proves: 'maker' },
    { sysDescr: /^Samsung (?:CL[PX]|SCX|ML|SL|[CKMX]\d|Xpress|MultiXpress|ProXpress)\b.*;/i },
  ],
  brands: [{ name: 'Samsung', says: /\bsamsung\b/i }],
  blocks: standardBlocks({
    identity: {
      sysDescrPatterns: [
        /^(?<model>[^;]+);\s*(?<firmware>V[\d.]+(?:[ _][\w-]+)?)(?:.*;\s*S\/N\s*(?<serialNumber>\w+))?/i,
      ],
    },
    kind: { mfp: /^(?:samsung )?(?:clx|scx)-/i, rows: true },
  }),
  verified: { captures: ['samsung_clx-3170', 'samsung_m4080fx'] },
};
