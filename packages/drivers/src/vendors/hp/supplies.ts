/** HP's supplies: an inkjet's cartridges may come without a type, and its print heads are no cartridges. */
import type { Block } from '../../definition.ts';

const INKJETS =
  /\b(?:officejet|deskjet|designjet|pagewide|photosmart|envy|smart tank|ink tank|latex|business inkjet|psc|inkjet)\b/i;
const PRINT_HEAD = /print\s?head|t[êe]te d.impression|druckk[oö]pf|testina|cabezal/i;

export const hpInk: Block = {
  name: 'hpInk',
  asks: [],
  read(_answers, draft) {
    const inkjet = INKJETS.test(draft.textOf('identity.model') ?? '');
    draft.supplies = draft.supplies.map((supply) => {
      const description = supply.description ?? '';
      if (PRINT_HEAD.test(description) && (supply.type === 'ink' || supply.type === 'toner'))
        return { ...supply, type: 'other' };
      return inkjet && supply.type === 'toner' && !/toner/i.test(description) ? { ...supply, type: 'ink' } : supply;
    });
  },
};

/** "Magenta Cartridge HP CF413A", "Maintenance Kit HP 110V-F2G76A": of two voltages neither is the one. */
export const HP_PART = /\bHP (?<partNumber>(?=[A-Z]*\d)[A-Z][A-Z0-9]{3,7}(?:-\d{5})?)\b/;
