/**
 * One minute in the life of a machine: jobs come in, pages come out, paper and toner go down, something jams, somebody
 * fills and mends. Everything that the MIB tells changes here, together, so that its sums always hold.
 */
import {
  type MachineState,
  type PaperSize,
  type PrintFunction,
  percentFilled,
  percentLeft,
  type TonerCartridge,
  type Tray,
} from '../machines/state.ts';
import { isStopped, updateTroubles } from '../machines/trouble.ts';
import type { Dice } from './dice.ts';
import { type Habits, PAGES_PER_JOB } from './habits.ts';
import type { OfficeMinute } from './office-hours.ts';

interface Job {
  readonly task: PrintFunction;
  readonly color: boolean;
  readonly duplex: boolean;
  readonly size: PaperSize;
  readonly pagesPerSide: 1 | 2 | 4;
  left: number;
}

export interface OfficeDay {
  /** Lets one minute pass; `upTime` is the agent's at its end, in hundredths of a second. */
  pass(minute: OfficeMinute, upTime: number): void;
}

const LONGEST_JOB = 150;
/** People walk to another machine when five jobs wait. */
const LONGEST_QUEUE = 5;
const MINUTES_TO_SLEEP = 15;
/** A sheet in so many jams. */
const SHEETS_PER_JAM = 9000;

/** How long until somebody sees to it, in minutes with people around, on average. */
const MEND = { jam: 15, paperEmpty: 12, paperLow: 150, blackEmpty: 40, colorEmpty: 200, almostEmpty: 900, waste: 60 };
/** A careful office changes a cartridge in its last percents. */
const ALMOST_EMPTY = 2;

export function officeDay(state: MachineState, habits: Habits, dice: Dice): OfficeDay {
  const queue: Job[] = [];
  let quiet = state.phase === 'sleep' ? MINUTES_TO_SLEEP : 0;

  return {
    pass(minute, upTime) {
      let changed = shutCovers(state);
      if (minute.staffed) {
        changed = mend(state, dice) || changed;
        if (dice.happens(habits.jobsPerDay * minute.share) && queue.length < LONGEST_QUEUE) {
          queue.push(newJob(habits, dice));
        }
        scan(state, habits, dice, minute.share);
      }
      if (changed) updateTroubles(state, upTime);
      if (work()) updateTroubles(state, upTime);
    },
  };

  /** Whether anything changed. */
  function work(): boolean {
    const before = state.phase;
    const job = queue[0];
    if (job === undefined || isStopped(state)) {
      quiet += 1;
      state.phase = quiet < MINUTES_TO_SLEEP ? 'idle' : 'sleep';
      return state.phase !== before;
    }
    quiet = 0;
    if (before === 'sleep') {
      state.phase = 'warmup';
      return true;
    }
    state.phase = 'printing';
    printPages(state, job, habits.speed, dice);
    if (job.left === 0) queue.shift();
    return true;
  }
}

function newJob(habits: Habits, dice: Dice): Job {
  const task = dice.oneOf(habits.functions, 'print');
  const twoInOne = dice.happens(habits.twoInOne);
  return {
    task,
    color: dice.happens(habits.color[task]),
    duplex: dice.happens(habits.duplex),
    size: dice.oneOf(habits.sizes, 'A4'),
    pagesPerSide: twoInOne ? (dice.happens(0.15) ? 4 : 2) : 1,
    left: dice.pages(PAGES_PER_JOB, LONGEST_JOB),
  };
}

/** Prints what a minute allows, or until the paper or the black toner is out, or a sheet jams. */
function printPages(state: MachineState, job: Job, speed: number, dice: Dice): void {
  const position = state.trays.findIndex((each) => !each.bypass && each.sheets > 0);
  const tray = state.trays[position];
  if (tray === undefined) return;
  const most = Math.min(job.left, speed, job.duplex ? tray.sheets * 2 : tray.sheets);
  const sides = job.duplex ? 2 : 1;
  // A machine without one of its colors prints the job in black.
  const color = job.color && state.toner.every(({ left }) => left === null || left > 0);
  let pages = 0;
  while (pages < most && !isOut(state.toner[0])) {
    const onSheet = Math.min(sides, most - pages);
    countSheet(state, job, color, onSheet);
    useUp(state, color, onSheet, dice);
    tray.sheets -= 1;
    pages += onSheet;
    if (dice.happens(1 / SHEETS_PER_JAM)) {
      state.events.add(`jam:${position + 1}`);
      break;
    }
  }
  job.left -= pages;
}

const isOut = (cartridge: TonerCartridge | undefined): boolean => cartridge?.left === 0;

function countSheet(state: MachineState, job: Job, color: boolean, pages: number): void {
  const mode = color ? 'color' : 'mono';
  state.pages[job.task][mode] += pages;
  state.sizes[job.size][mode] += pages;
  state.pagesSincePowerOn += pages;
  if (pages === 2) state.duplex += 2;
  if (job.pagesPerSide === 2) state.twoInOne += pages;
  if (job.pagesPerSide === 4) state.fourInOne += pages;
}

function useUp(state: MachineState, color: boolean, pages: number, dice: Dice): void {
  for (const cartridge of state.toner) {
    if (cartridge.left === null) continue;
    const share = cartridge.color === 'black' ? (color ? 0.5 : 1) : color ? 0.8 : 0;
    // Pages differ in what is on them; yields are for five percent of black.
    if (share > 0) cartridge.left = Math.max(0, cartridge.left - pages * share * dice.between(0.5, 1.6));
  }
  state.waste.filled = Math.min(state.waste.capacity, state.waste.filled + pages);
}

function scan(state: MachineState, habits: Habits, dice: Dice, share: number): void {
  if (habits.scans === 0 && habits.faxesSent === 0) return;
  if (dice.happens(habits.jobsPerDay * habits.scans * share)) {
    state.scans[dice.happens(habits.scansColor) ? 'color' : 'mono'] += dice.pages(PAGES_PER_JOB, LONGEST_JOB);
  }
  if (dice.happens(habits.jobsPerDay * habits.faxesSent * share)) state.faxesSent += dice.pages(2, 20);
}

/** A cover that was opened a minute ago is closed again. */
function shutCovers(state: MachineState): boolean {
  let changed = false;
  for (const event of state.events) {
    if (event.startsWith('coverOpen')) changed = state.events.delete(event);
  }
  return changed;
}

/** What somebody who walks by does; the chance is that of the given waiting time on average. */
function mend(state: MachineState, dice: Dice): boolean {
  const soon = (minutes: number) => dice.happens(1 / minutes);
  let changed = false;
  const open = (cover: number) => {
    state.events.add(`coverOpen:${cover}`);
    changed = true;
  };
  for (const event of state.events) {
    if (event.startsWith('jam') && soon(MEND.jam)) {
      state.events.delete(event);
      open(2);
    }
  }
  for (const tray of state.trays) {
    if (!tray.bypass && needsPaper(tray) && soon(tray.sheets === 0 ? MEND.paperEmpty : MEND.paperLow)) {
      tray.sheets = Math.round(tray.capacity * dice.between(0.8, 1));
      changed = true;
    }
  }
  for (const cartridge of state.toner) {
    const percent = percentLeft(cartridge);
    if (percent === null || percent > ALMOST_EMPTY) continue;
    const empty = cartridge.color === 'black' ? MEND.blackEmpty : MEND.colorEmpty;
    if (soon(percent === 0 ? empty : MEND.almostEmpty)) {
      cartridge.left = cartridge.capacity;
      open(1);
      // The waste bottle of a small machine comes with the toner.
      if (!state.waste.measured) state.waste.filled = 0;
    }
  }
  if (percentFilled(state.waste) >= 100 && soon(MEND.waste)) {
    state.waste.filled = 0;
    open(1);
  }
  return changed;
}

const needsPaper = (tray: Tray): boolean => tray.sheets <= tray.capacity * 0.1;
