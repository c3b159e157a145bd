/** Toshiba TEC: e-STUDIO machines and label printers, told apart by the arc. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { sysObjectId } from '../../blocks/standard-objects.ts';
import type { Block, DriverDefinition } from '../../definition.ts';

const LABEL_ARC = '1.3.6.1.4.1.1129.1.2.';

const kindByArc: Block = {
  name: 'toshibaKind',
  asks: [sysObjectId],
  read(answers, draft) {
    const id = answers.value(sysObjectId.oid, '0');
    if (id?.type === 'oid' && id.value.startsWith(LABEL_ARC)) draft.kind('labelPrinter', `sysObjectID ${id.value}`);
  },
};

export const toshiba: DriverDefinition = {
  name: 'toshiba',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.1129.2.3') },
    { sysObjectId: oid('1.3.6.1.4.1.1129.1.2') },
    { sysObjectId: oid('1.3.6.1.4.1.1129'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.186'), proves: 'maker' },
    { sysDescr: /^TOSHIBA (?:e-STUDIO|TEC B-)/i },
  ],
  brands: [{ name: 'Toshiba', says: /\btoshiba(?: tec)?\b/i }],
  blocks: [kindByArc, ...standardBlocks({ kind: { mfp: /\be-studio/i } })],
  verified: { captures: ['toshiba_e-studio2505ac', 'toshiba_tec-b-ev4'] },
};
