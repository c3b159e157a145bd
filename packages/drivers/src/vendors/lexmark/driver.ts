/** Lexmark, and the Toshiba machines on its engines. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { lexmarkCounters, lexmarkOldCounters } from './counters.ts';
import { LEXMARK_DESCRIPTIONS, LEXMARK_DEVICE_ROWS, lexmarkDeviceId, lexmarkIdentity } from './identity.ts';
import { lexmarkSupplies } from './supplies.ts';

const ROOT = '1.3.6.1.4.1.641';

export const lexmark: DriverDefinition = {
  name: 'lexmark',
  version: 2,
  match: [{ sysObjectId: oid(ROOT) }, { sysDescr: /^Lexmark\b/i }],
  brands: [{ name: 'Lexmark', says: /\blexmark(?: international)?\b/i }],
  blocks: [
    ...standardBlocks({
      identity: {
        sysDescrPatterns: LEXMARK_DESCRIPTIONS,
        deviceDescrPatterns: LEXMARK_DEVICE_ROWS,
        deviceIds: [lexmarkDeviceId(ROOT)],
        deviceIdsAtOnce: true,
      },
      kind: {
        mfp: /^(?:lexmark )?(?:mx|cx|xm|xc|mb|mc|x)\d|^(?:toshiba )?e-?studio ?\d+c?s\b|^(?:xerox )?workcentre\b/i,
      },
      supplies: { cartridge: 'toner' },
    }),
    lexmarkIdentity(ROOT),
    ...lexmarkCounters(ROOT),
    lexmarkOldCounters,
    lexmarkSupplies(ROOT),
  ],
  verified: { captures: ['lexmark_t640', 'toshiba_e-studio305cs'] },
};
