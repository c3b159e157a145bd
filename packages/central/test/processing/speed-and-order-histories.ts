/** Further histories of one machine: what its own speed says, and clocks that are known by a reading's place in the file. */
import {
  type CounterHistory,
  colorOf,
  lost,
  monoOf,
  noon,
  only,
  pagesBetween,
  plain,
  whole,
} from './counter-histories.ts';
import { at, DAY, type Hour, office, type ReadingFacts, told } from './office-history.ts';

const ahead = (first: number, last: number, by: number) =>
  told(plain, (facts, index) =>
    index >= first && index < last ? { ...facts, takenAt: Number(facts.takenAt) + by } : facts,
  );

export const WITHOUT_ORDER: readonly CounterHistory[] = [
  {
    name: 'a clock a year ahead for half a day, known by its place',
    readings: ahead(noon, noon + 12, 365 * DAY),
    all: whole,
  },
  {
    name: 'a clock a year behind for half a day, known by its place',
    readings: ahead(noon, noon + 12, -365 * DAY),
    all: whole,
  },
  {
    name: 'a clock that goes a year back for the last twelve hours, known by its place',
    readings: ahead(at(11, 1), at(11, 13), -365 * DAY).slice(0, at(11, 13)),
    all: pagesBetween(plain, 0, at(11, 12)),
  },
  {
    name: 'a late report of last year at the end of the file, of more than a reset left, is no wrong clock',
    readings: [
      ...told(plain).slice(0, at(11, 13)),
      ...told(office({ start: plain[0] ? plain[0].at - 300 * DAY : 0, days: 1, from: 900_000 })),
    ],
    all: pagesBetween(plain, 0, at(11, 12)) + pagesBetween(office({ days: 1, from: 900_000 })),
    events: ['back', 'counterReset', 'silent'],
    questions: ['fell'],
  },
  {
    name: 'readings of last year that come amid others are a late report, not a wrong clock',
    readings: [
      ...told(plain).slice(0, noon),
      ...told(office({ start: plain[0] ? plain[0].at - 300 * DAY : 0, days: 1, from: 80_000 })),
      ...told(plain).slice(noon),
    ],
    all: pagesBetween(plain) + (plain[0]?.all ?? 0) - 80_000,
    events: ['back', 'silent'],
  },
  ...[false, true].map((reversed): CounterHistory => {
    const id = (epoch: string, index: number) => ({ box: '411223312', epoch, seq: index + 1 });
    const sent = told(plain, (facts, index) => ({ ...facts, id: id('b0', index) }));
    // A restored box sends a third of what it had sent, under another epoch, some of it before.
    const again = told(plain, (facts, index) => (index % 3 === 0 ? { ...facts, id: id('a1', index) } : null));
    const file = [...sent, ...again];
    return {
      name: `readings that come again under another epoch${reversed ? ', the copies first' : ''}`,
      readings: reversed ? file.toReversed() : file,
      all: whole,
      mono: monoOf(plain),
    };
  }),
];

const press = office({ days: 60, from: 4_000_000, hourly: 20_000 });
const older = (facts: ReadingFacts, hours: readonly Hour[], value: number, scanned: number): ReadingFacts => ({
  ...only(facts, 'all', Number(facts.all) - (hours[noon - 1]?.all ?? 0) + value),
  print: Number(facts.all) - (hours[noon - 1]?.all ?? 0) + scanned,
});

export const SPEEDS: readonly CounterHistory[] = [
  {
    name: 'a press that is read once a day shows its speed',
    readings: told(press.filter((_, index) => index % 24 === 7)),
    all: pagesBetween(press, 7, at(59, 7)),
  },
  {
    name: 'put back to an older state: a counter that stands near zero after it did not begin there',
    readings: told(plain, (facts, index) =>
      index < noon ? { ...only(facts, 'all'), print: Number(facts.all) - 82_000 } : older(facts, plain, 20_000, 5),
    ),
    all: whole - lost,
    print: whole - lost,
    events: ['counterReset'],
    questions: ['fell'],
  },
  {
    name: 'right readings among zeros tell on which day their pages were made',
    readings: told(plain, (facts, index) =>
      [70, 73, 76].includes(index) ? { ...facts, all: 0, mono: 0, color: 0 } : facts,
    ),
    all: whole,
    mono: monoOf(plain),
    color: colorOf(plain),
  },
];
