/** Pantum: sysDescr is the IEEE 1284 id. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const pantum: DriverDefinition = {
  name: 'pantum',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.40093') }, { sysDescr: /\bMFG:\s*Pantum;/i }],
  brands: [{ name: 'Pantum', says: /\bpantum\b/i }],
  blocks: standardBlocks({
    identity: { sysDescrPatterns: [/\bMDL:\s*(?<model>[^;]+)/i] },
    kind: { mfp: /^(?:pantum )?[bc]?m\d/i },
  }),
  verified: { captures: ['pantum_bm5100adw_partial'] },
};
