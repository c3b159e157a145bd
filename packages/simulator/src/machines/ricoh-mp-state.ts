/** A Ricoh MFP at known counts: what is printed and what is copied or faxed, its toners, its trays. */
import { type Color, type MachineState, PAPER_SIZES, type PaperSize, type Split, sum } from './state.ts';

export interface RicohStart {
  readonly total: Split;
  readonly print: Split;
  /** Printed faxes, black; the rest of the total is copies. */
  readonly faxes: number;
  readonly servicePages?: number;
  readonly duplex: number;
  readonly largeFormat: number;
  readonly scans: Split;
  readonly faxesSent: number;
  readonly tonerPercent: Readonly<Record<Color, number>>;
  readonly tonerPages: { readonly black: number; readonly color: number };
  readonly wastePercent: number;
  /** Sheets in Tray 1, Tray 2 …; each holds 550. */
  readonly trays: readonly number[];
}

const WASTE_PAGES = 40_000;
const TRAY_SHEETS = 550;

export function ricohState(start: RicohStart): MachineState {
  const { total, print, faxes } = start;
  const copy = { mono: total.mono - print.mono - faxes, color: total.color - print.color };
  return {
    pages: { print: { ...print }, copy, fax: { mono: faxes, color: 0 } },
    servicePages: start.servicePages ?? 0,
    duplex: start.duplex,
    twoInOne: 0,
    fourInOne: 0,
    sizes: sizes(total, start.largeFormat),
    scans: { ...start.scans },
    faxesSent: start.faxesSent,
    staples: 0,
    pagesSincePowerOn: 138,
    toner: (['black', 'cyan', 'magenta', 'yellow'] as const).map((color) => {
      const capacity = color === 'black' ? start.tonerPages.black : start.tonerPages.color;
      return { color, capacity, left: (capacity * start.tonerPercent[color]) / 100 };
    }),
    waste: { capacity: WASTE_PAGES, filled: (WASTE_PAGES * start.wastePercent) / 100, measured: true },
    trays: [
      ...start.trays.map((sheets, position) => ({
        name: `Tray ${position + 1}`,
        capacity: TRAY_SHEETS,
        sheets,
        bypass: false,
      })),
      { name: 'Bypass Tray', capacity: 100, sheets: 0, bypass: true },
    ],
    phase: 'idle',
    events: new Set(),
    troubles: [],
    cold: null,
    lastAlert: 5,
    criticalEvents: 4,
    allEvents: 9,
  };
}

/** The color share of the large sheets is that of all pages. */
function sizes(total: Split, large: number): Record<PaperSize, Split> {
  const color = Math.round((large * total.color) / sum(total));
  const a3 = { mono: large - color, color };
  const empty = Object.fromEntries(PAPER_SIZES.map((size) => [size, { mono: 0, color: 0 }]));
  return {
    ...(empty as Record<PaperSize, Split>),
    A3: a3,
    A4: { mono: total.mono - a3.mono, color: total.color - a3.color },
  };
}
