/** What descriptions of supplies say, in the languages that printers speak: kind, color, part and serial number. */
import type { SupplyColor, SupplyType } from '@rsb/contract';

/** In order of strength: a waste TONER box is waste, a drum of a TONER kit is a drum. */
const KINDS: readonly (readonly [SupplyType, RegExp])[] = [
  [
    'waste',
    /waste|maintenance box|wartungs(?:box|kasten|tank)|bo[iî]t(?:e|ier) de maintenance|bac de maintenance|メンテナンスボックス|used (?:toner|ink)|(?:toner|ink) (?:collection|collector|recovery)|residual|spent (?:toner|ink)|résid|récup|usagé|\busée?s?(?!\p{L})|collecteur|déchet|rebut|resttoner|alttoner|sammelbehälter|rückgewonnen|tonerabfall|auffang|resttinte|abfall|recupero|scarto|esausto|residuo|desecho|desperdicio|usado|afval|opvang|overtollig|spild|zużyt|odpad|hulladék|atık|отработ|廃トナー|回収|废|廢/iu,
  ],
  ['staples', /staple|heftklammer|agrafe|grapas|graffette|punti metallici|nietjes|針カートリッジ/iu],
  [
    'maintenance',
    /maintenance|mainten|entretien|wartung|manutenzione|mantenimiento|onderhoud|service kit|roller kit|roller set|\bPM kit|メンテナンス|维护|維護/iu,
  ],
  ['transfer', /transfer|transfert|trasferimento|übertragung|\bbelt\b|\bITB\b|\bBTR\b|courroie|転写|转印|轉印/iu],
  [
    'fuser',
    /fus(?:er|ing|ion|ore|or)\b|fuseur|unité de chauffe|\bfixing|fixier|fixeer|unité de fixation|fijaci[oó]n|定着|定影/iu,
  ],
  ['developer', /develop(?:er|ing)|entwickler|développ|revelador|sviluppo|developper|ontwikkel|現像|显影|顯影/iu],
  [
    'drum',
    /\bdrum|trommel|tambour|tambor|tamburo|photo-?conduct|fotoleiter|photorécepteur|\bOPC\b|imaging unit|image unit|imaging kit|imaging drum|unité d.image|bildeinheit|belichtungseinheit|unità immagini|感光|ドラム|硒鼓|鼓/iu,
  ],
  ['ribbon', /ribbon|farbband|ruban|nastro|cinta de/iu],
  ['toner', /toner|tóner|tonerkassette|トナー|墨粉|碳粉/iu],
  ['ink', /\bink\b|\binks?\b|encre|tinte|tinta|inchiostro|inkt|blæk|bläck|インク|墨水|墨盒|solid wax/iu],
];

/** Kinds that a description names, strongest first. */
export function kindsIn(description: string): readonly SupplyType[] {
  return KINDS.filter(([, words]) => words.test(description)).map(([kind]) => kind);
}

/** Parts that a kit is made of: they explain a row that tells no type, and overrule none. */
const PARTS_OF_KITS =
  /\broll(?:er|ers)?\b|\bpick-?up\b|\bretard\b|(?:separation|rubber) pad|\bfeed(?:er|ing)?[\s-]+kit|\bfilter|cleaner|cleaning|reinig|nettoyage|pulizia/iu;

export const hintedKindIn = (description: string): SupplyType | undefined =>
  PARTS_OF_KITS.test(description) ? 'maintenance' : undefined;

/** Special inks before the plain ones: "photo black" is not black. */
const COLORS: readonly (readonly [SupplyColor, RegExp])[] = [
  [
    'matteBlack',
    /\bmatt?e?[\s-]*black|noir[\s-]+mat|matt?schwarz|schwarz[\s-]+matt|nero[\s-]+(?:opaco|matt)|negro[\s-]+mate|マットブラック/iu,
  ],
  [
    'photoBlack',
    /\bphoto[\s-]*black|noir[\s-]+photo|foto[\s-]?schwarz|nero[\s-]+foto|negro[\s-]+foto|フォトブラック/iu,
  ],
  [
    'lightCyan',
    /\b(?:light|photo|vivid light)[\s-]*cyan|cyan[\s-]+clair|hell[\s-]?cyan|cyan[\s-]+hell|ciano[\s-]+chiaro|cian[\s-]+claro|ライトシアン/iu,
  ],
  [
    'lightMagenta',
    /\b(?:light|photo|vivid light)[\s-]*magenta|magenta[\s-]+clair|hell[\s-]?magenta|magenta[\s-]+(?:hell|chiaro|claro)|ライトマゼンタ/iu,
  ],
  // A maker of many inks says light black and light light black for its two grays.
  ['gray', /\blight[\s-]*black|\bgr[ae]y\b|\bgris\b|\bgrau\b|\bgrigio\b|\bcinza\b|\bgrijs\b|グレー/iu],
  [
    'black',
    /black|\bnoire?\b|schwarz|\bnero\b|\bnegro\b|\bpreto\b|zwart|\bsort\b|svart|\bmusta\b|czarn|černá|čierna|fekete|siyah|crna|ч[её]рн|μαύρο|ブラック|\bBK\b|黑|黒/iu,
  ],
  ['cyan', /cyan|\bzyan|\bciano?\b|azurov|błękitn|голуб|κυανό|camgöbeği|シアン|青/iu],
  ['magenta', /magenta|purpur|пурпур|マゼンタ|品红|洋红|紅/iu],
  [
    'yellow',
    /yellow|jaune|\bgelb|giallo|amarillo|amarelo|\bgeel\b|\bgul\b|keltainen|żółt|zolt|žlut|žlt|sárga|sarı|ж[её]лт|κίτρινο|イエロー|黄|黃/iu,
  ],
];

const LETTERS: Readonly<Record<string, SupplyColor>> = { K: 'black', C: 'cyan', M: 'magenta', Y: 'yellow' };

/** Inks of several colors in one case, and clear ones, have no color of ours. */
const NO_ONE_COLOR =
  /tri-?colou?r|3-?colou?r|three[\s-]colou?r|\bcolou?r (?:cartridge|ink|print)|\bCMYK?\b|trois couleurs|dreifarb|gloss|clear|transparent|\bwhite\b|blanc|weiß/iu;

const PLAIN: readonly SupplyColor[] = ['black', 'cyan', 'magenta', 'yellow'];

export function colorIn(text: string): SupplyColor | null {
  const letter = LETTERS[text.toUpperCase()];
  if (letter !== undefined) return letter;
  const found: SupplyColor[] = [];
  let rest = text;
  for (const [color, words] of COLORS) {
    // "Black" inside "photo black" is taken away with it.
    const without = rest.replace(words, ' ');
    if (without !== rest) found.push(color);
    rest = without;
  }
  const [first] = found;
  // Two colors in one text tell of a kit or of a print head for both.
  if (first === undefined || found.length > 1) return null;
  return NO_ONE_COLOR.test(text) && !PLAIN.includes(first) ? null : first;
}

export const namesNoOneColor = (text: string): boolean => NO_ONE_COLOR.test(text);

/** A part number whose last letter follows a digit or a dash, e.g. TK-8527C. */
const LETTERED_PART = /^(?<stem>[\p{Lu}\d][\p{Lu}\d-]*[\d-])(?<letter>[KCMY])$/u;

/**
 * Colors by the last letter of part numbers, only where at least three siblings of one stem differ in nothing else: a
 * single letter may mean anything.
 */
export function colorsByPartNumber(parts: readonly (string | null)[]): readonly (SupplyColor | null)[] {
  const matches = parts.map((part) => (part === null ? undefined : LETTERED_PART.exec(part)?.groups));
  const letters = new Map<string, Set<string>>();
  for (const groups of matches) {
    if (groups?.['stem'] === undefined || groups['letter'] === undefined) continue;
    const seen = letters.get(groups['stem']) ?? new Set();
    letters.set(groups['stem'], seen.add(groups['letter']));
  }
  return matches.map((groups) => {
    if (groups === undefined || (letters.get(groups['stem'] ?? '')?.size ?? 0) < 3) return null;
    return LETTERS[groups['letter'] ?? ''] ?? null;
  });
}

const SERIAL = /[\s,;]*\b(?:S\/N|SN)\b[\s:#]*(?<value>[\w./-]*)|[\s,;]*;\s*SN(?<glued>[\w-]+)/iu;
const PART = /[\s,;]*\b(?:P\/N|PN|part (?:no|number)\.?)\b[\s:#]*(?<value>[\w./-]*)|[\s,;]*;\s*PN(?<glued>[\w-]+)/iu;
/** A whole description that is a part number: one word of capitals with digits. */
const BARE_PART = /^(?=.*\d)[\p{Lu}\d]{1,}(?:-?[\p{Lu}\d]+)*$/u;

export interface DescribedSupply {
  readonly description: string;
  readonly partNumber: string | null;
  readonly serialNumber: string | null;
}

/** Takes part and serial number of the supply out of its description. */
export function describedSupply(text: string): DescribedSupply {
  let description = text;
  const take = (pattern: RegExp): string | null => {
    const match = pattern.exec(description);
    if (match === null) return null;
    description = (description.slice(0, match.index) + description.slice(match.index + match[0].length)).trim();
    const value = match.groups?.['value'] || match.groups?.['glued'] || '';
    return /^(?:unknown|none|n\/?a|crum-?|null|0*|-*)$/i.test(value) ? null : value;
  };
  const serialNumber = take(SERIAL);
  const partNumber = take(PART) ?? (BARE_PART.test(description) && description.length >= 4 ? description : null);
  return { description: description === '' ? text : description.replace(/[\s,;]+$/, ''), partNumber, serialNumber };
}
