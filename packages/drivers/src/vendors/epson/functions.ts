/** Epson's hrDeviceID names functions: 4 scanner and copier, 7 fax; and sysObjectID may spell the model in ASCII. */
import { findDeviceId } from '../../blocks/device-id.ts';
import { cleanModel } from '../../blocks/model-name.ts';
import { hrDeviceIds, sysObjectId } from '../../blocks/standard-objects.ts';
import type { Block } from '../../definition.ts';

const FUNCTION_ID = /^1\.3\.6\.1\.4\.1\.1248\.1\.(?:4|7)\./;
const MODEL_ID = /^1\.3\.6\.1\.4\.1\.1248\.1\.1\.2\.1\.3\.\d+\.(?<letters>[\d.]+)$/;

const kinds: Block = {
  name: 'epsonKinds',
  asks: [hrDeviceIds],
  read(answers, draft) {
    const id = findDeviceId(answers)?.id;
    if (id?.commandSet?.includes('ESCLABEL') === true) draft.kind('labelPrinter', 'speaks ESCLABEL');
    for (const { value } of answers.column(hrDeviceIds.oid)) {
      if (value.type === 'oid' && FUNCTION_ID.test(value.value)) draft.kind('mfp', `hrDeviceID ${value.value}`);
    }
  },
};

/** "EEPS2" is the interface; any other word is the model. */
const spelledModel: Block = {
  name: 'epsonSpelledModel',
  asks: [sysObjectId],
  read(answers, draft) {
    const id = answers.value(sysObjectId.oid, '0');
    const letters =
      id?.type === 'oid' ? MODEL_ID.exec(id.value)?.groups?.['letters']?.split('.').map(Number) : undefined;
    if (letters === undefined || letters.some((letter) => letter < 0x20 || letter > 0x7e)) return;
    const word = String.fromCharCode(...letters);
    if (/^EEPS\d?$/.test(word)) return;
    const source = { oids: [sysObjectId.oid], how: 'value', evidence: 'capture' } as const;
    draft.text('identity.model', cleanModel(word, draft.context.allBrands), source);
  },
};

export const epsonFunctions: readonly Block[] = [kinds, spelledModel];
