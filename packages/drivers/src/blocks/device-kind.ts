/** Printer or MFP, by what the device's own texts and rows say of copying, scanning and faxing. */
import type { DeviceKind } from '@rsb/contract';
import type { Answers, AskedObject, Block } from '../definition.ts';
import { findDeviceId } from './device-id.ts';
import { hrDeviceDescrs, sysDescr } from './standard-objects.ts';
import { textAt, textOf } from './text.ts';

/** Words of functions. The class of the IEEE 1284 id is no marker: MFPs say PRINTER there too. */
const FUNCTIONS =
  /\b(?:mfp|multi-?function(?:al)?|all-in-one|copier|photocopier|copy service|scanner|network scanner|facsimile|fax|mfc|dcp)\b/i;

export interface DeviceKindOptions {
  /** What names an MFP of this maker, beside the words that all use. */
  readonly mfp?: RegExp;
  /** Whether the rows of the hrDevice table name functions; else only the description and the 1284 id are looked at. */
  readonly rows?: boolean;
}

export function deviceKind({ mfp, rows = false }: DeviceKindOptions = {}): Block {
  const wordIn = (text: string) => FUNCTIONS.exec(text) ?? mfp?.exec(text) ?? null;
  const isShown = (known: Answers) => describing(known).some((text) => wordIn(text) !== null);
  const asks: readonly AskedObject[] = rows
    ? [sysDescr, { ...hrDeviceDescrs, when: (known) => !isShown(known) }]
    : [sysDescr];
  return {
    name: 'deviceKind',
    asks,
    read(answers, draft) {
      const texts = [
        ...describing(answers),
        draft.textOf('identity.model'),
        ...(rows ? answers.column(hrDeviceDescrs.oid).map(({ value }) => textOf(value, null)) : []),
      ];
      for (const text of texts) {
        const word = text === null ? null : wordIn(text);
        if (word !== null) return draft.kind('mfp', `"${word[0]}" in "${text}"`);
      }
      draft.kind('printer', 'nothing shows a copy, scan or fax function');
    },
  };
}

/** What tells of the machine before its rows are asked: the description, also without the brand in front, and the 1284 id. */
function describing(known: Answers): readonly string[] {
  const text = textAt(known, sysDescr, '0');
  const model = findDeviceId(known)?.id.model ?? null;
  return [text, text?.replace(/^\S+\s+/, '') ?? null, model].filter((each) => each !== null);
}

/** For families that are one kind of machine whatever they answer. */
export const always = (kind: DeviceKind, why: string): Block => ({
  name: `always ${kind}`,
  asks: [],
  read(_answers, draft) {
    draft.kind(kind, why);
  },
});
