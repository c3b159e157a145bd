/** Toshiba TEC: e-STUDIO machines and label printers, told apart by the arc. */
import { isWithin, oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { sysObjectId } from '../../blocks/standard-objects.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Block, DriverDefinition } from '../../definition.ts';
import { toshibaCounters } from './counters.ts';

const MFP_TREE = '1.3.6.1.4.1.1129.2.3.50.1';
const LABELS = oid('1.3.6.1.4.1.1129.1.2');
const LABEL_TREE = `${LABELS}.1.1.1`;
/** "B-EV4", "B-SX5T", "B-852", "BV410D", "BA420T", "BX430T". */
const LABEL_MODEL = /^B-(?:[A-Z]{2}\d|\d{3})|^B[AVX]\d{3}/i;

const kindByArc: Block = {
  name: 'toshibaKind',
  asks: [sysObjectId],
  read(answers, draft) {
    const id = answers.value(sysObjectId.oid, '0');
    if (id?.type === 'oid' && isWithin(LABELS, id.value)) draft.kind('labelPrinter', `sysObjectID ${id.value}`);
    const model = draft.textOf('identity.model') ?? '';
    if (LABEL_MODEL.test(model)) draft.kind('labelPrinter', `"${model}" is a label printer's name`);
  },
};

const reported = { evidence: 'reported', source: 'one project' } as const;

const toshibaIdentity: Block = vendorTexts('toshibaIdentity', [
  { oid: `${MFP_TREE}.2.3.1.3`, instance: '1.1', fills: 'model', name: 'model', ...reported },
  { oid: `${MFP_TREE}.2.4.1.62`, instance: '1.1', fills: 'firmware', name: 'firmware', ...reported },
  { oid: `${LABEL_TREE}.2.1`, fills: 'model', name: 'model of a label printer', ...reported },
  { oid: `${LABEL_TREE}.1.1`, fills: 'serialNumber', name: 'serial number of a label printer', ...reported },
  { oid: `${LABEL_TREE}.2.2`, fills: 'firmware', name: 'firmware of a label printer', ...reported },
]);

export const toshiba: DriverDefinition = {
  name: 'toshiba',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.1129.2.3') },
    { sysObjectId: LABELS },
    { sysObjectId: oid('1.3.6.1.4.1.1129'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.186'), proves: 'maker' },
    { sysDescr: /^TOSHIBA (?:e-?STUDIO|TEC B)/i },
  ],
  brands: [{ name: 'Toshiba', says: /\btoshiba(?: tec(?: corp\w*)?)?\b/i }],
  // A P behind the number is a printer: e-STUDIO 385P, 305CP.
  blocks: [
    ...standardBlocks({ kind: { mfp: /\be-?studio ?\d+(?!\d|c?p\b)/i, rows: true } }),
    toshibaIdentity,
    kindByArc,
    toshibaCounters,
  ],
  verified: { captures: ['toshiba_e-studio2505ac', 'toshiba_tec-b-ev4'] },
};
