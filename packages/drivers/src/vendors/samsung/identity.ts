/** Who a Samsung machine is: sysDescr names the machine or its series, its own tree the machine. */

import { oid } from '@rsb/snmp/oid';
import { findDeviceId } from '../../blocks/device-id.ts';
import { exactModel, nameAt } from '../../blocks/exact-model.ts';
import { hrDeviceDescr, sysDescr } from '../../blocks/standard-objects.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject, Block } from '../../definition.ts';

const SAMSUNG = '1.3.6.1.4.1.236.11.5';
const mib = 'SAMSUNG-PRINTER-EXT-MIB';

const model = (number: string, name: string, source: string): AskedObject => ({
  oid: oid(`${SAMSUNG}.${number}`),
  name,
  purpose: 'model',
  part: 'identity',
  evidence: source === mib ? 'mib' : 'reported',
  source,
  instances: ['0'],
});
const generalModel = model('11.55.5.1.1', 'scmPrtGeneralPrnModelName', mib);
const oldModel = model('1.1.1.1', 'model name', 'two projects');

/** "Samsung CLX-3170 Series;V1.00.01.64 Sep-27-2010;Engine …", "Samsung ML-2850 Series OS 1.03.00.16 01-22-2008;Engine …". */
export const SAMSUNG_DESCRIPTION =
  /^(?<model>[^;]+?)\s*(?:;|\bOS\b)\s*(?:OS\s+)?(?<firmware>V?\d+(?:\.\d+)+(?:[ _][\w-]+)?)(?:.*;\s*S\/N\s*(?<serialNumber>\w+))?/i;

export const samsungModel: Block = exactModel(
  'samsungModel',
  [
    nameAt(sysDescr, '0', SAMSUNG_DESCRIPTION),
    nameAt(generalModel),
    nameAt(oldModel),
    nameAt(hrDeviceDescr, '1'),
    (answers) => {
      const found = findDeviceId(answers);
      return found?.id.model ? { text: found.id.model, oid: found.oid } : null;
    },
  ],
  [generalModel, oldModel],
);

/** After the standard ones: the description has them first. */
export const samsungIdentity: Block = vendorTexts('samsungIdentity', [
  { oid: `${SAMSUNG}.11.55.5.1.2`, fills: 'firmware', name: 'scmPrtGeneralPrnOSFWVer', source: mib },
  { oid: `${SAMSUNG}.11.55.5.1.4`, fills: 'serialNumber', name: 'scmPrtGeneralPrnSerialNo', source: mib },
  {
    oid: `${SAMSUNG}.1.1.1.2`,
    fills: 'firmware',
    name: 'firmware version',
    evidence: 'reported',
    source: 'two projects',
  },
  {
    oid: `${SAMSUNG}.1.1.1.4`,
    fills: 'serialNumber',
    name: 'serial number',
    evidence: 'reported',
    source: 'two projects',
  },
]);
