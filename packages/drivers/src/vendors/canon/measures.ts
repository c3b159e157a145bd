/**
 * What Canon's counters count. "Check Counter" numbers them ("108: Total (Black 1)"); smaller machines give the words
 * instead. Both are one thing: whose pages, of which color, by which base.
 */
export type Pages = 'total' | 'copy' | 'print' | 'copyAndPrint' | 'received' | 'scan';
export type Shade = 'all' | 'black' | 'full' | 'single' | 'two' | 'color' | 'duplex';
/** In base 1 a large sheet counts once, in base 2 twice; large + small is base 1. */
export type Base = '1' | '2' | 'large' | 'small';
export type Measure = `${Pages}.${Shade}.${Base}`;
type Kind = `${Shade}.${Base}`;

const COLORS_1_2: readonly Kind[] = ['full.1', 'full.2', 'single.1', 'single.2', 'black.1', 'black.2'];
const COLORS_BY_SIZE: readonly Kind[] = [
  'full.large',
  'full.small',
  'single.large',
  'single.small',
  'black.large',
  'black.small',
];
const ALL: readonly Kind[] = ['all.1', 'all.2', 'all.large', 'all.small'];
const COLOR: readonly Kind[] = ['color.large', 'color.small', 'color.2', 'color.1'];

/** Runs of the printed list of service counters: first number, whose pages, what follows. */
const RUNS: readonly (readonly [number, Pages, readonly Kind[]])[] = [
  [101, 'total', [...ALL, 'full.1', 'full.2']],
  [108, 'total', ['black.1', 'black.2', 'single.large', 'single.small', 'black.large', 'black.small']],
  [114, 'total', ['duplex.1', 'duplex.2', 'duplex.large', 'duplex.small', 'single.1', 'single.2']],
  [120, 'total', ['full.large', 'full.small', ...COLOR]],
  [201, 'copy', ALL],
  [217, 'copy', [...COLORS_1_2, ...COLORS_BY_SIZE, ...COLOR]],
  [239, 'copy', ['two.1', 'two.2', 'two.large', 'two.small']],
  [301, 'print', ALL],
  [309, 'print', [...COLORS_1_2, ...COLORS_BY_SIZE, ...COLOR]],
  [401, 'copyAndPrint', ['full.large', 'full.small', 'black.large', 'black.small', 'black.2', 'black.1', ...COLOR]],
  [501, 'scan', [...ALL, 'black.1', 'black.2', 'black.large', 'black.small']],
  [509, 'scan', ['color.1', 'color.2', 'color.large', 'color.small']],
  [701, 'received', [...ALL, ...COLORS_1_2, ...COLORS_BY_SIZE, ...COLOR]],
];

/** Small mono machines number from 1000, as one project reports. */
const REPORTED_RUNS: typeof RUNS = [
  [1000, 'total', ['all.1', 'all.small', 'all.large', 'black.1']],
  [1006, 'total', ['full.1']],
  [2000, 'scan', ['all.1']],
];

const byNumber = (runs: typeof RUNS): ReadonlyMap<number, Measure> =>
  new Map(
    runs.flatMap(([first, pages, kinds]) =>
      kinds.map((kind, index): [number, Measure] => [first + index, `${pages}.${kind}`]),
    ),
  );

export const SERVICE_NUMBERS = byNumber(RUNS);
export const REPORTED_NUMBERS = byNumber(REPORTED_RUNS);

const PAGES: readonly (readonly [RegExp, Pages])[] = [
  [/\bcopy ?\+ ?print\b|复印\+打印/, 'copyAndPrint'],
  [/\b(?:received?|rx) print\b|接收打印/, 'received'],
  [/\b(?:copy|copie|kopie|kopieren|copia)\b|复印/, 'copy'],
  [/\b(?:print|impression|drucken|druck|stampa)\b|\bimpresi[oó]n(?!\p{L})|打印/u, 'print'],
  [/\b(?:scan|scannen|scansione)\b|\bnum[ée]risation\b|扫描/u, 'scan'],
];
const SHADES: readonly (readonly [RegExp, Shade])[] = [
  [/\b(?:2|two)-?sided\b|\bduplex\b|双面/, 'duplex'],
  [/\bfull ?colou?r ?\+ ?single ?colou?r\b|全彩色\+单彩色/, 'color'],
  [/\bfull ?colou?r\b|全彩色/, 'full'],
  [/\bsingle ?colou?r\b|单彩色/, 'single'],
  [/\b(?:2|two)[ -]?colou?r\b|双色/, 'two'],
  [/\bcolou?r\b|彩色/, 'color'],
  [/\bblack(?: ?& ?white)?\b|\b(?:noir|schwarz|nero|negro)\b|黑白/, 'black'],
];
const BASES: readonly (readonly [RegExp, Base])[] = [
  [/\blarge\b|大/, 'large'],
  [/\bsmall\b|小/, 'small'],
  [/\b2\b/, '2'],
  [/\b1\b/, '1'],
];

/** What a label says; null where it has a word more ("Total A1", "PDL Print", "Remote Copy"), which means another set. */
export function measureOf(label: string): Measure | null {
  let rest = label.toLowerCase();
  const take = <T>(words: readonly (readonly [RegExp, T])[], usual: T): T => {
    const found = words.find(([word]) => word.test(rest));
    if (found === undefined) return usual;
    rest = rest.replace(found[0], ' ');
    return found[1];
  };
  const shade = take(SHADES, 'all');
  const pages = take(PAGES, 'total');
  const base = take(BASES, '1');
  const whole = /\b(?:totale?|gesamt)\b|总数/;
  const says = pages !== 'total' || shade === 'duplex' || whole.test(rest);
  rest = rest.replace(whole, ' ').replace(/[\s()/,:+-]/g, '');
  return says && rest === '' ? `${pages}.${shade}.${base}` : null;
}
