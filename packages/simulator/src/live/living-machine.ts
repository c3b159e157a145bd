/** A machine that lives: its objects are those of the moment at which they are asked for. */
import { type Clock, type Instant, type Random, seededRandom } from '@rsb/runtime';
import type { MachineFacts, MachineState } from '../machines/state.ts';
import { updateTroubles } from '../machines/trouble.ts';
import { changingMib, type Mib, type MibObject, mibOf } from '../mib.ts';
import { diceOf } from './dice.ts';
import { habitsOf } from './habits.ts';
import { officeDay } from './office-day.ts';
import type { OfficeHours } from './office-hours.ts';

export interface SiteTime {
  /** The site's wall time, in milliseconds since 1970. */
  now(): number;
  /** The clock's own time, for the age of what was told. */
  monotonic(): number;
}

/** Time on a site that runs `speed` times as fast as the clock, from the clock's present on. */
export function siteTime(clock: Pick<Clock, 'now' | 'monotonic'>, speed: number): SiteTime {
  const start: Instant = clock.now();
  const begun = clock.monotonic();
  return {
    now: () => start + (clock.monotonic() - begun) * speed,
    monotonic: () => clock.monotonic(),
  };
}

export interface LivingOptions {
  readonly facts: MachineFacts;
  readonly state: MachineState;
  readonly objects: (state: MachineState, upTime: () => number) => MibObject[];
  /** sysUpTime at the start, in hundredths of a second. */
  readonly upTime: number;
  readonly time: SiteTime;
  readonly hours: OfficeHours;
  readonly random: Random;
}

const MINUTE = 60_000;
/**
 * While it is being read a machine shows one moment, so that a reading of several requests adds up even where time runs
 * a thousand times as fast. It moves on after a pause of the reader, or when the picture has grown too old.
 */
const READER_PAUSE = 250;
const OLDEST_PICTURE = 5000;

export function livingMib(options: LivingOptions): Mib {
  const { facts, state, time, hours } = options;
  const start = time.now();
  // Each machine has its own chance, so that what one does changes nothing for the others.
  const day = officeDay(state, habitsOf(facts, state), diceOf(seededRandom(options.random.below(2 ** 32))));
  const upTimeAt = (moment: number) => options.upTime + (moment - start) / 10;
  updateTroubles(state, upTimeAt(start));
  let minute = Math.floor(start / MINUTE);
  let picture = mibOf(options.objects(state, () => upTimeAt(time.now())));
  let drawn = time.monotonic();
  let lastAsked = drawn;

  const liveUntil = (now: number): boolean => {
    const before = minute;
    while ((minute + 1) * MINUTE <= now) {
      minute += 1;
      day.pass(hours.at(minute), upTimeAt(minute * MINUTE));
    }
    return minute !== before;
  };

  return changingMib(() => {
    const asked = time.monotonic();
    const due = asked - lastAsked >= READER_PAUSE || asked - drawn >= OLDEST_PICTURE;
    lastAsked = asked;
    if (due) {
      if (liveUntil(time.now())) picture = mibOf(options.objects(state, () => upTimeAt(time.now())));
      drawn = asked;
    }
    return picture;
  });
}
