/** Pantum: sysDescr is the IEEE 1284 id; its own objects come with and without the last zero. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { hrDeviceIds } from '../../blocks/standard-objects.ts';
import { vendorCounts } from '../../blocks/vendor-counters.ts';
import { type VendorText, vendorTexts } from '../../blocks/vendor-texts.ts';
import type { AskedObject, DriverDefinition } from '../../definition.ts';
import type { CountPath } from '../../draft.ts';

/** An object as both generations answer it: `parent.last` itself, or its instance 0. */
const bothForms = (parent: string, last: number) => {
  const full = `1.3.6.1.4.1.40093.${parent}`;
  return [
    { oid: `${full}.${last}`, instance: '0' },
    { oid: full, instance: String(last) },
  ];
};
const text = (parent: string, last: number, fills: VendorText['fills'], name: string): readonly VendorText[] =>
  bothForms(parent, last).map((at) => ({ ...at, fills, name, evidence: 'reported', source: 'two projects' }));
const count = (parent: string, last: number, fills: CountPath, name: string) =>
  bothForms(parent, last).map((at) => ({ ...at, fills, name, evidence: 'reported', source: 'two projects' }) as const);

/** The second device row's column is an object identifier by the standard; one family writes its 1284 id there. */
const idInDeviceRow: AskedObject = { ...hrDeviceIds, purpose: 'maker and model', instances: ['1'] };

export const pantum: DriverDefinition = {
  name: 'pantum',
  version: 2,
  match: [{ sysObjectId: oid('1.3.6.1.4.1.40093') }, { sysDescr: /\bMFG:\s*Pantum\b|^Pantum\b/i }],
  brands: [{ name: 'Pantum', says: /\bpantum\b/i }],
  blocks: [
    ...standardBlocks({
      identity: {
        sysDescrPatterns: [/\bMDL:\s*(?<model>[^;]+)(?:.*;\s*SN:\s*(?<serialNumber>[^;]+))?/i],
        deviceIds: [idInDeviceRow],
        deviceIdsAtOnce: true,
      },
      kind: { mfp: /^(?:pantum )?[bc]?m\d/i, rows: true },
    }),
    vendorTexts('pantumIdentity', [
      ...text('10.1.1', 4, 'serialNumber', 'serial number'),
      ...text('6.1', 2, 'serialNumber', 'serial number'),
      ...text('1.1.1', 5, 'serialNumber', 'serial number'),
      ...text('1.1.1', 1, 'firmware', 'firmware'),
    ]),
    vendorCounts('pantumCounters', [
      ...count('10.3.1', 1, 'counters.total.all', 'total pages'),
      ...count('6.4', 1, 'counters.total.all', 'total pages of older machines'),
      ...count('1.1.3', 12, 'counters.print.all', 'printed pages'),
      ...count('1.1.3', 9, 'counters.copy.all', 'copied pages'),
    ]),
  ],
  verified: { captures: ['pantum_bm5100adw_partial'] },
};
