/** Konica Minolta and Develop: the brand is in the texts, not in the arc. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const konica: DriverDefinition = {
  name: 'konica',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.18334') }, { sysDescr: /^(?:KONICA MINOLTA|Develop) \S/i }],
  brands: [
    { name: 'Konica Minolta', says: /\bkonica[ -]?minolta\b/i },
    { name: 'Develop', says: /^develop\b(?!er)/i },
  ],
  blocks: standardBlocks({ kind: { mfp: /\bbizhub\b|\bineo\b/i } }),
  verified: { captures: ['konica_bizhub-25e', 'konica_bizhub-750i_partial', 'konica_bizhub-c250i'] },
};
