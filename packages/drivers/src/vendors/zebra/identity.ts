/** Who a Zebra label printer is, behind a card whose description and numbers are the card's. */
import { isWithin, oid } from '@rsb/snmp/oid';
import { findBrand } from '../../blocks/brand-name.ts';
import { findDeviceId } from '../../blocks/device-id.ts';
import { hrDeviceDescr, sysDescr, sysObjectId } from '../../blocks/standard-objects.ts';
import { textAt } from '../../blocks/text.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject, Block } from '../../definition.ts';

const ZEBRA = '1.3.6.1.4.1.10642';
const mib = 'ZQL MIB';
const source = 'ZQL MIB; capture zebra_zebranet-wired-ps';

const modelObject = { oid: oid(`${ZEBRA}.1.1`) };

/** Two figures or letters, the factory's letter, the running number: "37J162600538", "XXQLJ120900310". */
const SERIAL = /^[0-9A-Z]{2,4}[A-Z]\d{6,9}$/;

/** Before the standard ones. */
export const zebraIdentity: Block = vendorTexts('zebraIdentity', [
  { oid: `${ZEBRA}.1.1`, fills: 'model', name: 'model', source },
  { oid: `${ZEBRA}.200.19.7`, fills: 'model', name: 'product name', source },
  { oid: `${ZEBRA}.1.2`, fills: 'firmware', name: 'firmware', source },
  { oid: `${ZEBRA}.200.18.2`, fills: 'firmware', name: 'firmware', source },
  { oid: `${ZEBRA}.1.9`, fills: 'serialNumber', name: 'unique id', source: mib },
  { oid: `${ZEBRA}.200.19.28`, fills: 'serialNumber', name: 'unique id', source },
  // The user may name the machine here; what it came with is the serial number.
  {
    oid: `${ZEBRA}.200.19.5`,
    fills: 'serialNumber',
    name: 'friendly name',
    source,
    means: (text) => (SERIAL.test(text) ? text : null),
  },
]);

/** After them: the same texts as sysName and sysLocation, and what the card knows of its port. */
export const zebraPlaces: Block = vendorTexts('zebraPlaces', [
  { oid: `${ZEBRA}.1.4`, fills: 'hostName', name: 'name', source },
  { oid: `${ZEBRA}.1.5`, fills: 'location', name: 'location', source },
  {
    oid: '1.3.6.1.4.1.683.6.2.3.2.1.15',
    instance: '1',
    fills: 'model',
    name: 'printer on the first port',
    source: 'ESI-MIB; capture zebra_zebranet-wired-ps',
  },
]);

export const zebraDeviceId: AskedObject = {
  oid: oid(`${ZEBRA}.1.3`),
  name: 'IEEE 1284 id',
  purpose: 'maker and model',
  part: 'identity',
  evidence: 'mib',
  source,
  instances: ['0'],
};

/** "ZTC ZD620-203dpi ZPL" is a machine, "ZebraNet PrintServer II" and "Zebra Wired PS" are cards. */
export const ZEBRA_DESCRIPTION =
  /^(?!.*(?:zebranet|\bwired\b|\bwireless\b|print ?server|\bPS\b))(?:zebra (?:technologies )?|ZTC )+(?<model>(?=.*\d).+?)(?:[\s,;]+(?:FW:? ?|firmware:? ?)?(?<firmware>V\d+\.[\w.]+))?$/i;

const CARDS = oid('1.3.6.1.4.1.683');

/** The cards' maker sold them for other printers too: then neither the brand nor the kind is Zebra's. */
export const zebraKind: Block = {
  name: 'zebraKind',
  asks: [sysObjectId, sysDescr, hrDeviceDescr],
  read(answers, draft) {
    if (draft.textOf('identity.manufacturer') !== 'Zebra') return;
    const id = answers.value(sysObjectId.oid, '0');
    const deviceId = findDeviceId(answers, [zebraDeviceId]);
    const texts = [
      textAt(answers, sysDescr, '0'),
      textAt(answers, hrDeviceDescr, String(draft.context.unit)),
      deviceId?.id.manufacturer ?? null,
    ];
    const ownTree = textAt(answers, modelObject, '0') !== null;
    const named = ownTree || texts.some((text) => text !== null && findBrand(text, draft.context.ownBrands) !== null);
    if (named || id?.type !== 'oid' || !isWithin(CARDS, id.value))
      return draft.kind('labelPrinter', 'Zebra makes label printers');
    draft.withdraw('identity.manufacturer', 'notTold', "sysObjectID is the card's maker's");
    if (deviceId !== null) {
      const source = { oids: [deviceId.oid], how: 'value', evidence: 'mib' } as const;
      draft.text('identity.manufacturer', deviceId.id.manufacturer, source);
    }
    if (draft.textOf('identity.model') === null)
      draft.kind('printServer', 'a card with no printer that tells its name');
  },
};
