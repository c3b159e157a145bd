/** What a simulated machine is and how it stands: the one truth that all of its MIB tables are drawn from. */

export type Color = 'black' | 'cyan' | 'magenta' | 'yellow';
export type PrintFunction = 'print' | 'copy' | 'fax';
export const PRINT_FUNCTIONS: readonly PrintFunction[] = ['print', 'copy', 'fax'];

export interface Split {
  mono: number;
  color: number;
}

/** Paper sizes of an A4 Kyocera, in its table's order; an A3 machine adds `A3`. */
export const PAPER_SIZES = [
  'A3',
  'A4',
  'B5',
  'A5',
  'Folio',
  'Legal',
  'Letter',
  'Statement',
  'Other1',
  'Other2',
] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

export interface TonerCartridge {
  readonly color: Color;
  /** Pages of a full cartridge. */
  readonly capacity: number;
  /** Pages left; null where the machine cannot tell (a cartridge without a chip: some remaining). */
  left: number | null;
}

export interface WasteBox {
  /** Pages until it is full. */
  readonly capacity: number;
  filled: number;
  /** Whether the machine measures it; many only know "not full yet". */
  readonly measured: boolean;
}

export interface Tray {
  readonly name: string;
  readonly capacity: number;
  sheets: number;
  /** A bypass is empty most of the time and nobody calls that a fault. */
  readonly bypass: boolean;
}

export type Phase = 'idle' | 'printing' | 'warmup' | 'sleep';

/** A trouble that a person must see to. `index` is the row of the tray, the supply or the cover. */
export type TroubleKind =
  | 'paperLow'
  | 'paperEmpty'
  | 'tonerLow'
  | 'tonerEmpty'
  | 'wasteNearlyFull'
  | 'wasteFull'
  | 'jam'
  | 'coverOpen';

export interface Trouble {
  readonly kind: TroubleKind;
  readonly index: number;
  /** prtAlertIndex: counts up for the life of the agent, so rows are sparse. */
  readonly alert: number;
  /** sysUpTime when it began, in hundredths of a second. */
  readonly since: number;
}

export interface MachineState {
  readonly pages: Record<PrintFunction, Split>;
  /** Test and service pages: in the machine's life, in no function. */
  servicePages: number;
  /** Two-sided impressions. */
  duplex: number;
  /** Pages that carry two or four pages of the document. */
  twoInOne: number;
  fourInOne: number;
  readonly sizes: Record<PaperSize, Split>;
  readonly scans: Split;
  faxesSent: number;
  staples: number;
  pagesSincePowerOn: number;
  readonly toner: readonly TonerCartridge[];
  readonly waste: WasteBox;
  readonly trays: readonly Tray[];
  phase: Phase;
  /** A jam or an open cover: what is not told by a level. */
  readonly events: Set<`${'jam' | 'coverOpen'}:${number}`>;
  troubles: readonly Trouble[];
  /** Asleep or warming up the fuser is cold, which some machines list as an alert though it is no fault. */
  cold: Pick<Trouble, 'alert' | 'since'> | null;
  lastAlert: number;
  /** Critical alerts and all alerts since power-on (prtAlertCriticalEvents, prtAlertAllEvents). */
  criticalEvents: number;
  allEvents: number;
}

/** What does not change while a machine lives. */
export interface MachineFacts {
  readonly address: string;
  readonly name: string;
  readonly model: 'FS-1370DN' | 'Aficio MP C2050' | 'Aficio MP C4502' | 'MP C3003';
  readonly serialNumber: string;
  readonly macAddress: string;
  readonly location: string;
  /** How its texts are stored, as prtLocalizationCharacterSet declares it. */
  readonly charset: 'utf-8' | 'latin-1';
  readonly firmware: string;
  /** Asleep it says `other` (RFC 2790 hrPrinterStatus); many machines go on saying `idle`. */
  readonly tellsSleep: boolean;
  /** On a working day. */
  readonly pagesPerDay: number;
}

export const sum = (split: Split): number => split.mono + split.color;

export function totalOf(state: MachineState): Split {
  return PRINT_FUNCTIONS.reduce(
    (total, name) => ({
      mono: total.mono + state.pages[name].mono,
      color: total.color + state.pages[name].color,
    }),
    { mono: 0, color: 0 },
  );
}

/** What prtMarkerLifeCount says: every page that came out. */
export const lifeOf = (state: MachineState): number => sum(totalOf(state)) + state.servicePages;

/** Whole percent left: a cartridge with a page left in it is not empty yet. Null where the machine cannot tell. */
export function percentLeft(cartridge: TonerCartridge): number | null {
  return cartridge.left === null ? null : Math.min(100, Math.ceil((100 * cartridge.left) / cartridge.capacity));
}

export const percentFilled = (waste: WasteBox): number =>
  Math.min(100, Math.floor((100 * waste.filled) / waste.capacity));
