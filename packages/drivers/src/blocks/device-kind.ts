/** Printer or MFP, by what the device's own texts and rows say of copying, scanning and faxing. */
import type { DeviceKind } from '@rsb/contract';
import type { AskedObject, Block } from '../definition.ts';
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
  const asks: readonly AskedObject[] = rows ? [sysDescr, hrDeviceDescrs] : [sysDescr];
  return {
    name: 'deviceKind',
    asks,
    read(answers, draft) {
      const texts = [
        textAt(answers, sysDescr, '0'),
        findDeviceId(answers)?.id.model ?? null,
        draft.textOf('identity.model'),
        ...(rows ? answers.column(hrDeviceDescrs.oid).map(({ value }) => textOf(value, null)) : []),
      ];
      for (const text of texts) {
        const word = text === null ? null : (FUNCTIONS.exec(text) ?? mfp?.exec(text) ?? null);
        if (word !== null) return draft.kind('mfp', `"${word[0]}" in "${text}"`);
      }
      draft.kind('printer', 'nothing shows a copy, scan or fax function');
    },
  };
}

/** For families that are one kind of machine whatever they answer. */
export const always = (kind: DeviceKind, why: string): Block => ({
  name: `always ${kind}`,
  asks: [],
  read(_answers, draft) {
    draft.kind(kind, why);
  },
});
