/** The FS-1370DN at a count of pages: how they were spread over sizes and sides, and what stands in the tray. */
import { type MachineState, PAPER_SIZES, type PaperSize, type Split } from './state.ts';

/** TK-170, by the maker's data sheet. */
const TONER_PAGES = 7200;

export interface Fs1370dnStart {
  readonly pages: number;
  /** Null: a refilled cartridge without a chip. */
  readonly tonerPercent: number | null;
  readonly sheets?: number;
}

export function fs1370dnState({ pages, tonerPercent, sheets = 180 }: Fs1370dnStart): MachineState {
  // In an office nearly everything is A4; the rest of the pages lies in three small rows.
  const a5 = Math.floor(pages * 0.012);
  const legal = Math.floor(pages * 0.003);
  const other = Math.floor(pages * 0.006);
  const twoInOne = Math.floor(pages * 0.02);
  return {
    pages: { print: { mono: pages, color: 0 }, copy: none(), fax: none() },
    servicePages: 0,
    duplex: 2 * Math.floor(pages * 0.14),
    twoInOne,
    fourInOne: Math.floor(twoInOne / 8),
    sizes: sizes({ A4: pages - a5 - legal - other, A5: a5, Legal: legal, Other1: other }),
    scans: none(),
    faxesSent: 0,
    staples: 0,
    pagesSincePowerOn: Math.min(pages, 412),
    toner: [
      {
        color: 'black',
        capacity: TONER_PAGES,
        left: tonerPercent === null ? null : (TONER_PAGES * tonerPercent) / 100,
      },
    ],
    waste: { capacity: 100_000, filled: pages % 60_000, measured: false },
    trays: [
      { name: 'MP Tray', capacity: 50, sheets: 0, bypass: true },
      { name: 'Cassette 1', capacity: 250, sheets, bypass: false },
    ],
    phase: 'idle',
    events: new Set(),
    troubles: [],
    cold: null,
    lastAlert: 24,
    criticalEvents: 3,
    allEvents: 17,
  };
}

const none = (): Split => ({ mono: 0, color: 0 });

function sizes(mono: Partial<Record<PaperSize, number>>): Record<PaperSize, Split> {
  return Object.fromEntries(PAPER_SIZES.map((size) => [size, { mono: mono[size] ?? 0, color: 0 }])) as Record<
    PaperSize,
    Split
  >;
}
