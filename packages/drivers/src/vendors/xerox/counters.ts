/**
 * xcmHrDevDetailTable (XEROX-HOST-RESOURCES-EXT-MIB): usage since the machine was made (type 20), told by hrDeviceIndex and
 * number. The number's meaning is the label's; without a label it is reported only, and the machine's sums have to confirm it.
 */
import type { Counter, Evidence } from '@rsb/contract';
import { childOf, oid } from '@rsb/snmp/oid';
import { addCounts, countOf } from '../../blocks/count.ts';
import { knownBySign } from '../../blocks/known-by-sign.ts';
import { textAt } from '../../blocks/text.ts';
import { claimSum, everyShade } from '../../blocks/vendor-counters.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import type { CountPath, Draft } from '../../draft.ts';

interface UsageRow {
  /** hrDeviceIndex.20.number */
  readonly instance: string;
  readonly label: RegExp;
  readonly fills: CountPath;
}

const row = (instance: string, label: RegExp, fills: CountPath): UsageRow => ({ instance, label, fills });
/** Copiers stand at 11 on newer machines and at 103 on older ones and those of Fuji Xerox. */
const copier = (number: number, label: RegExp, fills: CountPath): readonly UsageRow[] =>
  [11, 103].map((device) => row(`${device}.20.${number}`, label, fills));

const ROWS: readonly UsageRow[] = [
  row('1.20.1', /^total impressions$/i, 'counters.total.all'),
  row('1.20.34', /^black impressions$/i, 'counters.total.mono'),
  row('1.20.33', /^colou?r impressions$/i, 'counters.total.color'),
  row('1.20.7', /^black printed impressions$/i, 'counters.print.mono'),
  row('1.20.29', /^colou?r printed impressions$/i, 'counters.print.color'),
  ...copier(3, /^black copied impressions$/i, 'counters.copy.mono'),
  ...copier(25, /^colou?r copied impressions$/i, 'counters.copy.color'),
  row('1.20.71', /^(?:black )?fax(?:ed)? impressions$/i, 'counters.fax.all'),
  row('104.20.15', /^(?:black )?fax(?:ed)? impressions$/i, 'counters.fax.all'),
  row('1.20.47', /^large impressions$/i, 'counters.largeFormat'),
];
const TWO_SIDED = row('1.20.39', /^(?:2|two)[ -]sided sheets$/i, 'counters.duplex');
/** Parts of what was scanned, kept by the label's own name. */
const IMAGES = ['10.20.11', '10.20.12', '102.20.11', '102.20.21'];
const IMAGE = /\bimages?\b|\bscan/i;
/** A label that speaks of counts and not of this one. */
const COUNTS = /impressions|sheets|images/i;

/** Machines with the table have these; newer ones have no such table at all. */
const SIGNS = ['1.20.1', '1.20.34', '1.20.7'];

const column = (
  number: number,
  name: string,
  purpose: string,
  lasting: boolean,
  instances: readonly string[],
): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.253.8.53.13.2.1.${number}`),
  name,
  purpose,
  part: 'counters',
  evidence: 'mib',
  source: 'XEROX-HOST-RESOURCES-EXT-MIB xcmHrDevDetailTable',
  instances,
  lasting,
});
const usageAsked = (instances: readonly string[]): AskedObject =>
  column(6, 'xcmHrDevDetailValueInteger', 'counters by function and color', false, instances);
const INSTANCES = [...ROWS, TWO_SIDED].map(({ instance }) => instance).concat(IMAGES);
const usage = usageAsked(SIGNS);
const furtherUsage = usageAsked(INSTANCES.filter((instance) => !SIGNS.includes(instance)));
const usageLabel: AskedObject = {
  ...column(8, 'xcmHrDevDetailValueString', 'what a counter counts, in words', true, INSTANCES),
  instancesFor: (known) => INSTANCES.filter((instance) => known.value(usage.oid, instance) !== undefined),
};

const MFP_COUNTS: readonly CountPath[] = ['counters.copy.mono', 'counters.copy.color', 'counters.fax.all'];

export const xeroxCounters: Block = {
  name: 'xeroxUsage',
  fills: [...everyShade('total', 'print', 'copy'), 'counters.fax.all', 'counters.duplex', 'counters.largeFormat'],
  asks: [...knownBySign([usage], [furtherUsage]), usageLabel],
  read(answers, draft) {
    for (const { fills, ...at } of ROWS) {
      const told = usageAt(answers, draft, { fills, ...at });
      if (told !== null) draft.count(fills, told.count, { oids: told.oids, how: 'join', evidence: told.evidence });
    }
    if (MFP_COUNTS.some((path) => draft.countOf(path) !== null)) draft.kind('mfp', 'counts copies or faxes');

    const sheets = usageAt(answers, draft, TWO_SIDED);
    if (sheets !== null) {
      draft.count('counters.duplex', addCounts([sheets.count, sheets.count]), {
        oids: sheets.oids,
        how: 'sum',
        evidence: sheets.evidence,
      });
    }
    for (const instance of IMAGES) {
      const count = countOf(answers.value(usage.oid, instance));
      const name = textAt(answers, usageLabel, instance);
      if (count === null || name === null || !IMAGE.test(name)) continue;
      const oids = [childOf(usageLabel.oid, instance), childOf(usage.oid, instance)];
      draft.other({ name, value: count, unit: 'count' }, { oids, how: 'join', evidence: 'mib' });
    }
    claimSum(draft, 'counters.print.all', ['counters.print.mono', 'counters.print.color']);
    claimSum(draft, 'counters.copy.all', ['counters.copy.mono', 'counters.copy.color']);
  },
};

function usageAt(
  answers: Answers,
  draft: Draft,
  { instance, label, fills }: UsageRow,
): {
  readonly count: Counter;
  readonly oids: readonly ReturnType<typeof childOf>[];
  readonly evidence: Evidence;
} | null {
  const count = countOf(answers.value(usage.oid, instance));
  if (count === null) return null;
  const name = textAt(answers, usageLabel, instance);
  const value = childOf(usage.oid, instance);
  if (name !== null && label.test(name)) {
    return { count, oids: [childOf(usageLabel.oid, instance), value], evidence: 'mib' };
  }
  if (name !== null && COUNTS.test(name)) {
    draft.reject(fills, String(count), [value], `labeled "${name}"`);
    return null;
  }
  return { count, oids: [value], evidence: 'reported' };
}
