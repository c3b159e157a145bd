/** What kind of machine an Epson is: hrDeviceID and the IEEE 1284 id name its functions, two families write labels. */
import { findDeviceId } from '../../blocks/device-id.ts';
import { hrDeviceIds, ppmDeviceId } from '../../blocks/standard-objects.ts';
import { declaredCharset, longTextOf } from '../../blocks/text.ts';
import type { Answers, Block } from '../../definition.ts';
import { epsonDeviceId, ownModel } from './identity.ts';

/** 2 printer and 8 panel stand on every machine; 4 is a scanner and copier, 7 a fax. */
const FUNCTION_ID = /^1\.3\.6\.1\.4\.1\.1248\.1\.(?:4|7)\./;
/** FXA: has a fax; AFA: has a document feeder (FXN, AFN: has none). */
const FUNCTIONS = /\bFID:[^;]*\b(?<word>FXA|AFA)\b/;
/** ColorWorks. */
const LABEL_MODEL = /^(?:colorworks\b|CW-[CDF]\d|TM-C[37]\d{3})/i;

/** Second figure 5 to 9, or five figures: WF-C5790, WF-C17590 copy; WF-C5290 and WF-100 print only. */
const MFP_MODEL =
  /^(?:WF|EC)-[CMR]?(?:\d[5-9]\d+|\d{5})(?!\d)|^AM-[CM]\d|^ET-(?:[2-5]\d{3}|M[23]\d{3}|M?16\d{3})(?!\d)/i;

/** Whether the model's name leaves open what kind of machine it is. */
export function isKindOpen(known: Answers): boolean {
  const model = ownModel(known);
  return model !== undefined && (model === null || !(MFP_MODEL.test(model) || LABEL_MODEL.test(model)));
}

/** Stands after the standard objects, which tell the model. */
export const epsonKinds: Block = {
  name: 'epsonKinds',
  asks: [{ ...hrDeviceIds, when: isKindOpen }],
  read(answers, draft) {
    const model = draft.textOf('identity.model') ?? '';
    const id = findDeviceId(answers, [epsonDeviceId])?.id;
    if (id?.commandSet?.includes('ESCLABEL') === true) draft.kind('labelPrinter', 'speaks ESCLABEL');
    else if (LABEL_MODEL.test(model)) draft.kind('labelPrinter', `"${model}"`);
    if (MFP_MODEL.test(model)) draft.kind('mfp', `"${model}"`);
    for (const { value } of answers.column(hrDeviceIds.oid)) {
      if (value.type === 'oid' && FUNCTION_ID.test(value.value)) draft.kind('mfp', `hrDeviceID ${value.value}`);
    }
    for (const object of [ppmDeviceId, epsonDeviceId]) {
      const text = longTextOf(answers.value(object.oid, '1'), declaredCharset(answers));
      const word = text === null ? undefined : FUNCTIONS.exec(text)?.groups?.['word'];
      if (word !== undefined) draft.kind('mfp', `${word} in the IEEE 1284 id`);
    }
  },
};
