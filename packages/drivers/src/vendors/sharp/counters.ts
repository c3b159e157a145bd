/**
 * Sharp's counters: a table that names its rows. The label goes before the row's number, which means other things on other
 * models (8.4.50 is "Scan to HDD" here, "Scan to E-mail/FTP" there). No row holds mono and color together.
 */
import type { Counter } from '@rsb/contract';
import { childOf, type Oid, oid } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { withdrawFalseHalves } from '../../blocks/counter-checks.ts';
import { textAt } from '../../blocks/text.ts';
import { claimSum, everyShade } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { Draft, SplitName, SplitPath } from '../../draft.ts';

const source = 'capture sharp_mx-3570n, sums close';
const column = (number: string, name: string, purpose: string, lasting: boolean): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.2385.1.1.19.2.1.${number}`),
  name,
  purpose,
  part: 'counters',
  evidence: 'capture',
  source,
  lasting,
});
const values = column('3', 'counter values', 'counters by function and color', false);
const labels = column('4', 'counter names', 'what a counter counts, in words', true);

type Meaning = `${SplitName}.${'all' | 'mono' | 'color'}`;

const MONO = '(?:black ?(?:&|and) ?white|b ?[&/] ?w|monochrome|black)';
const COLORS = '(?:(?:full|two|2|single|one) ?-?)?colou?r';
/** Rows of one meaning are added up: colors of a function, and places that scans are sent to. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = (
  [
    ['print', 'prints?'],
    ['copy', '(?:copy|copies)'],
    ['total', 'total'],
    ['scan', String.raw`(?:scanner|scan(?: to [\w/ -]+?)?)`],
    ['fax', String.raw`(?:fax (?:print|output)s?|prints? \(fax\))`],
  ] as const
).flatMap(([split, words]): readonly (readonly [RegExp, Meaning])[] => [
  [new RegExp(`^${MONO} ${words}(?: count)?$`, 'i'), `${split}.mono`],
  [new RegExp(`^${COLORS} ${words}(?: count)?$`, 'i'), `${split}.color`],
  [new RegExp(`^${words}(?: count)?$`, 'i'), `${split}.all`],
]);

/** The same on two models, for walks without labels. */
const USUAL_ROWS: Readonly<Record<string, Meaning>> = {
  '1.4.60': 'print.all',
  '1.4.61': 'print.mono',
  '1.4.63': 'print.color',
  '4.4.60': 'copy.all',
  '4.4.61': 'copy.mono',
  '4.4.63': 'copy.color',
  '4.4.64': 'copy.color',
  '4.4.80': 'copy.color',
  '5.4.61': 'total.mono',
  '5.4.63': 'total.color',
  '5.4.64': 'total.color',
  '5.4.80': 'total.color',
};

interface Told {
  readonly counts: readonly Counter[];
  readonly oids: readonly Oid[];
  readonly labeled: boolean;
}

export const sharpCounters: Block = {
  name: 'sharpCounters',
  fills: everyShade('total', 'print', 'copy', 'fax', 'scan'),
  asks: [values, labels],
  read(answers, draft) {
    for (const [meaning, { counts, oids, labeled }] of meaningsOf(answers, draft)) {
      const path: SplitPath = `counters.${meaning}`;
      draft.count(path, addCounts(counts), {
        oids,
        how: counts.length > 1 ? 'sum' : 'join',
        evidence: labeled ? 'capture' : 'reported',
      });
    }
    withdrawFalseHalves(draft, ['print', 'copy', 'scan', 'fax', 'total']);
    claimSum(draft, 'counters.total.all', ['counters.total.mono', 'counters.total.color']);
    if (draft.countOf('counters.copy.all') !== null || draft.countOf('counters.scan.all') !== null)
      draft.kind('mfp', 'counts copies or scans');
  },
};

function meaningsOf(answers: Answers, draft: Draft): ReadonlyMap<Meaning, Told> {
  const told = new Map<Meaning, Told>();
  for (const { instance, value } of answers.column(values.oid)) {
    const count = countOf(value);
    const label = textAt(answers, labels, instance);
    if (count === null) continue;
    const meaning = label === null ? USUAL_ROWS[instance] : MEANINGS.find(([words]) => words.test(label))?.[1];
    if (meaning === undefined) {
      // What "Duplex" and "Document Feeder" count, sides or sheets, is not said.
      const unit = /\b(?:prints?|filing|other)\b/i.test(label ?? '') ? 'impressions' : 'count';
      if (label === null) continue;
      const oids = [childOf(labels.oid, instance), childOf(values.oid, instance)];
      draft.other({ name: label, value: count, unit }, { oids, how: 'join', evidence: 'capture' });
      continue;
    }
    const before = told.get(meaning);
    const meant = label === null ? [] : [childOf(labels.oid, instance)];
    told.set(meaning, {
      counts: [...(before?.counts ?? []), count],
      oids: [...(before?.oids ?? []), ...meant, childOf(values.oid, instance)],
      labeled: label !== null && (before?.labeled ?? true),
    });
  }
  return told;
}
