/** The seed's site: thirteen machines among servers, switches and other gear; frozen at the seed, or alive. */
import type { Clock, Random } from '@rsb/runtime';
import { gear } from './gear/gear.ts';
import { livingMib, siteTime } from './live/living-machine.ts';
import { officeHours } from './live/office-hours.ts';
import type { SimulatedMachine } from './machine.ts';
import { fs1370dnObjects } from './machines/fs-1370dn.ts';
import { ricohObjects } from './machines/ricoh-mp.ts';
import type { MachineFacts, MachineState } from './machines/state.ts';
import { updateTroubles } from './machines/trouble.ts';
import { type MibObject, mibOf } from './mib.ts';
import { type SeedMachine, seedMachines } from './seed-machines.ts';

export interface LiveOptions {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly random: Random;
  /** How many seconds pass on the site in one of the clock's. */
  readonly speed: number;
  /** IANA zone whose hours are the office's. */
  readonly zone: string;
}

export interface SeedSiteOptions {
  /** Absent: the site stands still at the seed's numbers. */
  readonly live?: LiveOptions;
  /** The gear that is no printer; there unless said otherwise. */
  readonly gear?: boolean;
}

/** Five days and some hours since power-on, in hundredths of a second. */
const UP_TIME = 45_071_232;

export function seedSite(options: SeedSiteOptions = {}): readonly SimulatedMachine[] {
  const { live } = options;
  const printers = live === undefined ? seedMachines.map(frozenMachine) : livingMachines(live);
  return options.gear === false ? printers : [...printers, ...gear];
}

function frozenMachine({ facts, start }: SeedMachine): SimulatedMachine {
  const state = start();
  updateTroubles(state, UP_TIME - 198_000);
  return { address: facts.address, name: facts.name, mib: mibOf(objectsOf(facts, state, () => UP_TIME)) };
}

function livingMachines({ clock, random, speed, zone }: LiveOptions): readonly SimulatedMachine[] {
  const time = siteTime(clock, speed);
  const hours = officeHours(zone);
  return seedMachines.map(({ facts, start }) => ({
    address: facts.address,
    name: facts.name,
    mib: livingMib({
      facts,
      state: start(),
      objects: (state, upTime) => objectsOf(facts, state, upTime),
      upTime: UP_TIME,
      time,
      hours,
      random,
    }),
  }));
}

/** All objects of a machine as it stands. */
export function objectsOf(facts: MachineFacts, state: MachineState, upTime: () => number): MibObject[] {
  return facts.model === 'FS-1370DN'
    ? fs1370dnObjects(facts, state, upTime)
    : ricohObjects({ ...facts, model: facts.model }, state, upTime);
}
