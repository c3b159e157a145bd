/** HP: LaserJet, OfficeJet, PageWide, DesignJet, and the JetDirect cards in them and in others' printers. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { samsungJobs } from '../samsung/counters.ts';
import { hpCounters } from './counters.ts';
import { HP_LINE, hpIdentity, hpModel, hpPrintServer } from './identity.ts';
import { HP_PART, hpInk } from './supplies.ts';

/** MFPs by name: all of a line but a few, and LaserJets from before the word MFP. */
const MFP =
  /mfp\b|^(?:envy|smart tank)\b|^officejet (?!(?:pro |enterprise color )?(?:8100|821\d|k\d+|x[45]5[15]|6100|7000|7110|h470|100|200|202)[a-z]*\b)|^(?:color )?laserjet (?:cm\d|28[24]0|3[0-3]\d\d)/i;

export const hp: DriverDefinition = {
  name: 'hp',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.11.2.3.9') },
    { sysObjectId: oid('1.3.6.1.4.1.11.2.3.7'), proves: 'otherGear' },
    // Onboard Administrators of blade enclosures.
    { sysObjectId: oid('1.3.6.1.4.1.11.5.7'), proves: 'otherGear' },
    // Old JetDirect cards.
    { sysObjectId: oid('1.3.6.1.4.1.11.1') },
    { sysObjectId: oid('1.3.6.1.4.1.11'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.26696.1'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.29999'), proves: 'maker' },
    { sysDescr: /^HP ETHERNET MULTI-ENVIRONMENT|\bJETDIRECT\b/i },
    { sysDescr: HP_LINE },
  ],
  brands: [{ name: 'HP', says: /\b(?:hp|hewlett[- ]packard)\b/i }],
  otherGear: /\bscan-?jet\b|\bdigital sender\b/i,
  blocks: [
    hpModel,
    ...standardBlocks({
      identity: { sysDescr: 'card', sysDescrPatterns: [/^HP ETHERNET MULTI-ENVIRONMENT,SN:(?<serialNumber>\w+)/] },
      kind: { mfp: MFP },
      supplies: { cartridge: 'toner', partNumber: HP_PART },
    }),
    hpIdentity,
    hpInk,
    ...hpCounters,
    samsungJobs,
    hpPrintServer,
  ],
  borrows: [{ enterprise: 236, why: 'A3 machines on engines of that maker count jobs in its table' }],
  verified: {
    captures: [
      'hp_color-laserjet-m252dw',
      'hp_designjet-z5200_partial',
      'hp_jetdirect-pid-purchasing',
      'hp_laserjet-mfp-m130nw',
    ],
  },
};
