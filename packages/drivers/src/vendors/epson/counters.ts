/**
 * Epson's counters: mono and color, pages by function and by paper size. Some machines count an A3 page twice in the
 * standard life count and in mono and color, but once in the impressions and in both tables: the two are never mixed.
 */
import type { Counter } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import { addCounts, counterOf, countOf, integerOf } from '../../blocks/count.ts';
import { textAt } from '../../blocks/text.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft } from '../../draft.ts';
import { epsonObject, PRINTER } from './objects.ts';

const source = 'epson_wf-c17590, epson_wf-m5799, epson_st-m1000, sums close';
const cellOf = (column: number, name: string, purpose: string, path?: CountPath): AskedObject =>
  epsonObject(`${PRINTER}.27.1.1.${column}`, 'counters', name, purpose, source, {
    instances: ['1.1'],
    ...(path === undefined ? {} : { path }),
  });
const monoPages = cellOf(3, 'mono pages', 'mono count', 'counters.total.mono');
const colorPages = cellOf(4, 'color pages', 'color count', 'counters.total.color');
const impressions = cellOf(30, 'impressions', 'total count', 'counters.total.all');
const OTHERS = [
  [cellOf(10, 'one-sided pages', 'one-sided count'), 'One-sided pages'],
  [cellOf(11, 'one-sided color pages', 'one-sided count'), 'One-sided color pages'],
  [cellOf(12, 'blank pages', 'blank count'), 'Blank pages'],
] as const;

const columnOf = (number: string, name: string, purpose: string, lasting = false): AskedObject =>
  epsonObject(`${PRINTER}.${number}`, 'counters', name, purpose, source, { lasting });
const functions: CountTable = {
  meaning: columnOf('27.6.1.2', 'function of a row', 'what a row counts', true),
  all: columnOf('27.6.1.4', 'pages by function', 'print, copy and fax count'),
  color: columnOf('27.6.1.5', 'color pages by function', 'color count by function'),
};
const sizes: CountTable = {
  meaning: columnOf('6.1.1.2', 'paper size of a row', 'what a row counts', true),
  all: columnOf('6.1.1.4', 'pages by paper size', 'large-format count, and the total as a check'),
  color: columnOf('6.1.1.5', 'color pages by paper size', 'color count'),
};
const lengthUnit = epsonObject(
  `${PRINTER}.27.5.1.3`,
  'counters',
  'unit of length',
  'unit of a length',
  'epson_cw-c6500au',
  {
    instances: ['1.1'],
    lasting: true,
  },
);
const length = epsonObject(`${PRINTER}.27.5.1.4`, 'counters', 'length of media', 'length printed', 'epson_cw-c6500au', {
  instances: ['1.1'],
});
const MILLIMETRES = 14;

/** Ids of the function column; a row's number means nothing. 0 are reports. */
const FUNCTIONS: Readonly<Record<number, 'print' | 'copy' | 'fax'>> = { 1: 'print', 2: 'copy', 3: 'fax' };
const LARGE = /\bA[0-3]\b|\bS?RA3\b|ledger|tabloid/i;

interface CountTable {
  readonly meaning: AskedObject;
  readonly all: AskedObject;
  readonly color: AskedObject;
}

interface Told {
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

interface CountRow {
  readonly instance: string;
  readonly all: Told;
  readonly color: Told | null;
}

/** A whole and the color in it, in one base. */
interface Split {
  readonly all: Told;
  readonly color: Told | null;
}

export const epsonCounters: Block = {
  name: 'epsonCounters',
  asks: [
    monoPages,
    colorPages,
    impressions,
    ...OTHERS.map(([object]) => object),
    ...[functions, sizes].flatMap(({ meaning, all, color }) => [meaning, all, color]),
    lengthUnit,
    length,
  ],
  read(answers, draft) {
    const byFunction = rowsOf(answers, functions);
    const bySize = rowsOf(answers, sizes);
    const large = bySize.filter(({ instance }) => LARGE.test(textAt(answers, sizes.meaning, instance) ?? ''));
    claimTotal(answers, draft, wholeOf(byFunction), wholeOf(bySize), wholeOf(large));
    const totals = [draft.countOf('counters.total.all'), draft.countOf('counters.life')].filter((one) => one !== null);
    const closes = (rows: readonly CountRow[]) => totals.some((total) => total === wholeOf(rows)?.all.count);

    claimFunctions(answers, draft, byFunction, closes(byFunction) ? 'functions = total' : undefined);
    const largeCount = wholeOf(large)?.all;
    if (largeCount !== undefined)
      claim(draft, 'counters.largeFormat', largeCount, closes(bySize) ? 'sizes = total' : undefined);
    claimOthers(answers, draft);
  },
};

function rowsOf(answers: Answers, { all, color }: CountTable): readonly CountRow[] {
  return answers.column(all.oid).flatMap(({ instance }) => {
    const count = cell(answers, all, instance);
    return count === null ? [] : [{ instance, all: count, color: cell(answers, color, instance) }];
  });
}

function cell(answers: Answers, object: AskedObject, instance: string): Told | null {
  const count = countOf(answers.value(object.oid, instance));
  return count === null ? null : { count, oids: [childOf(object.oid, instance)] };
}

function sumOf(parts: readonly Told[]): Told {
  return { count: addCounts(parts.map(({ count }) => count)), oids: parts.flatMap(({ oids }) => oids) };
}

/** Null for no rows; color only where every row has it, as on color machines. */
function wholeOf(rows: readonly CountRow[]): Split | null {
  if (rows.length === 0) return null;
  const colors = rows.map(({ color }) => color).filter((color) => color !== null);
  return { all: sumOf(rows.map(({ all }) => all)), color: colors.length === rows.length ? sumOf(colors) : null };
}

function difference(whole: Told, part: Told): Told | null {
  const rest = BigInt(whole.count) - BigInt(part.count);
  return rest < 0n ? null : { count: counterOf(rest), oids: [...whole.oids, ...part.oids] };
}

function claim(draft: Draft, path: CountPath, told: Told | null, check?: string): void {
  if (told === null) return;
  const how = told.oids.length > 1 ? 'sum' : 'value';
  const checked = check === undefined ? {} : { check };
  draft.count(path, told.count, { oids: told.oids, how, evidence: 'capture', ...checked });
}

function claimTotal(
  answers: Answers,
  draft: Draft,
  byFunction: Split | null,
  bySize: Split | null,
  large: Split | null,
): void {
  const mono = cell(answers, monoPages, '1.1');
  const color = cell(answers, colorPages, '1.1');
  const told = cell(answers, impressions, '1.1');
  const plain = mono !== null && color !== null ? sumOf([mono, color]) : null;
  const once = told ?? onceByTables(plain, byFunction, bySize, large);
  const life = draft.counts.get('counters.life');

  if (plain !== null && (once === null || once.count === plain.count)) {
    const check = plain.count === life?.value ? 'mono + color = life count' : 'mono + color = total';
    claim(draft, 'counters.total.all', once ?? plain, check);
    claim(draft, 'counters.total.mono', mono, check);
    claim(draft, 'counters.total.color', color, check);
    return;
  }
  if (plain === null && once === null) claim(draft, 'counters.total.mono', mono);
  const whole = once ?? (life === undefined ? null : { count: life.value, oids: life.source.oids });
  const tables = [byFunction, bySize].filter((table) => table !== null);
  const closing = tables.find((table) => table.color !== null && table.all.count === whole?.count);
  claim(draft, 'counters.total.all', once ?? closing?.all ?? null);
  if (closing !== undefined && closing.color !== null) {
    const check = 'functions or sizes = total';
    draft.confirm('counters.total.all', check);
    claim(draft, 'counters.total.color', closing.color, check);
    claim(draft, 'counters.total.mono', difference(closing.all, closing.color), check);
  } else if (plain !== null) denySplit(draft, [mono, color]);
}

/** Machines without the impressions object: both tables agree, and mono and color are more by just the large pages. */
function onceByTables(
  plain: Told | null,
  byFunction: Split | null,
  bySize: Split | null,
  large: Split | null,
): Told | null {
  if (plain === null || byFunction === null || bySize === null || large === null) return null;
  if (byFunction.all.count !== bySize.all.count || byFunction.all.count === plain.count) return null;
  return difference(plain, byFunction.all)?.count === large.all.count ? byFunction.all : null;
}

function denySplit(draft: Draft, told: readonly (Told | null)[]): void {
  for (const [index, shade] of (['mono', 'color'] as const).entries()) {
    const { count, oids } = told[index] ?? { count: 0, oids: [] };
    draft.reject(`counters.total.${shade}`, String(count), oids, 'counted on another base than the impressions');
    draft.untold(`counters.total.${shade}`, 'checkFailed');
  }
}

function claimFunctions(answers: Answers, draft: Draft, rows: readonly CountRow[], check: string | undefined): void {
  for (const { instance, all, color } of rows) {
    const id = integerOf(answers.value(functions.meaning.oid, instance));
    if (id === null) continue;
    const split = FUNCTIONS[id];
    if (split === undefined) {
      draft.other({
        name: id === 0 ? 'Other pages' : `Pages of function ${id}`,
        value: all.count,
        unit: 'impressions',
      });
      continue;
    }
    if (split !== 'print') draft.kind('mfp', `has a ${split} counter`);
    claim(draft, `counters.${split}.all`, all, check);
    const mono = color === null ? null : difference(all, color);
    if (mono === null) continue;
    claim(draft, `counters.${split}.mono`, mono, check);
    claim(draft, `counters.${split}.color`, color, check);
  }
}

/** Counts that have no word of their own in a reading. Two-sided pages are told by no object. */
function claimOthers(answers: Answers, draft: Draft): void {
  for (const [object, name] of OTHERS) {
    const told = cell(answers, object, '1.1');
    if (told !== null) draft.other({ name, value: told.count, unit: 'impressions' });
  }
  const millimetres = cell(answers, length, '1.1');
  if (millimetres !== null && integerOf(answers.value(lengthUnit.oid, '1.1')) === MILLIMETRES)
    draft.other({ name: 'Length of media', value: millimetres.count, unit: 'millimetres' });
}
