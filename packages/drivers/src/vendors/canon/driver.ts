/** Canon: sysDescr is maker, model (or a family of models) and "/P". */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const canon: DriverDefinition = {
  name: 'canon',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.1602.4') },
    { sysObjectId: oid('1.3.6.1.4.1.1602'), proves: 'maker' },
    { sysDescr: /^Canon (?:MF|iR|LBP|TM|TX|D\d|imageRUNNER|imagePRESS)/i },
  ],
  brands: [{ name: 'Canon', says: /\bcanon\b/i }],
  blocks: standardBlocks({
    identity: { sysDescrPatterns: [/^(?<model>.+?)\s+\/P$/] },
    kind: { mfp: /^(?:canon )?(?:ir\b|ir-|imagerunner|imagepress|mf\d|d\d{3,4})/i },
    supplies: { cartridge: 'toner' },
  }),
  verified: { captures: ['canon_d1180', 'canon_ir-adv-c5235', 'canon_lbp6670', 'canon_mf642c_partial'] },
};
