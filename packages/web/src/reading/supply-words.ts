/** The words of supplies: their names, their levels, their state. */
import type { Supply, SupplyColor, SupplyType } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { SupplyLevel } from './supply-level.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

const COLORS: Readonly<Record<SupplyColor, (lang: Lang) => string>> = {
  black: (lang) => m.color_black({}, lang),
  cyan: (lang) => m.color_cyan({}, lang),
  magenta: (lang) => m.color_magenta({}, lang),
  yellow: (lang) => m.color_yellow({}, lang),
  photoBlack: (lang) => m.color_photo_black({}, lang),
  matteBlack: (lang) => m.color_matte_black({}, lang),
  lightCyan: (lang) => m.color_light_cyan({}, lang),
  lightMagenta: (lang) => m.color_light_magenta({}, lang),
  gray: (lang) => m.color_gray({}, lang),
};

const TYPES: Readonly<Record<SupplyType, (lang: Lang) => string>> = {
  toner: (lang) => m.supply_toner({}, lang),
  ink: (lang) => m.supply_ink({}, lang),
  ribbon: (lang) => m.supply_ribbon({}, lang),
  drum: (lang) => m.supply_drum({}, lang),
  waste: (lang) => m.supply_waste({}, lang),
  fuser: (lang) => m.supply_fuser({}, lang),
  transfer: (lang) => m.supply_transfer({}, lang),
  developer: (lang) => m.supply_developer({}, lang),
  maintenance: (lang) => m.supply_maintenance({}, lang),
  staples: (lang) => m.supply_staples({}, lang),
  other: (lang) => m.supply_other({}, lang),
};

export const colorWord = (color: SupplyColor, lang: Lang): string => COLORS[color](lang);
export const supplyTypeWord = (type: SupplyType, lang: Lang): string => TYPES[type](lang);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "Black toner", "Toner noir", "Toner Schwarz". */
export function supplyName(
  supply: { readonly type: SupplyType; readonly color: SupplyColor | null },
  lang: Lang,
): string {
  const type = supplyTypeWord(supply.type, lang);
  return capital(supply.color === null ? type : m.supply_colored({ type, color: colorWord(supply.color, lang) }, lang));
}

/** The short word where a line has room for one: the colour, else what it is. */
export const supplyShort = (supply: { readonly type: SupplyType; readonly color: SupplyColor | null }, lang: Lang) =>
  supply.color === null ? supplyTypeWord(supply.type, lang) : colorWord(supply.color, lang);

/** What stands below a bar. No percent sign: it stands in the head. */
export function levelText(level: SupplyLevel, lang: Lang): string {
  switch (level.shown) {
    case 'percent':
      return String(level.fill);
    case 'empty':
      return m.level_empty({}, lang);
    case 'full':
      return m.level_full({}, lang);
    case 'some':
      return level.low ? m.level_low({}, lang) : m.level_some({}, lang);
    case 'unknown':
      return '?';
  }
}

/** A bar in words, for those who hear the page. */
export function supplyLabel(level: SupplyLevel, lang: Lang): string {
  const name = supplyName(level.supply, lang);
  switch (level.shown) {
    case 'percent': {
      const percent = level.fill;
      const mark = level.mark ?? 0;
      if (level.supply.type === 'waste') return m.aria_waste({ name, percent }, lang);
      return level.low ? m.aria_level_low({ name, percent }, lang) : m.aria_level({ name, percent, mark }, lang);
    }
    case 'empty':
      return m.aria_empty({ name }, lang);
    case 'full':
      return m.aria_full({ name }, lang);
    case 'some':
      return level.low ? m.aria_low({ name }, lang) : m.aria_some({ name }, lang);
    case 'unknown':
      return m.aria_unknown({ name }, lang);
  }
}

/** What the reading says of a supply, by the contract's words; for waste "full" is what is empty for the others. */
export function supplyStateWord({ state, type }: Pick<Supply, 'state' | 'type'>, lang: Lang): string {
  switch (state) {
    case 'ok':
      return m.supplies_ok({}, lang);
    case 'low':
      return type === 'waste' ? m.supplies_waste_near_full({}, lang) : m.level_low({}, lang);
    case 'empty':
      return m.level_empty({}, lang);
    case 'someRemaining':
      return m.level_some({}, lang);
    case 'unknown':
      return m.not_told({}, lang);
    case 'full':
      return m.level_full({}, lang);
  }
}

/** A supply by the name that its history bears, `toner/black#2`; one that has no words is shown as it is. */
export function supplyKeyName(key: string, lang: Lang): string {
  const [name = ''] = key.split('#');
  const [type = '', color = null] = name.split('/');
  const isType = (text: string): text is SupplyType => Object.hasOwn(TYPES, text);
  const isColor = (text: string | null): text is SupplyColor | null => text === null || Object.hasOwn(COLORS, text);
  return isType(type) && isColor(color) ? supplyName({ type, color }, lang) : key;
}
