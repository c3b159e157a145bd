/** HP: LaserJet, OfficeJet, PageWide, and the JetDirect cards in them and in others' printers. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const hp: DriverDefinition = {
  name: 'hp',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.11.2.3.9') },
    { sysObjectId: oid('1.3.6.1.4.1.11.2.3.7'), proves: 'otherGear' },
    { sysObjectId: oid('1.3.6.1.4.1.11'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.26696.1'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.29999'), proves: 'maker' },
    { sysDescr: /^HP ETHERNET MULTI-ENVIRONMENT|\bJETDIRECT\b|^HP (?:Color )?Laser/i },
  ],
  brands: [{ name: 'HP', says: /\b(?:hp|hewlett[- ]packard)\b/i }],
  blocks: standardBlocks({
    identity: { sysDescr: 'card', sysDescrPatterns: [/^HP ETHERNET MULTI-ENVIRONMENT(?:,SN:(?<serialNumber>\w*))?/] },
    supplies: { cartridge: 'toner' },
  }),
  verified: {
    captures: [
      'hp_color-laserjet-m252dw',
      'hp_designjet-z5200_partial',
      'hp_jetdirect-pid-purchasing',
      'hp_laserjet-mfp-m130nw',
    ],
  },
};
