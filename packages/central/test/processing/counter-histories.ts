/** Counter histories of one machine, each with its one right answer. */
import { at, DAY, HOUR, type Hour, office, type Reading, type ReadingFacts, told } from './office-history.ts';

export interface CounterHistory {
  readonly name: string;
  readonly readings: readonly Reading[];
  /** Pages in all; null = no day tells any. */
  readonly all: number | null;
  readonly mono?: number;
  readonly color?: number;
  readonly print?: number;
  readonly events?: readonly string[];
  readonly questions?: readonly string[];
  readonly device?: string;
}

export const plain = office();
export const pagesBetween = (hours: readonly Hour[], from = 0, to = hours.length - 1): number =>
  (hours[to]?.all ?? 0) - (hours[from]?.all ?? 0);
export const whole = pagesBetween(plain);
export const monoOf = (hours: readonly Hour[]) => (hours.at(-1)?.mono ?? 0) - (hours[0]?.mono ?? 0);
export const colorOf = (hours: readonly Hour[]) => (hours.at(-1)?.color ?? 0) - (hours[0]?.color ?? 0);

export const shifted = (facts: ReadingFacts, by: number, byMono = by, byColor = 0): ReadingFacts => ({
  ...facts,
  all: Number(facts.all) + by,
  mono: Number(facts.mono) + byMono,
  color: Number(facts.color) + byColor,
});
export const only = (
  facts: ReadingFacts,
  count: 'all' | 'life',
  value: number | string | null = Number(facts.all),
): ReadingFacts => ({
  takenAt: facts.takenAt,
  [count]: value,
});
/** One reading among right ones. */
export const once =
  (where: number, change: (facts: ReadingFacts) => ReadingFacts) =>
  (facts: ReadingFacts, index: number): ReadingFacts =>
    index === where ? change(facts) : facts;
/** From one reading on. */
export const since =
  (where: number, change: (facts: ReadingFacts) => ReadingFacts) =>
  (facts: ReadingFacts, index: number): ReadingFacts =>
    index >= where ? change(facts) : facts;

export const noon = at(3, 12);
const nearMillion = office({ from: 1_998_600 });
/** As if every counter had begun at zero with the reading before noon. */
const fromZero = (facts: ReadingFacts, hours: readonly Hour[]): ReadingFacts => {
  const { all = 0, mono = 0, color = 0 } = hours[noon - 1] ?? {};
  return shifted(facts, -all, -mono, -color);
};
export const lost = pagesBetween(plain, noon - 1, noon);
const busy = office({ extra: { [at(4, 10)]: 1350, [at(4, 11)]: 150 } });
const mailing = office({ extra: { [at(4, 10)]: 2650, [at(4, 11)]: 1350 } });
const heavyDaily = office({ days: 60, hourly: 40, extra: { [at(30, 12)]: 2200 } });
const wrapping = office({ from: 2 ** 32 - 1000 });
const million = office({ from: 999_000 });
const short = office({ from: 65_000 });
const negative = office({ from: 2 ** 31 - 500 });
const huge = 10n ** 20n;

export const SINGLE: readonly CounterHistory[] = [
  // 1 base and null
  { name: 'a clean fortnight', readings: told(plain), all: whole, mono: monoOf(plain), color: colorOf(plain) },
  { name: 'one reading is a base and no page', readings: told(plain.slice(0, 1)), all: null },
  { name: 'a base of 83,203 is not counted', readings: told(plain.slice(0, 24)), all: pagesBetween(plain, 0, 23) },
  { name: 'no split out of the total', readings: told(plain, (facts) => only(facts, 'all')), all: whole },
  {
    name: 'color is not told: it stays null, and mono is not guessed from it',
    readings: told(plain, (facts) => ({ ...facts, color: null })),
    all: whole,
    mono: monoOf(plain),
  },
  {
    name: 'nulls now and then are bridged',
    readings: told(plain, (facts, index) => (index % 5 ? facts : { takenAt: facts.takenAt })),
    all: pagesBetween(plain, 1, plain.length - 1),
  },
  // 2 total and life
  { name: 'life where no total is told', readings: told(plain, (facts) => only(facts, 'life')), all: whole },
  {
    name: 'total, although life rises twice as fast',
    readings: told(plain, (facts) => ({ ...facts, life: Number(facts.all) * 2 })),
    all: whole,
  },
  {
    name: 'life until a better driver tells the total: never the difference of the two',
    readings: told(plain, (facts, index) =>
      index < noon
        ? { ...only(facts, 'life'), driver: ['generic', 1] }
        : { ...facts, life: facts.all ?? null, all: Number(facts.all) - 700 },
    ),
    all: whole,
  },
  {
    name: 'a total that stands still while mono and color rise',
    readings: told(
      plain,
      since(noon, (facts) => ({ ...facts, all: plain[noon]?.all ?? 0 })),
    ),
    all: whole,
    events: ['counterStuck'],
  },
  {
    name: 'a total that stood still for two days and catches up',
    readings: told(plain, (facts, index) =>
      index >= noon && index < noon + 48 ? { ...facts, all: plain[noon]?.all ?? 0 } : facts,
    ),
    all: whole,
    events: ['counterStuck'],
  },
  // 3 one wrong reading
  {
    name: 'one zero',
    readings: told(
      plain,
      once(noon, (facts) => ({ ...facts, all: 0, mono: 0, color: 0 })),
    ),
    all: whole,
    mono: monoOf(plain),
    color: colorOf(plain),
  },
  {
    name: 'one ten times too high',
    readings: told(
      plain,
      once(noon, (facts) => ({ ...facts, all: Number(facts.all) * 10 })),
    ),
    all: whole,
  },
  {
    name: 'one a tenth',
    readings: told(
      plain,
      once(noon, (facts) => ({ ...facts, all: Math.floor(Number(facts.all) / 10) })),
    ),
    all: whole,
  },
  {
    name: 'one a page back',
    readings: told(
      plain,
      once(at(3, 20), (facts) => shifted(facts, -1)),
    ),
    all: whole,
  },
  {
    name: 'one two pages back in a busy hour',
    readings: told(
      plain,
      once(noon, (facts) => shifted(facts, -40)),
    ),
    all: whole,
  },
  {
    name: 'one three hundred too high',
    readings: told(
      plain,
      once(noon, (facts) => shifted(facts, 300)),
    ),
    all: whole,
  },
  {
    name: 'ten times on five days',
    readings: told(plain, (facts, index) =>
      [at(1, 9), at(2, 15), at(4, 11), at(7, 12), at(9, 10)].includes(index)
        ? { ...shifted(facts, Number(facts.all) * 9, Number(facts.mono) * 9, Number(facts.color) * 9) }
        : facts,
    ),
    all: whole,
    mono: monoOf(plain),
    color: colorOf(plain),
  },
  {
    name: 'higher and higher, on five days',
    readings: told(plain, (facts, index) => {
      const wrong = [at(1, 9), at(2, 15), at(4, 11), at(7, 12), at(9, 10)].indexOf(index);
      return wrong < 0 ? facts : shifted(facts, [200_000, 202_000, 202_100, 207_000, 207_010][wrong] ?? 0);
    }),
    all: whole,
  },
  {
    name: 'one zero on three days',
    readings: told(plain, (facts, index) => ([40, 90, 201].includes(index) ? { ...facts, all: 0 } : facts)),
    all: whole,
  },
  {
    name: 'three zeros in a row',
    readings: told(plain, (facts, index) => (index >= noon && index < noon + 3 ? { ...facts, all: 0 } : facts)),
    all: whole,
  },
  {
    name: 'the first is zero, from a machine that wakes up',
    readings: told(
      plain,
      once(0, (facts) => ({ ...facts, all: 0, mono: 0, color: 0 })),
    ),
    all: pagesBetween(plain, 1),
  },
  {
    name: 'an hour of a clock put back overlaps the hour before',
    readings: told(plain, (facts, index) =>
      index < noon ? { ...facts, takenAt: Number(facts.takenAt) + HOUR + 60_000 } : facts,
    ),
    all: whole,
  },
  // 4 a fall that stays
  {
    name: 'reset near zero: the first value after it counts',
    readings: told(
      plain,
      since(noon, (facts) =>
        shifted(facts, -(plain[noon - 1]?.all ?? 0), -(plain[noon - 1]?.mono ?? 0), -(plain[noon - 1]?.color ?? 0)),
      ),
    ),
    all: whole,
    events: ['counterReset'],
  },
  {
    name: 'a used board with a lower count: a question, the hour is not counted',
    readings: told(
      plain,
      since(noon, (facts) => shifted(facts, -41_000, -20_500, -20_500)),
    ),
    all: whole - lost,
    events: ['counterReset'],
    questions: ['fell'],
  },
  {
    name: 'a board with lower counts of which one is a little higher: none of them says what was printed',
    readings: told(plain, (facts, index) =>
      index < noon
        ? { ...facts, print: Number(facts.all) - 2000 }
        : { ...shifted(facts, -20_000, -20_400, 400), print: Number(facts.all) - 22_000 },
    ),
    all: whole - lost,
    mono: monoOf(plain) - ((plain[noon]?.mono ?? 0) - (plain[noon - 1]?.mono ?? 0)),
    color: colorOf(plain) - ((plain[noon]?.color ?? 0) - (plain[noon - 1]?.color ?? 0)),
    print: whole - lost,
    events: ['counterReset'],
    questions: ['fell'],
  },
  {
    name: 'a page back every few readings, now and then for a whole night',
    readings: told(plain, (facts, index) =>
      index % 5 === 3 || (index >= at(3, 20) && index < at(4, 6)) ? shifted(facts, -1, -1) : facts,
    ),
    all: whole,
    mono: monoOf(plain),
  },
  {
    name: 'two falls that stay',
    readings: told(plain, (facts, index) =>
      index < noon
        ? facts
        : index < noon + 48
          ? shifted(facts, -30_000, -15_000, -15_000)
          : shifted(facts, -60_000, -30_000, -30_000),
    ),
    all: whole - lost - pagesBetween(plain, noon + 47, noon + 48),
    events: ['counterReset', 'counterReset'],
    questions: ['fell', 'fell'],
  },
  {
    name: 'a reset while mono stands near the end of six digits: it was reset too',
    readings: told(
      nearMillion,
      since(noon, (facts) => fromZero(facts, nearMillion)),
    ),
    all: pagesBetween(nearMillion),
    events: ['counterReset'],
  },
  {
    name: 'two readings in a row a page back',
    readings: told(plain, (facts, index) =>
      index === noon ? shifted(facts, -60) : index === noon + 1 ? shifted(facts, -70) : facts,
    ),
    all: whole,
  },
  // 5 rises
  { name: 'a day five times the usual', readings: told(busy), all: pagesBetween(busy) },
  { name: 'a mailing of 4,000 pages in two hours', readings: told(mailing), all: pagesBetween(mailing) },
  {
    name: 'a heavy day of a machine read once a day',
    readings: told(heavyDaily.filter((_, index) => index % 24 === 7)),
    all: pagesBetween(heavyDaily, 7, at(59, 7)),
  },
  {
    name: 'a board with a higher count: a question, later pages count',
    readings: told(
      plain,
      since(noon, (facts) => shifted(facts, 250_000, 125_000, 125_000)),
    ),
    all: whole - lost,
    events: ['counterJump'],
    questions: ['rose'],
  },
  {
    name: 'ten times, and it stays',
    readings: told(
      plain,
      since(noon, (facts) => ({ ...only(facts, 'all', (plain[noon]?.all ?? 0) * 9 + Number(facts.all)) })),
    ),
    all: whole - lost,
    events: ['counterJump'],
    questions: ['rose'],
  },
  {
    name: 'more than can be printed in five days offline',
    readings: told(plain, (facts, index) =>
      index < noon ? facts : index < noon + 120 ? null : shifted(facts, 60_000, 30_000, 30_000),
    ),
    all: whole - pagesBetween(plain, noon - 1, noon + 120),
    events: ['back', 'counterJump', 'silent'],
    questions: ['rose'],
  },
  {
    name: 'more than three weeks offline can bring, though each day for itself could',
    readings: told(plain, (facts, index) =>
      index < noon ? facts : { ...shifted(facts, 50_000, 25_000, 25_000), takenAt: Number(facts.takenAt) + 21 * DAY },
    ),
    all: whole - lost,
    events: ['back', 'counterJump', 'silent'],
    questions: ['rose'],
  },
  {
    name: 'twelve pages in the night are no question',
    readings: told(office({ extra: { [at(3, 3)]: 12 } })),
    all: whole + 12,
  },
  // 6 wraps and negative numbers
  {
    name: '2^32 wraps',
    readings: told(wrapping, (facts) => only(facts, 'all', Number(facts.all) % 2 ** 32)),
    all: pagesBetween(wrapping),
    events: ['counterWrapped'],
  },
  {
    name: 'a negative INTEGER is its unsigned value',
    readings: told(negative, (facts) =>
      only(facts, 'all', Number(facts.all) >= 2 ** 31 ? Number(facts.all) - 2 ** 32 : Number(facts.all)),
    ),
    all: pagesBetween(negative),
  },
  {
    name: '−1, −2, −3 and −100 are states, no counts',
    readings: told(plain, (facts, index) =>
      index % 3 ? facts : only(facts, 'all', [-1, -2, -3, -100][index % 4] ?? -1),
    ),
    all: pagesBetween(plain, 1),
  },
  {
    name: 'a rollover at 10^6',
    readings: told(million, (facts) => only(facts, 'all', Number(facts.all) % 1e6)),
    all: pagesBetween(million),
    events: ['counterWrapped'],
  },
  {
    name: 'a rollover at 2^16',
    readings: told(short, (facts) => only(facts, 'all', Number(facts.all) % 2 ** 16)),
    all: pagesBetween(short),
    events: ['counterWrapped'],
  },
  {
    name: 'beyond 2^53 as strings',
    readings: told(plain, (facts) => only(facts, 'all', (huge + BigInt(Number(facts.all))).toString())),
    all: whole,
  },
  {
    name: 'beyond 2^53, with one zero',
    readings: told(plain, (facts, index) =>
      only(facts, 'all', index === noon ? 0 : (huge + BigInt(Number(facts.all))).toString()),
    ),
    all: whole,
  },
  // 9 order, gaps
  { name: 'every reading twice', readings: told(plain).flatMap((each) => [each, each]), all: whole },
  { name: 'the other way round', readings: told(plain).toReversed(), all: whole },
  {
    name: 'three days offline',
    readings: told(plain, (facts, index) => (index >= noon && index < noon + 72 ? null : facts)),
    all: whole,
    events: ['back', 'silent'],
  },
  {
    name: 'a late reading fills its gap',
    readings: [...told(plain.toSpliced(noon, 30)), ...told(plain.slice(noon, noon + 30))],
    all: whole,
  },
  // 10 clock
  {
    name: 'a box in 1970 for nine hours',
    readings: told(plain, (facts, index) =>
      index >= noon && index < noon + 9 ? { ...facts, takenAt: (index - noon) * HOUR } : facts,
    ),
    all: whole,
  },
  {
    name: 'a box that begins in 1970',
    readings: told(plain, (facts, index) => (index < 20 ? { ...facts, takenAt: index * HOUR } : facts)),
    all: whole,
  },
  {
    name: 'a clock an hour ahead for a day, with the order told by the box',
    readings: told(plain, (facts, index) => ({
      ...facts,
      takenAt: Number(facts.takenAt) + (index >= noon && index < noon + 24 ? HOUR : 0),
      id: { box: '411223312', epoch: '00000000000000a1', seq: index + 1 },
    })),
    all: whole,
  },
  {
    name: 'a clock a year ahead for half a day, with the order told by the box',
    readings: told(plain, (facts, index) => ({
      ...facts,
      takenAt: Number(facts.takenAt) + (index >= noon && index < noon + 12 ? 365 * DAY : 0),
      id: { box: '411223312', epoch: '00000000000000a1', seq: index + 1 },
    })).toReversed(),
    all: whole,
  },
];

const apart = plain.map((hour) => ({ ...hour, color: hour.color - 20_000, all: hour.all - 20_000 }));
export const EXCHANGED: readonly CounterHistory[] = [
  {
    name: 'mono and color exchanged for good: pages keep their color',
    readings: told(
      apart,
      since(noon, (facts) => ({ ...facts, mono: facts.color ?? null, color: facts.mono ?? null })),
    ),
    all: whole,
    mono: monoOf(plain),
    color: colorOf(plain),
    events: ['counterExchanged'],
  },
  {
    name: 'mono and color exchanged once',
    readings: told(
      apart,
      once(noon, (facts) => ({ ...facts, mono: facts.color ?? null, color: facts.mono ?? null })),
    ),
    all: whole,
    mono: monoOf(plain),
    color: colorOf(plain),
  },
  {
    name: 'mono and color exchanged for two days',
    readings: told(apart, (facts, index) =>
      index >= noon && index < noon + 48 ? { ...facts, mono: facts.color ?? null, color: facts.mono ?? null } : facts,
    ),
    all: whole,
    mono: monoOf(plain),
    color: colorOf(plain),
    events: ['counterExchanged', 'counterExchanged'],
  },
];
