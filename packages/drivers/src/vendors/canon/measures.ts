/**
 * What Canon's counters count. "Check Counter" numbers them ("108: Total (Black 1)"); smaller machines give the words
 * instead. Both are one thing: whose pages, of which color, by which base.
 */
export type Pages = 'total' | 'copy' | 'print' | 'copyAndPrint' | 'received' | 'scan';
export type Shade = 'all' | 'black' | 'full' | 'single' | 'color' | 'duplex';
/** In base 1 a large sheet counts once, in base 2 twice; large + small is base 1. */
export type Base = '1' | '2' | 'large' | 'small';
export type Measure = `${Pages}.${Shade}.${Base}`;
type Kind = `${Shade}.${Base}`;

/** Runs of the printed list of service counters: first number, whose pages, what follows. */
const RUNS: readonly (readonly [number, Pages, readonly Kind[]])[] = [
  [101, 'total', ['all.1', 'all.2', 'all.large', 'all.small', 'full.1', 'full.2']],
  [108, 'total', ['black.1', 'black.2', 'single.large', 'single.small', 'black.large', 'black.small']],
  [114, 'total', ['duplex.1', 'duplex.2', 'duplex.large', 'duplex.small', 'single.1', 'single.2']],
  [120, 'total', ['full.large', 'full.small', 'color.large', 'color.small', 'color.2', 'color.1']],
  [201, 'copy', ['all.1', 'all.2', 'all.large', 'all.small']],
  [217, 'copy', ['full.1', 'full.2', 'single.1', 'single.2', 'black.1', 'black.2']],
  [223, 'copy', ['full.large', 'full.small', 'single.large', 'single.small', 'black.large', 'black.small']],
  [229, 'copy', ['color.large', 'color.small', 'color.2', 'color.1']],
  [301, 'print', ['all.1', 'all.2', 'all.large', 'all.small']],
  [309, 'print', ['full.1', 'full.2', 'single.1', 'single.2', 'black.1', 'black.2']],
  [319, 'print', ['black.large', 'black.small', 'color.large', 'color.small', 'color.2', 'color.1']],
  [401, 'copyAndPrint', ['full.large', 'full.small', 'black.large', 'black.small', 'black.2', 'black.1']],
  [407, 'copyAndPrint', ['color.large', 'color.small', 'color.2', 'color.1']],
  [501, 'scan', ['all.1', 'all.2', 'all.large', 'all.small', 'black.1', 'black.2', 'black.large', 'black.small']],
  [509, 'scan', ['color.1', 'color.2', 'color.large', 'color.small']],
  [701, 'received', ['all.1', 'all.2']],
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
  [/\bcopy ?\+ ?print\b/, 'copyAndPrint'],
  [/\b(?:received?|rx) print\b/, 'received'],
  [/\b(?:copy|copie|kopie|kopieren|copia)\b/, 'copy'],
  [/\b(?:print|impression|drucken|druck|stampa)\b|\bimpresi[oó]n(?!\p{L})/u, 'print'],
  [/\b(?:scan|scannen|scansione)\b|\bnum[ée]risation\b/u, 'scan'],
];
const SHADES: readonly (readonly [RegExp, Shade])[] = [
  [/\b(?:2|two)-?sided\b|\bduplex\b/, 'duplex'],
  [/\bfull colou?r ?\+ ?single colou?r\b/, 'color'],
  [/\bfull colou?r\b/, 'full'],
  [/\bsingle colou?r\b/, 'single'],
  [/\bcolou?r\b/, 'color'],
  [/\b(?:black|noir|schwarz|nero|negro)\b/, 'black'],
];
const BASES: readonly (readonly [RegExp, Base])[] = [
  [/\blarge\b/, 'large'],
  [/\bsmall\b/, 'small'],
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
  const whole = /\b(?:totale?|gesamt)\b/g;
  const says = pages !== 'total' || shade === 'duplex' || whole.test(rest);
  rest = rest.replace(whole, ' ').replace(/[\s()/,:+-]/g, '');
  return says && rest === '' ? `${pages}.${shade}.${base}` : null;
}
