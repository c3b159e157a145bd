/** Brother: sysDescr names the network card, hrDeviceDescr and the 1284 id the machine. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import type { DriverDefinition } from '../../definition.ts';

export const brother: DriverDefinition = {
  name: 'brother',
  version: 1,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.2435.2.3.9') }, { sysDescr: /^Brother NC-/i }],
  brands: [{ name: 'Brother', says: /\bbrother\b/i }],
  blocks: standardBlocks({
    identity: { sysDescr: 'card', deviceIds: [{ oid: oid('1.3.6.1.4.1.2435.2.3.9.1.1.7'), instance: '0' }] },
    kind: { mfp: /\b(?:mfc|dcp)-/i },
  }),
  verified: { captures: ['brother_hl-5370dw', 'brother_hl-l8260cdw', 'brother_nc-8300h'] },
};
