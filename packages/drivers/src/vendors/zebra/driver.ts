/** Label printers of Zebra, behind ZebraNet print servers too. */
import { oid } from '@rsb/snmp/oid';
import { always } from '../../blocks/device-kind.ts';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { DriverDefinition } from '../../definition.ts';

const ZEBRA = '1.3.6.1.4.1.10642';
const source = 'ZQL MIB; capture zebra_zebranet-wired-ps';

export const zebra: DriverDefinition = {
  name: 'zebra',
  version: 1,
  match: [{ sysObjectId: oid(ZEBRA) }, { sysObjectId: oid('1.3.6.1.4.1.683.6') }, { sysDescr: /^ZebraNet\b/i }],
  brands: [{ name: 'Zebra', says: /\bzebra(?:net| technologies)?\b|^ZTC\b/i }],
  blocks: [
    vendorTexts('zebraIdentity', [
      { oid: `${ZEBRA}.1.1`, fills: 'model', name: 'model', source },
      { oid: `${ZEBRA}.1.2`, fills: 'firmware', name: 'firmware', source },
      { oid: `${ZEBRA}.200.19.28`, fills: 'serialNumber', name: 'serial number', source },
    ]),
    ...standardBlocks({ identity: { sysDescr: 'card' } }),
    always('labelPrinter', 'Zebra makes label printers'),
  ],
  verified: { captures: ['zebra_zebranet-wired-ps'] },
};
