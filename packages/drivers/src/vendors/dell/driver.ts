/** Dell's printers, built by Lexmark and Fuji Xerox; the rest of PEN 674 are servers and switches. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const dell: DriverDefinition = {
  name: 'dell',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.674.10898') }],
  brands: [{ name: 'Dell', says: /\bdell\b/i }],
  blocks: standardBlocks({
    identity: {
      // "version NH62.YS.N636" is the network adapter's code.
      sysDescrPatterns: [/^(?<model>[^;]+);.*\bController (?<firmware>\d+)/, /^(?<model>.+?) version /],
      // "Dell S5830dn 7XQ1R92 LW62.DN4.P636": the service tag is the serial number.
      deviceDescrPatterns: [/^(?<model>.+?) (?<serialNumber>[A-Z0-9]{7}) (?<firmware>\w+\.\w+\.P\w+)$/],
    },
    kind: { mfp: /\bmfp\b|\d\d+cn\b/i },
  }),
  verified: { captures: ['dell_3115cn', 'dell_s5830dn'] },
};
