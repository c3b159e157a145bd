/** OKI: sysDescr names the built-in card first and the machine behind "Attached to". */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const oki: DriverDefinition = {
  name: 'oki',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.2001') }, { sysDescr: /^OKI OkiLAN\b/i }],
  brands: [{ name: 'OKI', says: /\boki(?:data| data(?: corp\w*)?)?\b/i }],
  blocks: standardBlocks({
    identity: { sysDescrPatterns: [/Attached to (?<model>\S+) Rev\.(?<firmware>[\d.]+)/i] },
    kind: { mfp: /^(?:mc|mb|es\d{4} ?mfp)\d/i },
    supplies: { noise: /\s*OKI DATA CORP\w*\.?$/i },
  }),
  verified: { captures: ['oki_okilan-9450g-mc8xx'] },
};
