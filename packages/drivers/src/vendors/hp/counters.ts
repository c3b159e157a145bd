/**
 * HP's counters: pages of the print engine in mono and color, sheets that went through the duplexer, copies and faxes. The
 * accounting tree is known by HP's own tools only, so its totals are used only where they add up.
 */
import { childOf } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { withdrawAboveWhole } from '../../blocks/counter-checks.ts';
import { knownBySign } from '../../blocks/known-by-sign.ts';
import { claimSum, type VendorCount, vendorCounts } from '../../blocks/vendor-counters.ts';
import type { AskedObject, Block } from '../../definition.ts';
import type { CountPath, Source } from '../../draft.ts';
import { pmlObject } from './objects.ts';

const PML = '1.3.6.1.4.1.11.2.3.9.4.2.1';
const captured = 'HP-LASERJET-COMMON-MIB; capture hp_laserjet-mfp-m130nw, sums close';
const mib = 'HP-LASERJET-COMMON-MIB';
const byTool = "HP's device usage collector";

const count = (number: string, fills: CountPath, name: string, source = mib): VendorCount => ({
  oid: `${PML}.${number}`,
  fills,
  name,
  source,
});
const reported = (number: string, fills: CountPath, name: string, source: string): VendorCount => ({
  ...count(number, fills, name, source),
  evidence: 'reported',
});

const enginePages = {
  ...count('4.1.2.5', 'counters.vendorLife', 'total-engine-page-count', captured),
  sign: true,
} as const;

const pages = vendorCounts('hpPages', [
  enginePages,
  { ...enginePages, fills: 'counters.total.all' },
  { ...count('4.1.2.6', 'counters.total.mono', 'total-mono-page-count', captured), sign: true },
  count('4.1.2.7', 'counters.total.color', 'total-color-page-count'),
  { ...count('2.2.1.63', 'counters.copy.all', 'copier-print-page-count'), sign: true },
  count('3.7.1.32', 'counters.fax.all', 'fax-printed-page-count'),
  reported('2.2.1.122', 'counters.copy.mono', 'mono copies', 'one project'),
  reported('2.2.1.123', 'counters.copy.color', 'color copies', 'one project'),
]);

const accounting = vendorCounts('hpAccounting', [
  { ...reported('1.16.1.9', 'counters.total.all', 'usage total', byTool), sign: true },
  reported('1.16.1.10', 'counters.total.color', 'usage color', byTool),
  reported('1.16.1.11', 'counters.total.mono', 'usage mono', byTool),
]);

const duplexSheets = pmlObject('4.1.2.22', 'counters', 'duplex-page-count', 'duplex count', captured);
const feederScans = pmlObject('2.2.1.20', 'counters', 'scanner-adf-page-count', 'scans from the document feeder');
const glassScans = pmlObject('2.2.1.21', 'counters', 'flatbed scans', 'scans from the glass');

/** Of the engine and of the copier; the scanner's own is that of its glass. */
const signs = pages.asks.filter((object) => object.signs === undefined);

const COPIES_AND_FAXES: readonly CountPath[] = ['counters.copy.all', 'counters.fax.all'];

const asTold = ({ oid, evidence }: AskedObject): Source => ({ oids: [childOf(oid, '0')], how: 'value', evidence });

const sums: Block = {
  name: 'hpSums',
  fills: ['counters.total.all', 'counters.duplex'],
  asks: knownBySign([...signs, glassScans], [duplexSheets, feederScans]),
  read(answers, draft) {
    const told = ({ oid }: AskedObject) => countOf(answers.value(oid, '0'));

    claimSum(draft, 'counters.total.all', ['counters.total.mono', 'counters.total.color']);
    withdrawAboveWhole(draft, 'counters.total.all', ['counters.total.mono', 'counters.total.color']);
    // The scanner's objects hold garbage on some machines.
    withdrawAboveWhole(draft, 'counters.total.all', COPIES_AND_FAXES);

    const sheets = told(duplexSheets);
    if (sheets !== null) {
      // "A sheet is counted if it travels through the duplex page path": two sides of the engine's pages each.
      draft.count('counters.duplex', addCounts([sheets, sheets]), {
        oids: [childOf(duplexSheets.oid, '0')],
        how: 'sum',
        evidence: 'mib',
      });
      draft.other({ name: 'Two-sided sheets', value: sheets, unit: 'sheets' }, asTold(duplexSheets));
      withdrawAboveWhole(draft, 'counters.total.all', ['counters.duplex']);
    }
    for (const object of [feederScans, glassScans]) {
      const scans = told(object);
      if (scans === null) continue;
      const name = object === feederScans ? 'Scans from the feeder' : 'Scans from the glass';
      draft.other({ name, value: scans, unit: 'count' }, asTold(object));
      if (scans !== 0) draft.kind('mfp', 'has scanned');
    }
    if (COPIES_AND_FAXES.some((path) => draft.countOf(path) !== null)) draft.kind('mfp', 'counts copies or faxes');
  },
};

export const hpCounters: readonly Block[] = [pages, sums, accounting];
