/** Who a Canon machine is: its own product name before descriptions that name a family of models. */
import { oid } from '@rsb/snmp/oid';
import { findDeviceId } from '../../blocks/device-id.ts';
import { exactModel, nameAt } from '../../blocks/exact-model.ts';
import { hrDeviceDescr, sysDescr } from '../../blocks/standard-objects.ts';
import { unitRow } from '../../blocks/unit-row.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject } from '../../definition.ts';

const productName: AskedObject = {
  oid: oid('1.3.6.1.4.1.1602.1.1.1.1'),
  name: 'canPdInfoProductName',
  purpose: 'model',
  part: 'identity',
  evidence: 'mib',
  source: 'CANON-MIB; capture canon_lbp6670',
  instances: ['0'],
};

export const canonModel = exactModel(
  'canonModel',
  [
    nameAt(productName),
    (answers, draft) => {
      const row = unitRow(answers, hrDeviceDescr.oid, draft.context);
      return row === undefined ? null : nameAt(hrDeviceDescr, row)(answers, draft);
    },
    // "/P" behind the name is the printer of the machine.
    nameAt(sysDescr, '0', /^(?<model>.+?)(?:\s+\/[A-Z])?$/),
    (answers) => {
      const found = findDeviceId(answers);
      return found === null || found.id.model === null ? null : { text: found.id.model, oid: found.oid };
    },
  ],
  [productName],
);

const serial = { fills: 'serialNumber', source: 'CANON-MIB; two projects' } as const;

export const canonIdentity = vendorTexts('canonIdentity', [
  { ...serial, oid: '1.3.6.1.4.1.1602.1.2.1.8.1.3', instance: '1.1', name: 'canServInfoSerialNumberDeviceNumber' },
  {
    oid: '1.3.6.1.4.1.1602.1.1.1.4',
    fills: 'firmware',
    name: 'canPdInfoProductVersion',
    source: 'CANON-MIB; capture canon_lbp6670',
  },
]);

/** After the standard one: older firmware. */
export const canonOldSerial = vendorTexts('canonOldSerial', [
  { ...serial, oid: '1.3.6.1.4.1.1602.1.2.1.4', name: 'canServInfoSerialNumber' },
]);
