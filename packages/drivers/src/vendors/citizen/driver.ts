/** Citizen's label and receipt printers; its enterprise numbers are also those of other gear. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { thermalMarker } from '../../blocks/thermal-marker.ts';
import type { Block, DriverDefinition } from '../../definition.ts';

const LABEL_MODEL = /^CLP?-/i;

const citizenKind: Block = {
  name: 'citizenKind',
  asks: [],
  read(_answers, draft) {
    const model = draft.textOf('identity.model') ?? '';
    if (LABEL_MODEL.test(model)) draft.kind('labelPrinter', `"${model}" is a label printer's name`);
  },
};

export const citizen: DriverDefinition = {
  name: 'citizen',
  version: 1,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.20438'), proves: 'maker' },
    { sysObjectId: oid('1.3.6.1.4.1.33241'), proves: 'maker' },
    { sysDescr: /^CITIZEN C[LT]P?-/i },
  ],
  brands: [{ name: 'Citizen', says: /\bcitizen(?: systems)?\b/i }],
  blocks: [...standardBlocks(), citizenKind, thermalMarker],
  verified: { unverified: 'no capture is public; Printer-MIB only' },
};
