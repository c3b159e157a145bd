/** Dell's serial number is the service tag; some machines add a suffix to it. */
import { childOf } from '@rsb/snmp/oid';
import { cleanSerial } from '../../blocks/serial-number.ts';
import { prtGeneralSerialNumber } from '../../blocks/standard-objects.ts';
import { textAt } from '../../blocks/text.ts';
import { unitRow } from '../../blocks/unit-row.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Block } from '../../definition.ts';

/** "7XQ1R92-132-13". */
export const serviceTag = (text: string): string => /^(?<tag>[A-Z0-9]{7})-/.exec(text)?.groups?.['tag'] ?? text;

export const dellSerial: Block = {
  name: 'dellSerial',
  asks: [prtGeneralSerialNumber],
  read(answers, draft) {
    const row = unitRow(answers, prtGeneralSerialNumber.oid, draft.context);
    const text = row === undefined ? null : textAt(answers, prtGeneralSerialNumber, row);
    if (row === undefined || text === null || serviceTag(text) === text) return;
    draft.text('identity.serialNumber', cleanSerial(serviceTag(text)), {
      oids: [childOf(prtGeneralSerialNumber.oid, row)],
      how: 'value',
      evidence: 'capture',
    });
  },
};

/** Machines on Fuji Xerox's engines have the tree of that maker. */
export const dellXeroxIdentity: Block = vendorTexts('dellXeroxIdentity', [
  {
    oid: '1.3.6.1.4.1.253.8.53.3.2.1.3',
    instance: '1',
    fills: 'serialNumber',
    name: 'xcmGenBaseSerialNumber',
    source: 'XEROX-GENERAL-MIB',
  },
]);
