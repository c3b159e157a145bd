/** What one machine told over its past: counters that rise with the office's days, toner that is used up and replaced. Pure. */
import type { SentReading, StatusError, Supply } from '@rsb/contract';
import { seededRandom } from '@rsb/runtime';
import { type Dice, diceOf } from '../live/dice.ts';
import { doneBy, workOn } from './calendar.ts';
import type { MachineModel } from './models.ts';
import type { Story } from './stories.ts';

export interface PastMachine {
  readonly model: MachineModel;
  readonly serialNumber: string;
  readonly macAddress: string;
  readonly address: string;
  readonly hostName: string;
  readonly location: string;
  readonly pagesPerDay: number;
  readonly story: Story | null;
  readonly seed: number;
}

export interface PastReading {
  /** When it was read, by a right clock. */
  readonly at: number;
  readonly sent: SentReading;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** People see the machine's warning and change the cartridge some days later. */
const LOW = 10;

interface Cartridge {
  readonly color: 'black' | 'cyan' | 'magenta' | 'yellow';
  readonly capacity: number;
  left: number;
  /** It is changed at or below this many percent. */
  changedAt: number;
}

/** Readings at these moments, rising. */
export function* machinePast(machine: PastMachine, moments: readonly number[], now: number): Generator<PastReading> {
  const dice = diceOf(seededRandom(machine.seed));
  const { model, story } = machine;
  const cartridges = newCartridges(model, dice);
  const counts = startCounts(model, dice);
  const [first = now] = moments;
  let day = Math.floor(first / DAY);
  let hour = new Date(first).getUTCHours();
  let work = workOf(machine, day, dice);
  let told = { day, hour };
  let isMoved = false;
  let shift = { mono: 0, color: 0 };
  let done = 0;
  for (const at of moments) {
    if (story?.kind === 'silent' && at > now - story.hours * HOUR) return;
    if (story?.kind === 'replaces' && at < now - story.days * DAY) continue;
    day = Math.floor(at / DAY);
    hour = new Date(at).getUTCHours();
    let pages = 0;
    while (told.day < day) {
      pages += work - done;
      told = { day: told.day + 1, hour: 0 };
      work = workOf(machine, told.day, dice);
      done = 0;
    }
    const until = Math.round(work * doneBy(hour));
    pages += Math.max(0, until - done);
    done = Math.max(done, until);
    told = { day, hour };
    print(pages, model, counts, cartridges, dice);
    const daysAgo = (now - at) / DAY;
    if (story?.kind === 'board' && daysAgo <= story.days && shift.mono === 0)
      shift = { mono: story.counter - counts.mono, color: model.color ? 40 - counts.color : 0 };
    if (story?.kind === 'jump' && daysAgo <= story.days) shift = { mono: story.pages, color: 0 };
    isMoved = story?.kind === 'moved' && daysAgo <= story.days;
    yield { at, sent: reading(machine, { at, now, counts, shift, cartridges, isMoved }) };
  }
}

function workOf({ pagesPerDay }: PastMachine, day: number, dice: Dice): number {
  const share = workOn(day);
  if (share === 0) return dice.happens(0.1) ? dice.pages(2, 8) : 0;
  return Math.round(pagesPerDay * share * dice.between(0.55, 1.45));
}

interface Counts {
  mono: number;
  color: number;
  copy: number;
  copyColor: number;
  scan: number;
}

function startCounts(model: MachineModel, dice: Dice): Counts {
  const mono = Math.round(dice.between(8000, 140_000));
  const color = model.color ? Math.round(mono * dice.between(0.3, 1.1)) : 0;
  const copies = model.kind === 'mfp' ? 0.3 : 0;
  return {
    mono,
    color,
    copy: Math.round(mono * copies),
    copyColor: Math.round(color * copies * 0.5),
    scan: model.kind === 'mfp' ? Math.round(mono * 0.2) : 0,
  };
}

function newCartridges({ color, yields }: MachineModel, dice: Dice): Cartridge[] {
  const colors = color ? (['black', 'cyan', 'magenta', 'yellow'] as const) : (['black'] as const);
  return colors.map((each) => {
    const capacity = each === 'black' ? yields.black : yields.color;
    return { color: each, capacity, left: capacity * dice.between(0.1, 1), changedAt: changePoint(dice) };
  });
}

/** Most are changed when they are nearly empty, some when the warning comes, a few far too early. */
const changePoint = (dice: Dice): number =>
  dice.happens(0.06) ? dice.between(18, 40) : dice.happens(0.3) ? dice.between(4, LOW) : dice.between(0, 4);

function print(pages: number, model: MachineModel, counts: Counts, cartridges: readonly Cartridge[], dice: Dice): void {
  if (pages === 0) return;
  const color = model.color ? Math.round(pages * dice.between(0.3, 0.6)) : 0;
  counts.mono += pages - color;
  counts.color += color;
  if (model.kind === 'mfp') {
    counts.copy += Math.round((pages - color) * 0.3);
    counts.copyColor += Math.round(color * 0.15);
    counts.scan += Math.round(pages * 0.2);
  }
  for (const cartridge of cartridges) {
    const use = cartridge.color === 'black' ? pages - color / 2 : color * 0.8;
    cartridge.left -= use * dice.between(0.8, 1.2);
    if ((100 * cartridge.left) / cartridge.capacity <= cartridge.changedAt) {
      // Nobody is there in the very minute: now and then it stands empty until somebody comes.
      if (cartridge.left > 0 && dice.happens(0.4)) continue;
      if (cartridge.left <= 0 && dice.happens(0.5)) {
        cartridge.left = 0;
        continue;
      }
      cartridge.left = cartridge.capacity;
      cartridge.changedAt = changePoint(dice);
    }
  }
}

interface Moment {
  readonly at: number;
  readonly now: number;
  readonly counts: Counts;
  readonly shift: { readonly mono: number; readonly color: number };
  readonly cartridges: readonly Cartridge[];
  readonly isMoved: boolean;
}

function reading(machine: PastMachine, { at, now, counts, shift, cartridges, isMoved }: Moment): SentReading {
  const { model, story } = machine;
  const daysAgo = (now - at) / DAY;
  const told = { mono: counts.mono + shift.mono, color: counts.color + shift.color };
  const swapped = story?.kind === 'exchanged' && daysAgo <= story.days;
  const [mono, color] = swapped && model.color ? [told.color, told.mono] : [told.mono, told.color];
  const all = mono + color;
  const none = { all: null, mono: null, color: null };
  const isMfp = model.kind === 'mfp';
  const split = (black: number, colored: number) => ({
    all: black + colored,
    mono: model.color ? black : null,
    color: model.color ? colored : null,
  });
  const copies = Math.min(counts.copy, mono);
  const copiesInColor = Math.min(counts.copyColor, color);
  const supplies = cartridges.map((cartridge, index) => supplyOf(cartridge, index, model));
  const errors = errorsOf(machine, supplies, at, now);
  const stands = errors.includes('jammed') || errors.includes('serviceRequested');
  const firmware = story?.kind === 'firmware' && daysAgo > story.days ? model.firmware[0] : model.firmware[1];
  const address = isMoved
    ? machine.address.replace(/\d+$/, (last) => String((Number(last) % 200) + 40))
    : machine.address;
  return {
    device: `${model.manufacturer}:${machine.serialNumber}`,
    plan: null,
    reading: {
      contract: 1,
      address,
      port: 161,
      unit: { hrDeviceIndex: 1 },
      takenAt: `${new Date(at).toISOString().slice(0, 19)}Z`,
      kind: model.kind,
      asked: ['identity', 'counters', 'supplies', 'status', 'alerts'],
      identity: {
        manufacturer: model.manufacturer,
        model: model.model,
        serialNumber: machine.serialNumber,
        macAddress: machine.macAddress,
        hostName: machine.hostName,
        location: machine.location,
        assetNumber: null,
        firmware,
        sysObjectId: model.sysObjectId,
      },
      counters: {
        life: all,
        lifeUnit: 'impressions',
        vendorLife: isMfp ? all : null,
        billing: 'total',
        total: split(mono, color),
        print: isMfp ? split(mono - copies, color - copiesInColor) : none,
        copy: isMfp ? split(copies, copiesInColor) : none,
        fax: none,
        scan: isMfp ? { all: counts.scan, mono: null, color: null } : none,
        duplex: Math.floor(all * 0.3),
        largeFormat: isMfp ? Math.floor(all * 0.01) : null,
        other: [],
      },
      supplies,
      status: { state: stands ? 'down' : 'idle', errors },
      alerts: errors.flatMap(alertOf),
      driver: { name: model.manufacturer.toLowerCase(), version: 1, generic: false },
      completeness: { state: 'complete', missing: [], reasons: {} },
    },
  };
}

function supplyOf({ color, capacity, left }: Cartridge, index: number, { step }: MachineModel): Supply {
  const exact = Math.min(100, Math.max(0, Math.ceil((100 * left) / capacity)));
  const percent = step === 1 ? exact : Math.ceil(exact / step) * step;
  return {
    index: `1.${index + 1}`,
    type: 'toner',
    color,
    description: `${color[0]?.toUpperCase()}${color.slice(1)} Toner`,
    partNumber: null,
    serialNumber: null,
    percent,
    state: percent === 0 ? 'empty' : percent <= LOW ? 'low' : 'ok',
    level: percent,
    capacity: 100,
    unit: 'percent',
  };
}

function errorsOf({ story }: PastMachine, supplies: readonly Supply[], at: number, now: number): StatusError[] {
  const errors: StatusError[] = [];
  if (story?.kind === 'error' && at >= now - story.hours * HOUR) errors.push(story.error);
  if (supplies.some(({ state }) => state === 'empty')) errors.push('noToner');
  else if (supplies.some(({ state }) => state === 'low')) errors.push('lowToner');
  return errors;
}

type Alerts = NonNullable<SentReading['reading']['alerts']>;

function alertOf(error: StatusError): Alerts {
  const alert = (severity: 'critical' | 'warning', group: string, code: string, text: string): Alerts =>
    [{ severity, group, code, text, location: { group, index: 1, name: null } }] as Alerts;
  switch (error) {
    case 'jammed':
      return alert('critical', 'mediaPath', 'jam', 'Misfeed: Tray 2');
    case 'serviceRequested':
      return alert('critical', 'other', 'other', 'Call service: SC542');
    case 'doorOpen':
      return alert('warning', 'cover', 'coverOpen', 'Front cover open');
    default:
      return [];
  }
}
