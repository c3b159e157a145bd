/** Kyocera's own identity objects, and the functions that its hrDevice rows show. */
import { isWithin, oid } from '@rsb/snmp/oid';
import { hrDeviceIds } from '../../blocks/standard-objects.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Block } from '../../definition.ts';

const KYOCERA = '1.3.6.1.4.1.1347';
const source = 'KYOCERA-Private-MIB; captures kyocera_cs-4053ci, kyocera_ecosys-p2040dw';

export const kyoceraIdentity: Block = vendorTexts('kyoceraIdentity', [
  { oid: `${KYOCERA}.43.5.1.1.1`, instance: '1', fills: 'model', name: 'kcprtGeneralModelName', source },
  { oid: `${KYOCERA}.43.5.1.1.36`, instance: '1', fills: 'model', name: 'absolute model name', source },
  { oid: `${KYOCERA}.43.5.1.1.28`, instance: '1', fills: 'serialNumber', name: 'kcprtSerialNumber', source },
  { oid: `${KYOCERA}.43.5.1.1.29`, instance: '1', fills: 'assetNumber', name: 'asset number', source },
  // Row 1 is the controller, row 2 the engine.
  { oid: `${KYOCERA}.43.5.4.1.5`, instance: '1.1', fills: 'firmware', name: 'firmware of the controller', source },
]);

/** Only where sysName is empty, as it always is on captured machines: the name is KM and half the MAC. */
export const kyoceraHostName: Block = vendorTexts('kyoceraHostName', [
  {
    oid: `${KYOCERA}.40.10.1.1.5`,
    instance: '1',
    fills: 'hostName',
    name: 'host name',
    evidence: 'capture',
    source: 'kyocera_cs-4053ci, kyocera_ecosys-p2040dw',
  },
]);

/** hrDeviceID by function (capture kyocera_cs-4053ci); printers have the row of 43 alone. */
export const FUNCTION_IDS = {
  print: oid(`${KYOCERA}.43`),
  copy: oid(`${KYOCERA}.44`),
  fax: oid(`${KYOCERA}.45`),
  scan: oid(`${KYOCERA}.46`),
} as const;
const MFP_IDS = [FUNCTION_IDS.copy, FUNCTION_IDS.fax, FUNCTION_IDS.scan];

export const kyoceraFunctions: Block = {
  name: 'kyoceraFunctions',
  asks: [hrDeviceIds],
  read(answers, draft) {
    for (const { value } of answers.column(hrDeviceIds.oid)) {
      if (value.type === 'oid' && MFP_IDS.some((id) => isWithin(id, value.value))) {
        return draft.kind('mfp', `hrDeviceID ${value.value} is a copier, fax or scanner`);
      }
    }
  },
};
