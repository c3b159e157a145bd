/** OKI: sysDescr names the built-in card first and the machine behind "Attached to". */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { DriverDefinition } from '../../definition.ts';
import { toshibaCounters } from '../toshiba/counters.ts';
import { okiCounters } from './counters.ts';

const OKI = '1.3.6.1.4.1.2001.1.1.1.1.11.1.10';

export const oki: DriverDefinition = {
  name: 'oki',
  version: 2,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.2001') }, { sysDescr: /^OKI(?: OkiLAN| DATA| (?:C|MC|B|MB|ES|ML)\d)/i }],
  brands: [{ name: 'OKI', says: /\boki(?:data| data(?: corp\w*)?)?\b/i }],
  blocks: [
    vendorTexts('okiSerial', [
      { oid: `${OKI}.45`, fills: 'serialNumber', name: 'serial number', evidence: 'reported', source: 'two projects' },
    ]),
    ...standardBlocks({
      identity: {
        sysDescr: 'card',
        sysDescrPatterns: [
          /Attached to (?<model>\S.*?) Rev\.? ?(?<firmware>\d[\w.]*)/i,
          /Attached to (?<model>[^:]*[^:\s])/i,
          /^OKI(?: DATA(?: CORP\w*)?)? (?!OkiLAN)(?<model>.+)$/i,
        ],
      },
      // ES machines say it by their third digit: ES7470 and ES8453 copy, ES8433 does not.
      kind: { mfp: /^(?:m[bc]|cx) ?\d|^es ?\d\d[5-9]\d|\dmfp\b|\bmps\d+m[bc]\b/i, rows: true },
      supplies: { noise: /\s*OKI DATA CORP\w*\.?$/i },
    }),
    vendorTexts('okiIdentity', [
      { oid: `${OKI}.25`, fills: 'model', name: 'model', evidence: 'reported', source: 'two projects' },
      { oid: `${OKI}.40.2`, fills: 'assetNumber', name: 'asset number', evidence: 'reported', source: 'one project' },
    ]),
    toshibaCounters,
    okiCounters,
  ],
  borrows: [{ enterprise: 1129, why: 'some MFPs have a controller of Toshiba TEC and its counters' }],
  verified: { captures: ['oki_okilan-9450g-mc8xx'] },
};
