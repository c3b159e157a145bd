/**
 * Ricoh's counters: a table that names its rows by type number and in English, and four scalars for machines without it.
 * Type numbers by RicohPrivateMIB; rows stand in another order on each model.
 */
import type { CounterUnit } from '@rsb/contract';
import { claimSum, counterTable, vendorCounts } from '../../blocks/vendor-counters.ts';
import type { Block } from '../../definition.ts';
import type { CountPath, SplitName } from '../../draft.ts';

const COUNTERS = '1.3.6.1.4.1.367.3.2.1.2.19';
const source = 'RicohPrivateMIB ricohEngCounterTable';

const named = (type: number, name: RegExp, fills: CountPath) => ({ type, named: name, fills });

const BLACK = String.raw`(?:black\s*&\s*white|b\s*&\s*w|black|mono(?:chrome)?)`;
const ofFunction = (split: SplitName, word: string, first: number) => [
  named(first, new RegExp(`^counter:\\s*${word}:\\s*total$`, 'i'), `counters.${split}.all`),
  named(first + 1, new RegExp(`^counter:\\s*${word}:\\s*${BLACK}$`, 'i'), `counters.${split}.mono`),
  named(first + 3, /^$/, `counters.${split}.color`),
  {
    named: new RegExp(`^counter:\\s*${word}:\\s*full[ -]?colou?r$`, 'i'),
    fills: `counters.${split}.color` as CountPath,
  },
];

const table = counterTable({
  name: 'ricohEngCounter',
  source,
  typeColumn: `${COUNTERS}.5.1.2`,
  nameColumn: `${COUNTERS}.5.1.5`,
  valueColumn: `${COUNTERS}.5.1.9`,
  rules: [
    named(10, /^counter:\s*machine total$/i, 'counters.vendorLife'),
    ...ofFunction('copy', 'copy', 200),
    ...ofFunction('fax', 'fax', 300),
    ...ofFunction('print', 'print', 400),
    named(608, /^total prints?:\s*colou?r$/i, 'counters.total.color'),
    named(609, new RegExp(`^total prints?:\\s*${BLACK}$`, 'i'), 'counters.total.mono'),
    // Older machines have these instead.
    named(604, /^copier:\s*colou?r$/i, 'counters.copy.color'),
    named(605, new RegExp(`^copier:\\s*${BLACK}$`, 'i'), 'counters.copy.mono'),
    named(606, /^printer:\s*colou?r$/i, 'counters.print.color'),
    named(607, new RegExp(`^printer:\\s*${BLACK}$`, 'i'), 'counters.print.mono'),
    named(620, /^$/, 'counters.copy.mono'),
    named(623, /^$/, 'counters.copy.color'),
    named(630, /^$/, 'counters.fax.mono'),
    named(640, /^$/, 'counters.print.mono'),
    named(642, /^$/, 'counters.print.color'),
    named(700, /^(?:counter:\s*)?a3\/dlt$/i, 'counters.largeFormat'),
    named(701, /^(?:counter:\s*)?duplex$/i, 'counters.duplex'),
    named(873, /^scanner:\s*colou?r$/i, 'counters.scan.color'),
    named(874, new RegExp(`^scanner:\\s*${BLACK}$`, 'i'), 'counters.scan.mono'),
  ],
  others: unitOf,
});

/** Kept by their own names: single and two-color pages, staples, transmissions. Coverage percentages and hours are not. */
function unitOf(type: number | null, name: string): CounterUnit | null {
  if (/coverage|%|ratio|time|hour|minute/i.test(name)) return null;
  if (type === 602 || type === 603 || type === 702 || (type !== null && type >= 870 && type < 880)) return 'count';
  if (type !== null && ((type >= 200 && type < 500) || (type >= 600 && type < 700))) return 'impressions';
  return /^(?:counter|total prints?|copier|printer|fax)\b/i.test(name) ? 'impressions' : null;
}

const scalars = vendorCounts('ricohEngCounterScalars', [
  { oid: `${COUNTERS}.1`, fills: 'counters.vendorLife', name: 'ricohEngCounterTotal', source },
  { oid: `${COUNTERS}.2`, fills: 'counters.print.all', name: 'ricohEngCounterPrinter', source },
  { oid: `${COUNTERS}.3`, fills: 'counters.fax.all', name: 'ricohEngCounterFax', source },
  { oid: `${COUNTERS}.4`, fills: 'counters.copy.all', name: 'ricohEngCounterCopier', source },
]);

/** No row is the total of both colors, nor of both kinds of scans. The machine total may be another number. */
const sums: Block = {
  name: 'ricohSums',
  asks: [],
  read(_answers, draft) {
    claimSum(draft, 'counters.total.all', ['counters.total.mono', 'counters.total.color']);
    claimSum(draft, 'counters.scan.all', ['counters.scan.mono', 'counters.scan.color']);
    if (
      ['counters.copy.all', 'counters.fax.all', 'counters.scan.all'].some(
        (path) => draft.countOf(path as CountPath) !== null,
      )
    ) {
      draft.kind('mfp', 'has copy, fax or scan counters');
    }
  },
};

export const ricohCounters: readonly Block[] = [table, scalars, sums];
