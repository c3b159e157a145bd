/** The machine's own name where several of its texts name it: some of them name the family or the series it belongs to. */
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import type { Answers, AskedObject, Block } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { cleanModel } from './model-name.ts';
import { textAt } from './text.ts';

export interface NamingText {
  readonly text: string;
  readonly oid: Oid;
}

/** Where a name may stand; null where nothing is told there. */
export type NamingPlace = (answers: Answers, draft: Draft) => NamingText | null;

/** "M408x Series", "SCX-4x21", "M129-M134", "4200/4300", "131 133 135-138": names of several machines at once. */
const FAMILY = /\bseries\b|\dx\d|\d\dx+\b|\d[a-z]*[-/][a-z]*\d|\b\d{3}[a-z]* \d{3}/i;

export const namesFamily = (text: string): boolean => FAMILY.test(text);

/** Claims the first name that is one machine's, else the first family's. `asks` are the objects beyond the standard ones. */
export function exactModel(name: string, places: readonly NamingPlace[], asks: readonly AskedObject[] = []): Block {
  return {
    name,
    asks,
    read(answers, draft) {
      const names = places.flatMap((place) => {
        const told = place(answers, draft);
        const model = told === null ? null : cleanModel(told.text, draft.context.allBrands);
        return told === null || model === null ? [] : [{ ...told, model }];
      });
      const exact = names.filter(({ text }) => !namesFamily(text));
      for (const { model, oid } of [...exact, ...names.filter((one) => !exact.includes(one))]) {
        draft.text('identity.model', model, { oids: [oid], how: 'value', evidence: 'mib' });
      }
    },
  };
}

/** A scalar or cell that is a name, or holds one as group `model` of a pattern. */
export function nameAt({ oid }: Pick<AskedObject, 'oid'>, instance = '0', pattern?: RegExp): NamingPlace {
  return (answers) => {
    const told = textAt(answers, { oid }, instance);
    const text = pattern === undefined || told === null ? told : (pattern.exec(told)?.groups?.['model'] ?? null);
    return text === null ? null : { text, oid: childOf(oid, instance) };
  };
}
