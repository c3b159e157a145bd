/** Kyocera's own identity objects, and the functions that its hrDevice rows show. */
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

/** hrDeviceID of copier, fax and scanner rows; printers have the row of 43 alone. */
const FUNCTION_ID = /^1\.3\.6\.1\.4\.1\.1347\.(?:44|45|46)\./;

export const kyoceraFunctions: Block = {
  name: 'kyoceraFunctions',
  asks: [hrDeviceIds],
  read(answers, draft) {
    for (const { value } of answers.column(hrDeviceIds.oid)) {
      if (value.type === 'oid' && FUNCTION_ID.test(value.value)) {
        return draft.kind('mfp', `hrDeviceID ${value.value} is a copier, fax or scanner`);
      }
    }
  },
};
