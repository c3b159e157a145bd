/**
 * Ricoh's counters: a table that names its rows by type number and in English, and four scalars for machines without it.
 * Type numbers by RicohPrivateMIB; rows stand in another order on each model.
 */
import type { CounterUnit } from '@rsb/contract';
import { oid } from '@rsb/snmp/oid';
import { type CounterRule, claimSum, counterTable, vendorCounts } from '../../blocks/vendor-counters.ts';
import type { Answers, Block } from '../../definition.ts';
import type { CountPath, SplitName } from '../../draft.ts';

const COUNTERS = '1.3.6.1.4.1.367.3.2.1.2.19';
const TYPES = oid(`${COUNTERS}.5.1.2`);
const source = 'RicohPrivateMIB ricohEngCounterTable';

const MONO = String.raw`(?:black\s*&\s*white|b\s*&\s*w|monocolou?r)`;
const FULL = 'full[ -]?colou?r';
/** A row by its type number, else by its English name; blanks after a colon come and go with the model. */
const row = (type: number | null, name: string | null, fills: CountPath): CounterRule => ({
  ...(type === null ? {} : { type }),
  ...(name === null ? {} : { named: new RegExp(`^${name.replaceAll(':', String.raw`:\s*`)}$`, 'i') }),
  fills,
});

/** Single- and two-color pages (type 202 …) are neither mono nor full color: they are kept by their own names. */
const ofFunction = (split: SplitName, word: string, first: number): readonly CounterRule[] => [
  row(first, `counter:${word}:total`, `counters.${split}.all`),
  row(first + 1, `counter:${word}:${MONO}`, `counters.${split}.mono`),
  row(first + 3, `counter:${word}:${FULL}`, `counters.${split}.color`),
];

const table = counterTable({
  name: 'ricohEngCounter',
  source,
  typeColumn: TYPES,
  nameColumn: `${COUNTERS}.5.1.5`,
  valueColumn: `${COUNTERS}.5.1.9`,
  rules: [
    row(10, 'counter:machine total', 'counters.vendorLife'),
    ...ofFunction('copy', 'copy', 200),
    ...ofFunction('fax', 'fax', 300),
    ...ofFunction('print', 'print', 400),
    row(608, 'total prints?:colou?r', 'counters.total.color'),
    row(609, `total prints?:${MONO}`, 'counters.total.mono'),
    // Models without the rows above have some of these.
    row(604, 'copier:colou?r', 'counters.copy.color'),
    row(605, `copier:${MONO}`, 'counters.copy.mono'),
    row(606, 'printer:colou?r', 'counters.print.color'),
    row(607, `printer:${MONO}`, 'counters.print.mono'),
    row(620, null, 'counters.copy.mono'),
    row(623, `copier:${FULL}`, 'counters.copy.color'),
    row(630, null, 'counters.fax.mono'),
    row(640, null, 'counters.print.mono'),
    row(642, `printer:${FULL}`, 'counters.print.color'),
    // Printers count economy color apart, so these two are a total only where they add up to the machine's.
    { ...row(null, `counter:${MONO}`, 'counters.total.mono'), evidence: 'reported' },
    { ...row(null, `counter:${FULL}`, 'counters.total.color'), evidence: 'reported' },
    row(700, '(?:counter:)?a3/dlt', 'counters.largeFormat'),
    row(701, '(?:(?:counter:)?duplex|no. of printed sides in duplex)', 'counters.duplex'),
    row(873, 'scanner(?: transmission)?:colou?r', 'counters.scan.color'),
    row(874, `scanner(?: transmission)?:${MONO}`, 'counters.scan.mono'),
  ],
  others: unitOf,
});

/** Worth keeping: single and two-color pages, staples, developer turns, transmissions; not coverage, times and cartridges. */
function unitOf(type: number | null, name: string): CounterUnit | null {
  if (/coverage|%|ratio|\btime|hour|minute|cartridge/i.test(name) || type === 800) return null;
  if (/^(?:development|.*staples?|.*transmission)/i.test(name)) return 'count';
  if (type !== null && ((type >= 200 && type < 500) || (type >= 600 && type < 700))) return 'impressions';
  return /^(?:counter|total prints?|copier|printer|fax)\s*:/i.test(name) ? 'impressions' : null;
}

/** What the table's totals of functions tell again, by their type numbers. */
const IN_TABLE: ReadonlyMap<string, number> = new Map([
  [`${COUNTERS}.2`, 400],
  [`${COUNTERS}.3`, 300],
  [`${COUNTERS}.4`, 200],
]);
const isInTable = (known: Answers, object: string): boolean =>
  known.column(TYPES).some(({ value }) => value.type === 'integer' && value.value === IN_TABLE.get(object));

const scalarCounts = vendorCounts('ricohEngCounterScalars', [
  { oid: `${COUNTERS}.1`, fills: 'counters.vendorLife', name: 'ricohEngCounterTotal', source, sign: true },
  { oid: `${COUNTERS}.2`, fills: 'counters.print.all', name: 'ricohEngCounterPrinter', source },
  { oid: `${COUNTERS}.3`, fills: 'counters.fax.all', name: 'ricohEngCounterFax', source },
  { oid: `${COUNTERS}.4`, fills: 'counters.copy.all', name: 'ricohEngCounterCopier', source },
]);

const scalars: Block = {
  ...scalarCounts,
  asks: scalarCounts.asks.map((object) => ({
    ...object,
    when: (known) => (object.when?.(known) ?? true) && !isInTable(known, object.oid),
  })),
};

const MFP_COUNTS: readonly CountPath[] = ['counters.copy.all', 'counters.fax.all', 'counters.scan.all'];

/** No row is the total of both colors, nor of both kinds of scans. The machine total may be another number. */
const sums: Block = {
  name: 'ricohSums',
  fills: ['counters.total.all', 'counters.scan.all'],
  asks: [],
  read(_answers, draft) {
    claimSum(draft, 'counters.total.all', ['counters.total.mono', 'counters.total.color']);
    claimSum(draft, 'counters.scan.all', ['counters.scan.mono', 'counters.scan.color']);
    if (MFP_COUNTS.some((path) => draft.countOf(path) !== null)) draft.kind('mfp', 'has copy, fax or scan counters');
  },
};

export const ricohCounters: readonly Block[] = [table, scalars, sums];
