/** Canon: sysDescr is maker, model (or a family of models) and "/P"; the arc tells no kind of machine. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { canonCounters } from './counters.ts';
import { canonIdentity, canonModel, canonOldSerial } from './identity.ts';
import { canonInk } from './supplies.ts';

/** Lines that are MFPs; of the inkjets all but the few that only print. */
const MFP =
  /\bir(?=[\s\d-]|adv|c\d)|\bimage(?:runner|force)\b|\bmf\s?\d|^(?:imageclass )?d\d{3,4}|^(?:maxify )?(?:mb\d{4}|gx(?!5[05])\d{4})|^(?:pixma )?(?:(?:mg|mp|mx|tr\d)\d{3}|g(?:[2-4679]\d{3}|6\d\d)\b|ts(?!70)\d{3})/i;

export const canon: DriverDefinition = {
  name: 'canon',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.1602.4') },
    { sysObjectId: oid('1.3.6.1.4.1.1602'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.5502'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.25278'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.27748'), proves: 'maker' },
    {
      sysDescr:
        /^Canon (?:.* \/P$|(?:MF|iR|LBP|image(?!formula)|i-SENSYS|iP|iX|MAXIFY|PIXMA|FAX)|(?:TM|TX|TA|TZ|PRO|GP)-|(?:D|G|GX|MB|MG|MX|TS|TR)\d)/i,
    },
  ],
  brands: [{ name: 'Canon', says: /\bcanon\b/i }],
  // Scanners and cameras.
  otherGear: /\bimageformula\b|\bscanfront\b|^(?:canon )?(?:DR|VB)-\w*\d/i,
  blocks: [
    canonModel,
    canonIdentity,
    ...standardBlocks({
      identity: { sysDescrPatterns: [/^(?<model>.+?)\s+\/P$/] },
      kind: { mfp: MFP },
      supplies: { cartridge: 'toner' },
    }),
    canonOldSerial,
    canonInk,
    canonCounters,
  ],
  verified: { captures: ['canon_d1180', 'canon_ir-adv-c5235', 'canon_lbp6670', 'canon_mf642c_partial'] },
};
