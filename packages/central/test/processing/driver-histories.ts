/** Histories of a machine that is counted by another driver or firmware from some reading on. */
import {
  type CounterHistory,
  colorOf,
  lost,
  monoOf,
  noon,
  once,
  plain,
  shifted,
  since,
  whole,
} from './counter-histories.ts';
import { at, office, told } from './office-history.ts';

export const DRIVERS: readonly CounterHistory[] = [
  {
    name: 'a new driver counts 700 more',
    readings: told(
      plain,
      since(noon, (facts) => ({ ...shifted(facts, 700), driver: ['ricoh', 2] })),
    ),
    all: whole - lost,
    events: ['counterRebased'],
  },
  {
    name: 'a new driver counts sixty more in total, mono and color, so that they add up no more: all three begin anew',
    readings: told(
      plain,
      since(noon, (facts) => ({ ...shifted(facts, 60, 60, 60), driver: ['ricoh', 2] })),
    ),
    all: whole - lost,
    mono: monoOf(plain) - ((plain[noon]?.mono ?? 0) - (plain[noon - 1]?.mono ?? 0)),
    color: colorOf(plain) - ((plain[noon]?.color ?? 0) - (plain[noon - 1]?.color ?? 0)),
    events: ['counterRebased'],
  },
  {
    name: 'a new driver counts sixty more in total, while life vouches for mono and color: they go on',
    readings: told(plain, (facts, index) =>
      index < noon
        ? { ...facts, life: facts.all ?? null }
        : { ...shifted(facts, 60, 0), life: facts.all ?? null, driver: ['ricoh', 2] },
    ),
    all: whole - lost,
    mono: monoOf(plain),
    color: colorOf(plain),
    events: ['counterRebased'],
  },
  {
    name: 'a new driver counts 700 less',
    readings: told(
      plain,
      since(noon, (facts) => ({ ...shifted(facts, -700), driver: ['ricoh', 2] })),
    ),
    all: whole - lost,
    events: ['counterRebased'],
  },
  {
    name: 'a new firmware counts twenty more: life tells that they were not printed',
    readings: told(plain, (facts, index) =>
      index < noon
        ? { ...facts, life: facts.all ?? null }
        : { ...shifted(facts, 20), life: facts.all ?? null, firmware: '2.00' },
    ),
    all: whole - lost,
    events: ['counterRebased', 'firmwareChanged'],
  },
  {
    name: 'a new firmware that counts as before costs no page',
    readings: told(
      plain,
      since(noon, (facts) => ({ ...facts, firmware: '2.00' })),
    ),
    all: whole,
    events: ['firmwareChanged'],
  },
  {
    name: 'one reading by the generic driver, which counts otherwise',
    readings: told(
      plain,
      once(noon, (facts) => ({ ...shifted(facts, 4000), driver: ['generic', 1] })),
    ),
    all: whole,
  },
  {
    name: 'a new driver counts 700 more in every counter, life too: their agreement is no proof',
    readings: told(plain, (facts, index) =>
      index < noon
        ? { ...facts, life: facts.all ?? null }
        : { ...shifted(facts, 700, 350, 350), life: Number(facts.all) + 700, driver: ['ricoh', 2] },
    ),
    all: whole - lost,
    events: ['counterRebased'],
  },
  {
    name: 'the generic driver steps in again and again, and counts alike: no page is lost, in a heavy hour neither',
    readings: told(office({ extra: { [at(5, 10)]: 400 } }), (facts, index) =>
      index % 5 ? facts : { ...facts, driver: ['generic', 1] },
    ),
    all: whole + 400,
  },
];
