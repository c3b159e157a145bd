/** What happens to a counter with the last readings that a history has: only those after them would show what it was. */
import { type CounterHistory, monoOf, once, only, pagesBetween, shifted, since } from './counter-histories.ts';
import { at, type Hour, office, type ReadingFacts, told } from './office-history.ts';

/** To a Friday's noon, in the middle of work. */
const hours = office().slice(0, at(11, 13));
const last = hours.length - 1;
const [all, lastHour] = [pagesBetween(hours), pagesBetween(hours, last - 1, last)];
const held = all - lastHour;
const endingAt = (value: number): readonly Hour[] =>
  office({ from: 83_203 + value - (hours[last]?.all ?? 0) }).slice(0, last + 1);

const zero = (facts: ReadingFacts) => ({ ...facts, all: 0, mono: 0, color: 0 });
const tenfold = ({ all: total, mono, color, ...facts }: ReadingFacts) => ({
  ...facts,
  all: Number(total) * 10,
  mono: Number(mono) * 10,
  color: Number(color) * 10,
});
const half = (facts: ReadingFacts) => shifted(facts, -40_000, -20_000, -20_000);
const board = (facts: ReadingFacts) => shifted(facts, 700_000, 400_000, 300_000);
const exchanged = ({ mono = null, color = null, ...facts }: ReadingFacts) => ({ ...facts, mono: color, color: mono });
/** As if every counter had begun at zero with the reading before `from`. */
const restarted = (from: number) => (facts: ReadingFacts) => {
  const { all: total = 0, mono = 0, color = 0 } = hours[from - 1] ?? {};
  return shifted(facts, -total, -mono, -color);
};
const apart = hours.map((hour) => ({ ...hour, all: hour.all + 60_000, mono: hour.mono + 60_000 }));
const wrapping = endingAt(2 ** 32 + 5);
const overflowing = endingAt(2 ** 31 + 5);

/** The last reading alone: it may be wrong, and it may stay. */
const LAST: readonly CounterHistory[] = [
  { name: 'the last is zero', readings: told(hours, once(last, zero)), all: held, questions: ['fell'] },
  { name: 'the last is near zero', readings: told(hours, once(last, restarted(last))), all: held, questions: ['fell'] },
  { name: 'the last is half', readings: told(hours, once(last, half)), all: held, questions: ['fell'] },
  {
    name: 'the last is ten times too high',
    readings: told(hours, once(last, tenfold)),
    all: held,
    questions: ['rose'],
  },
  { name: 'the last is far above', readings: told(hours, once(last, board)), all: held, questions: ['rose'] },
  {
    name: 'the last is a page back',
    readings: told(
      hours,
      once(last, (facts) => shifted(facts, -lastHour - 1)),
    ),
    all: held,
  },
  {
    name: 'the last tells a job that the machine can have printed',
    readings: told(
      hours,
      once(last, (facts) => shifted(facts, 3000)),
    ),
    all: all + 3000,
  },
  {
    name: 'the last has wrapped',
    readings: told(wrapping, (facts) => only(facts, 'all', Number(facts.all) % 2 ** 32)),
    all,
    events: ['counterWrapped'],
  },
  {
    name: 'the last is a negative INTEGER',
    readings: told(
      overflowing,
      once(last, (facts) => ({ ...facts, all: Number(facts.all) - 2 ** 32 })),
    ),
    all,
  },
  {
    name: 'the last has mono and color exchanged',
    readings: told(apart, once(last, exchanged)),
    all,
    mono: monoOf(apart),
  },
  {
    name: 'the last does not tell mono',
    readings: told(
      hours,
      once(last, (facts) => ({ ...facts, mono: null })),
    ),
    all,
    mono: monoOf(hours.slice(0, last)),
  },
  {
    name: 'the last total alone is half: its parts are counted',
    readings: told(
      hours,
      once(last, (facts) => shifted(facts, -40_000, 0, 0)),
    ),
    all: held,
    mono: monoOf(hours),
    questions: ['fell'],
  },
  {
    name: 'of a machine that tells life alone, the last falls',
    readings: told(hours, (facts, index) => only(facts, 'life', Number(facts.all) - (index === last ? 40_000 : 0))),
    all: held,
    questions: ['fell'],
  },
  {
    name: 'a base, and a second that fell',
    readings: told(hours.slice(0, 2), once(1, half)),
    all: null,
    questions: ['fell'],
  },
  {
    name: 'the last but one is ten times too high, and so few pages that they could have been printed',
    readings: told(hours, (facts, index) => {
      const value = Number(facts.all) - (hours[0]?.all ?? 0) + 20;
      return only(facts, 'all', index === last - 1 ? value * 3 : value);
    }),
    all,
  },
  {
    name: 'the last two contradict each other and what was before',
    readings: told(hours, (facts, index) =>
      index === last ? zero(facts) : index === last - 1 ? tenfold(facts) : facts,
    ),
    all: pagesBetween(hours, 0, last - 2),
    questions: ['fell'],
  },
];

/** From here on it stays for two readings, or for a day: that is no wrong reading any more. */
const STAYS = [
  { until: 'the last two', from: last - 1 },
  { until: 'the last day', from: last - 23 },
].flatMap(({ until, from }): readonly CounterHistory[] => {
  const without = all - pagesBetween(hours, from - 1, from);
  return [
    {
      name: `${until} begin at zero`,
      readings: told(hours, since(from, restarted(from))),
      all,
      events: ['counterReset'],
    },
    {
      name: `${until} are lower by half`,
      readings: told(hours, since(from, half)),
      all: without,
      events: ['counterReset'],
      questions: ['fell'],
    },
    {
      name: `${until} are far above`,
      readings: told(hours, since(from, board)),
      all: without,
      events: ['counterJump'],
      questions: ['rose'],
    },
    {
      name: `${until} have mono and color exchanged`,
      readings: told(apart, since(from, exchanged)),
      all,
      mono: monoOf(apart),
      events: ['counterExchanged'],
    },
    {
      name: `${until} do not tell mono`,
      readings: told(
        hours,
        since(from, (facts) => ({ ...facts, mono: null })),
      ),
      all,
      mono: monoOf(hours.slice(0, from)),
    },
  ];
});

export const ENDS: readonly CounterHistory[] = [...LAST, ...STAYS];
