/** Lexmark, and the Toshiba machines on its engines. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const lexmark: DriverDefinition = {
  name: 'lexmark',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.641') }, { sysDescr: /^Lexmark\b/i }],
  brands: [{ name: 'Lexmark', says: /\blexmark\b/i }],
  blocks: standardBlocks({
    identity: {
      // A version that ends in N and digits is the network adapter's code, not the firmware.
      sysDescrPatterns: [/^(?<model>.+?) version (?<firmware>[\w.]+\.(?!N\d+\b)\w+)(?: |$)/, /^(?<model>.+?) version /],
    },
    kind: { mfp: /^(?:lexmark )?(?:mx|cx|xm|xc|mb|mc|x)\d/i },
  }),
  verified: { captures: ['lexmark_t640', 'toshiba_e-studio305cs'] },
};
