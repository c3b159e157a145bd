/** Further histories of one machine: boards that come and go, ends of counters, and clocks that are wrong for a while. */
import { type CounterHistory, lost, monoOf, noon, only, pagesBetween, plain, whole } from './counter-histories.ts';
import { at, DAY, HOUR, office, type ReadingFacts, told } from './office-history.ts';

const slow = office({ from: 5000, hourly: 3 });
const slowest = office({ from: 2000, hourly: 3 });
const back = at(6, 14);
/** What the board put in at noon of the fourth day showed then. */
const lower = (facts: ReadingFacts, to: number): ReadingFacts =>
  only(facts, 'all', Number(facts.all) - (slow[noon - 1]?.all ?? 0) + to);
/** The old board, put back, goes on where it stood. */
const putBack = (facts: ReadingFacts): ReadingFacts =>
  only(facts, 'all', Number(facts.all) - (slow[back - 1]?.all ?? 0) + (slow[noon - 1]?.all ?? 0));
const heavy = office({ days: 40, from: 60_000, hourly: 500 });
const nearEnd = office({ from: 99_700 - pagesBetween(plain, 0, noon - 1) });
const restarted = office({ days: 40 });
const reset = at(10, 12);
const fromZero = (facts: ReadingFacts): ReadingFacts =>
  only(facts, 'all', Number(facts.all) - (restarted[reset - 1]?.all ?? 0));

export const BOARDS: readonly CounterHistory[] = [
  ...[
    { higher: 'as many pages higher as an hour could print', to: 1000 },
    { higher: 'as many pages higher as an hour could not print, but two: only the leap is held back', to: 700 },
  ].map(
    ({ higher, to }): CounterHistory => ({
      name: `a used board for three days, then the old one again, ${higher}: twice a question`,
      readings: told(slow, (facts, index) =>
        index < noon ? only(facts, 'all') : index < back ? lower(facts, to) : putBack(facts),
      ),
      all: pagesBetween(slow) - pagesBetween(slow, noon - 1, noon) - pagesBetween(slow, back - 1, back),
      events: ['counterJump', 'counterReset'],
      questions: ['fell', 'rose'],
    }),
  ),
  {
    name: 'a used board for two days that counts on its own is no run of wrong readings',
    readings: told(slow, (facts, index) => {
      if (index < noon) return only(facts, 'all');
      return index < noon + 48
        ? lower(facts, 1000)
        : only(facts, 'all', Number(facts.all) - pagesBetween(slow, noon - 1, noon + 47));
    }),
    all: pagesBetween(slow) - pagesBetween(slow, noon - 1, noon) - pagesBetween(slow, noon + 47, noon + 48),
    events: ['counterJump', 'counterReset'],
    questions: ['fell', 'rose'],
  },
  {
    name: 'some counts fell, one went below zero: one question',
    readings: told(plain, (facts, index) =>
      index < noon
        ? { ...facts, print: Number(facts.all) - 75_000 }
        : { ...facts, all: Number(facts.all) - 40_000, print: Number(facts.all) - 115_000 },
    ),
    all: whole - lost,
    mono: monoOf(plain),
    print: whole - lost,
    events: ['counterJump', 'counterReset'],
    questions: ['fell'],
  },
  {
    name: 'three ends of 2^16 in one history',
    readings: told(heavy, (facts) => only(facts, 'all', Number(facts.all) % 2 ** 16)),
    all: pagesBetween(heavy),
    events: ['counterWrapped', 'counterWrapped', 'counterWrapped'],
  },
  {
    name: 'a reset when the total stood three hundred below 100,000 is no end of five digits',
    readings: told(nearEnd, (facts, index) =>
      index < noon
        ? only(facts, 'all')
        : index < noon + 60
          ? null
          : only(facts, 'all', Number(facts.all) - (nearEnd[noon + 12]?.all ?? 0)),
    ),
    all: pagesBetween(nearEnd, 0, noon - 1) + pagesBetween(nearEnd, noon + 12),
    events: ['back', 'counterReset', 'silent'],
  },
];

export const CLOCKS: readonly CounterHistory[] = [
  {
    name: 'a reset, and later a clock a year behind: those readings fit at the beginning too, but they stand where they came',
    readings: told(restarted, (facts, index) => {
      const seen = index < reset ? only(facts, 'all') : fromZero(facts);
      return index >= at(20, 9) && index < at(20, 18) ? { ...seen, takenAt: Number(facts.takenAt) - 365 * DAY } : seen;
    }),
    all: pagesBetween(restarted),
    events: ['counterReset'],
  },
  {
    name: 'a clock an hour behind for a day, known by its place',
    readings: told(plain, (facts, index) =>
      index >= noon && index < noon + 24 ? { ...facts, takenAt: Number(facts.takenAt) - HOUR + 61_000 } : facts,
    ),
    all: whole,
  },
  {
    name: 'a new driver on a machine that prints little, with 150 more in total and life: no page of them',
    readings: told(slowest, (facts, index) => ({
      ...only(facts, 'all', Number(facts.all) + (index < noon ? 0 : 150)),
      life: Number(facts.all) + (index < noon ? 0 : 150),
      driver: index < noon ? ['ricoh', 1] : ['ricoh', 2],
    })),
    all: pagesBetween(slowest) - pagesBetween(slowest, noon - 1, noon),
    events: ['counterRebased'],
  },
];
