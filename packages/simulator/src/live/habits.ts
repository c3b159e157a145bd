/** How the people of an office use one machine: taken from what it has done so far, so that its future looks like its past. */
import {
  type MachineFacts,
  type MachineState,
  PAPER_SIZES,
  type PaperSize,
  PRINT_FUNCTIONS,
  type PrintFunction,
  sum,
  totalOf,
} from '../machines/state.ts';

/** Pages of a job on average: many of one page, some of twenty. */
export const PAGES_PER_JOB = 3.5;

export interface Habits {
  readonly jobsPerDay: number;
  readonly functions: readonly (readonly [PrintFunction, number])[];
  /** Share of color pages, by function. */
  readonly color: Readonly<Record<PrintFunction, number>>;
  readonly duplex: number;
  readonly twoInOne: number;
  readonly sizes: readonly (readonly [PaperSize, number])[];
  /** Scans to a folder or a mailbox, pages for each printed page. */
  readonly scans: number;
  readonly scansColor: number;
  readonly faxesSent: number;
  /** Pages a minute, even, so that a two-sided job breaks between sheets. */
  readonly speed: number;
}

export function habitsOf(facts: MachineFacts, state: MachineState): Habits {
  const total = Math.max(1, sum(totalOf(state)));
  const colorShare = (name: PrintFunction) => state.pages[name].color / Math.max(1, sum(state.pages[name]));
  return {
    jobsPerDay: facts.pagesPerDay / PAGES_PER_JOB,
    functions: PRINT_FUNCTIONS.map((name) => [name, sum(state.pages[name]) / total]),
    color: { print: colorShare('print'), copy: colorShare('copy'), fax: colorShare('fax') },
    duplex: state.duplex / total,
    twoInOne: (state.twoInOne + state.fourInOne) / total,
    sizes: PAPER_SIZES.map((size) => [size, sum(state.sizes[size]) / total]),
    scans: sum(state.scans) / total,
    scansColor: state.scans.color / Math.max(1, sum(state.scans)),
    faxesSent: state.faxesSent / total,
    speed: facts.model === 'FS-1370DN' ? 34 : 24,
  };
}
