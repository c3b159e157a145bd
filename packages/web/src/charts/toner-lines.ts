/** Levels of supplies over time as lines: broken where no reading is, with the moments at which one was replaced. */
import type { DeviceSeries, Supply, SupplyColor, SupplyType } from '@rsb/contract';
import { type Ink, supplyLevel } from '../reading/supply-level.ts';

export interface LinePoint {
  readonly at: number;
  readonly percent: number;
}

export interface TonerLine {
  /** The archive's name of the supply. */
  readonly name: string;
  readonly type: SupplyType;
  readonly color: SupplyColor | null;
  readonly ink: Ink;
  /** Runs of readings without a hole between them. */
  readonly runs: readonly (readonly LinePoint[])[];
  readonly replaced: readonly LinePoint[];
  readonly last: LinePoint | null;
}

const TYPES: readonly SupplyType[] = ['toner', 'ink', 'ribbon'];
const COLORS: readonly SupplyColor[] = [
  'black',
  'cyan',
  'magenta',
  'yellow',
  'photoBlack',
  'matteBlack',
  'lightCyan',
  'lightMagenta',
  'gray',
];
/** A level that rises by this much was not shaken but replaced. */
const REPLACED = 15;
const HOUR = 3_600_000;
/** Distances before and behind one that say what is usual there. */
const AROUND = 2;

function namedSupply(name: string): Pick<Supply, 'type' | 'color'> | null {
  const [what = ''] = name.split('#');
  const [type, color] = what.split('/');
  const known = TYPES.find((each) => each === type);
  return known ? { type: known, color: COLORS.find((each) => each === color) ?? null } : null;
}

function inkOf({ type, color }: Pick<Supply, 'type' | 'color'>): Ink {
  const supply: Supply = {
    index: '',
    type,
    color,
    description: null,
    partNumber: null,
    serialNumber: null,
    percent: null,
    state: 'unknown',
    level: null,
    capacity: null,
    unit: null,
  };
  return supplyLevel(supply, 0).ink;
}

/**
 * Before which readings there is a hole: three distances that are usual around there, at least three hours, as one missed hour
 * is none. What is usual changes: far back a day may be kept by one reading.
 */
function holesBefore(moments: readonly number[]): ReadonlySet<number> {
  const steps = moments.slice(1).map((at, index) => at - (moments[index] ?? at));
  const holes = new Set<number>();
  for (const [index, step] of steps.entries()) {
    const around = steps.slice(Math.max(0, index - AROUND), index + AROUND + 1).sort((a, b) => a - b);
    const usual = around[Math.floor((around.length - 1) / 2)] ?? 0;
    if (step > Math.max(3 * usual, 3 * HOUR)) holes.add(index + 1);
  }
  return holes;
}

export function tonerLines(series: DeviceSeries): readonly TonerLine[] {
  return series.supplies.flatMap(({ supply: name, points }) => {
    const supply = namedSupply(name);
    if (!supply) return [];
    const moments = points.map((point) => Date.parse(point.takenAt));
    const holes = holesBefore(moments);
    const runs: LinePoint[][] = [];
    const replaced: LinePoint[] = [];
    let before: LinePoint | null = null;
    let run: LinePoint[] | null = null;
    points.forEach((point, index) => {
      const at = moments[index] ?? 0;
      const { percent } = point;
      if (percent === null) {
        run = null;
        return;
      }
      const here: LinePoint = { at, percent };
      if (before && percent - before.percent >= REPLACED) {
        replaced.push(here);
        run = null;
      } else if (holes.has(index)) run = null;
      if (run === null) {
        run = [];
        runs.push(run);
      }
      run.push(here);
      before = here;
    });
    return [{ name, ...supply, ink: inkOf(supply), runs, replaced, last: before }];
  });
}
