/** Label printers of Zebra, behind ZebraNet print servers too. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';
import { zebraCounters } from './counters.ts';
import { ZEBRA_DESCRIPTION, zebraDeviceId, zebraIdentity, zebraKind, zebraPlaces } from './identity.ts';

export const zebra: DriverDefinition = {
  name: 'zebra',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.10642') },
    // Extended Systems, which makes the cards.
    { sysObjectId: oid('1.3.6.1.4.1.683.6') },
    { sysDescr: /^(?:ZebraNet\b|Zebra .*\b(?:PS|Print ?Server)\b|(?:Zebra )?ZTC )/i },
  ],
  brands: [{ name: 'Zebra', says: /\bzebra(?:net)?(?: technologies(?: corp\w*\.?)?)?\b(?: ZTC\b)?|^ZTC\b/i }],
  blocks: [
    zebraIdentity,
    ...standardBlocks({
      identity: { sysDescr: 'card', sysDescrPatterns: [ZEBRA_DESCRIPTION], deviceIds: [zebraDeviceId] },
    }),
    zebraPlaces,
    zebraKind,
    zebraCounters,
  ],
  verified: { captures: ['zebra_zebranet-wired-ps'] },
};
