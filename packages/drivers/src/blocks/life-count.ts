/** prtMarkerLifeCount of the first marker, in the unit that the device says. */
import type { CounterUnit } from '@rsb/contract';
import { childOf } from '@rsb/snmp/oid';
import type { Block } from '../definition.ts';
import { countOf, integerOf } from './count.ts';
import { prtMarkerCounterUnit, prtMarkerLifeCount } from './standard-objects.ts';
import { unitRow } from './unit-row.ts';

/** PrtMarkerCounterUnitTC by number; inches, micrometres and metres have no word in the contract. */
const UNITS: Readonly<Record<number, CounterUnit>> = {
  5: 'count',
  6: 'count',
  7: 'impressions',
  8: 'sheets',
  9: 'count',
  11: 'hours',
  16: 'feet',
};

export const lifeCount: Block = {
  name: 'lifeCount',
  asks: [prtMarkerLifeCount, prtMarkerCounterUnit],
  read(answers, draft) {
    const own = unitRow(answers, prtMarkerLifeCount.oid, draft.context);
    if (own === undefined) return;
    draft.count('counters.life', countOf(answers.value(prtMarkerLifeCount.oid, own)), {
      oids: [childOf(prtMarkerLifeCount.oid, own)],
      how: 'value',
      evidence: 'mib',
    });
    draft.lifeUnit = UNITS[integerOf(answers.value(prtMarkerCounterUnit.oid, own)) ?? 0] ?? null;
  },
};
