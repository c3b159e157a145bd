/** Canon's inks: named by codes of their colors (PFI-120MBK, GI-190 BK), on machines whose cartridges tell no type. */
import type { SupplyColor } from '@rsb/contract';
import { colorIn } from '../../blocks/supply-words.ts';
import type { Block } from '../../definition.ts';

const CODES: Readonly<Record<string, SupplyColor>> = {
  MBK: 'matteBlack',
  PBK: 'photoBlack',
  PGBK: 'black',
  BK: 'black',
  C: 'cyan',
  M: 'magenta',
  Y: 'yellow',
  PC: 'lightCyan',
  PM: 'lightMagenta',
  GY: 'gray',
  PGY: 'gray',
};
/** The code ends the name, behind a number, a space or in brackets. */
const CODE = /(?:^|\d|\s|\(|-)(?<code>MBK|PBK|PGBK|BK|PGY|GY|PC|PM|C|M|Y)\)?$/;
const INKJETS =
  /\b(?:pixma|maxify|imageprograf|ipf|selphy)\b|^(?:(?:TM|TX|TA|TZ|GP|PRO)-\d|(?:G|GX|MB|iB|MG|MX|MP|TS|TR|iP|iX|E|XK)\d{2,4}(?!\d))/i;

export const canonInk: Block = {
  name: 'canonInk',
  asks: [],
  read(_answers, draft) {
    const inkjet = INKJETS.test(draft.textOf('identity.model') ?? '');
    draft.supplies = draft.supplies.map((supply) => {
      const description = supply.description ?? '';
      const type = inkjet && supply.type === 'toner' && !/toner/i.test(description) ? 'ink' : supply.type;
      const code =
        type === 'ink' && colorIn(description) === null ? CODE.exec(description)?.groups?.['code'] : undefined;
      return { ...supply, type, color: (code === undefined ? undefined : CODES[code]) ?? supply.color };
    });
  },
};
