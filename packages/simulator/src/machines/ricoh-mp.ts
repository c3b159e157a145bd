/** Ricoh color MFPs (Aficio MP C2050, MP C4502, MP C3003), told by RicohPrivateMIB (367.3) and Printer-MIB. */
import { canary } from '../canary.ts';
import type { MibObject } from '../mib.ts';
import { counter32, integer, octets, row, scalar, text } from '../values.ts';
import { jobTable, localText, printerDeviceStatus, printerTables, type SupplyRow } from './printer-mib.ts';
import {
  type Color,
  lifeOf,
  type MachineFacts,
  type MachineState,
  percentFilled,
  percentLeft,
  sum,
  type TroubleKind,
  totalOf,
} from './state.ts';
import { hostDevices, interfaces, systemGroup } from './system-mib.ts';
import { tonerRow, WASTE_ROW } from './trouble.ts';

const RICOH = '1.3.6.1.4.1.367';
const COUNTER_TYPES_ALWAYS = [10, 200, 201, 202, 203, 300, 301, 302, 303, 400, 401, 402, 403, 608, 609] as const;

export interface RicohModel {
  /** Last arcs of hrDeviceID. */
  readonly productCode: number;
  /** prtMarkerCounterUnit differs between machines of this family. */
  readonly counterUnit: 7 | 8;
  /** Whether the print total stands among the scalars; on some MFPs it does not. */
  readonly printScalar: boolean;
  /** Further rows of the counter table: type ids, in the order in which this model lists them. */
  readonly furtherCounters: readonly number[];
  readonly memory: number;
}

const MODELS: Readonly<Record<Exclude<MachineFacts['model'], 'FS-1370DN'>, RicohModel>> = {
  'Aficio MP C2050': {
    productCode: 349,
    counterUnit: 7,
    printScalar: true,
    furtherCounters: [700, 701, 702, 870, 871, 872, 873, 874],
    memory: 1_048_576,
  },
  'Aficio MP C4502': {
    productCode: 387,
    counterUnit: 7,
    printScalar: true,
    furtherCounters: [870, 872, 873, 874, 700, 701, 604, 605, 606, 607],
    memory: 1_572_864,
  },
  'MP C3003': {
    productCode: 411,
    counterUnit: 7,
    printScalar: false,
    furtherCounters: [701, 700, 702, 872, 873, 874],
    memory: 2_097_152,
  },
};

export function ricohObjects(
  facts: MachineFacts & { readonly model: keyof typeof MODELS },
  state: MachineState,
  upTime: () => number,
): MibObject[] {
  const model = MODELS[facts.model];
  const description = `RICOH ${facts.model}`;
  const status = printerDeviceStatus(state);
  return [
    ...systemGroup({
      description: text(
        `${description} ${facts.firmware} / RICOH Network Printer C model / RICOH Network Scanner C model / RICOH Network Facsimile C model`,
      ),
      objectId: `${RICOH}.1.1`,
      upTime,
      contact: canary('contact', facts.name),
      name: text(facts.name),
      location: localText(facts, facts.location),
      services: 72,
    }),
    ...interfaces([
      {
        name: 'ncmac0',
        type: 6,
        mac: facts.macAddress,
        speed: 100_000_000,
        up: true,
        addresses: [{ address: facts.address, mask: '255.255.255.0' }],
      },
      {
        name: 'lo0',
        type: 24,
        mac: null,
        speed: 0,
        up: true,
        addresses: [{ address: '127.0.0.1', mask: '255.0.0.0' }],
      },
      { name: 'ppp0', type: 1, mac: null, speed: 0, up: false, addresses: [{ address: '0.0.0.0', mask: '0.0.0.0' }] },
    ]),
    // The last arc is the function: 2 printer, then the other four that an MFP has.
    ...hostDevices(
      [2, 1, 5, 4, 3].map((code) => ({
        type: code === 2 ? (5 as const) : (1 as const),
        description,
        productId: `${RICOH}.1.2.1.1.6.${model.productCode}.${code}`,
        status: code === 2 ? status : 2,
      })),
    ),
    ...printerTables({
      facts,
      state,
      memory: model.memory,
      covers: ['Front Cover', 'Right Cover'],
      outputs: [{ name: 'Internal Tray 1', capacity: 500 }],
      counterUnit: model.counterUnit,
      resolution: 1200,
      supplies: supplies(state),
      // Measured in tenths of the tray.
      inputLevel: (tray) => Math.ceil((10 * tray.sheets) / tray.capacity) * (tray.capacity / 10),
      alertText: (kind, index) => alertText(state, kind, index),
      standingAlerts: [],
    }),
    ...jobTable(facts),
    ...identity(facts),
    ...scalarCounters(state, model),
    ...counterTable(state, model),
    ...tonerTable(state),
  ];
}

const COLOR_NAMES: Readonly<Record<Color, { en: string; fr: string; type: number }>> = {
  black: { en: 'Black Toner', fr: 'Toner noir', type: 3 },
  cyan: { en: 'Cyan Toner', fr: 'Toner cyan', type: 10 },
  magenta: { en: 'Magenta Toner', fr: 'Toner magenta', type: 11 },
  yellow: { en: 'Yellow Toner', fr: 'Toner jaune', type: 12 },
};

/** Printer-MIB tells toner in steps of ten percent; the exact level stands in the maker's table. */
const coarse = (percent: number): number => Math.ceil(percent / 10) * 10;

function supplies(state: MachineState): SupplyRow[] {
  const rows: SupplyRow[] = state.toner.map((cartridge, position) => ({
    row: tonerRow(position),
    colorant: position + 1,
    receptacle: false,
    type: 3,
    description: COLOR_NAMES[cartridge.color].en,
    unit: 19,
    capacity: 100,
    level: coarse(percentLeft(cartridge) ?? 0),
  }));
  rows.push({
    row: WASTE_ROW,
    colorant: 0,
    receptacle: true,
    type: 4,
    description: 'Waste Toner',
    unit: 19,
    capacity: 100,
    // Space left, as RFC 3805 wants it of a receptacle; no other table tells it.
    level: 100 - percentFilled(state.waste),
  });
  return rows.sort((a, b) => a.row - b.row);
}

function alertText(state: MachineState, kind: TroubleKind, index: number): string {
  const tray = state.trays[index - 1]?.name ?? `Tray ${index}`;
  const toner = state.toner.find((_, position) => tonerRow(position) === index);
  const supply = toner === undefined ? 'Toner' : COLOR_NAMES[toner.color].en;
  switch (kind) {
    case 'jam':
      return `Paper Misfeed: ${tray} {10033}`;
    case 'coverOpen':
      return 'Cover Open {40000}';
    case 'paperLow':
      return `Paper Low: ${tray} {13001}`;
    case 'paperEmpty':
      return `No Paper: ${tray} {13000}`;
    case 'tonerLow':
      return `${supply} is almost empty {10004}`;
    case 'tonerEmpty':
      return `${supply} is empty {10003}`;
    case 'wasteNearlyFull':
      return 'Waste Toner Bottle is almost full {10400}';
    case 'wasteFull':
      return 'Waste Toner Bottle is full {10401}';
  }
}

function identity(facts: MachineFacts): MibObject[] {
  const system = `${RICOH}.3.2.1.1.1`;
  return [
    scalar(`${system}.1`, text(facts.model)),
    scalar(`${system}.2`, text(facts.firmware)),
    scalar(`${system}.3`, text(canary('contact', facts.name))),
    scalar(`${system}.4`, localText(facts, facts.location)),
    scalar(`${system}.7`, text('RICOH')),
    scalar(`${RICOH}.3.2.1.2.1.4`, text(facts.serialNumber)),
    ...row(`${RICOH}.3.2.1.6.1.1`, 1, { 7: text(facts.name) }),
  ];
}

/** ricohEngCounterTotal, Printer, Fax, Copier. The total counts every page that came out. */
function scalarCounters(state: MachineState, model: RicohModel): MibObject[] {
  const counter = `${RICOH}.3.2.1.2.19`;
  const all: MibObject[] = [
    scalar(`${counter}.1`, counter32(lifeOf(state))),
    scalar(`${counter}.3`, counter32(sum(state.pages.fax))),
    scalar(`${counter}.4`, counter32(sum(state.pages.copy))),
  ];
  if (model.printScalar) all.push(scalar(`${counter}.2`, counter32(sum(state.pages.print))));
  return all;
}

interface CounterRow {
  readonly name: string;
  readonly local: string;
  readonly value: number;
}

/** Two-color prints are rare on these machines; here there are none, so color is all full color. */
function counterRow(state: MachineState, type: number): CounterRow | undefined {
  const { copy, fax, print } = state.pages;
  const total = totalOf(state);
  const { scans, faxesSent } = state;
  const rows: Readonly<Record<number, readonly [name: string, local: string, value: number]>> = {
    10: ['Counter: Machine Total', 'Compteur : total machine', lifeOf(state)],
    200: ['Counter:Copy: Total', 'Compteur : copie : total', sum(copy)],
    201: ['Counter:Copy: Black & White', 'Compteur : copie : noir et blanc', copy.mono],
    202: ['Counter:Copy: Single/Two-color', 'Compteur : copie : une/deux couleurs', 0],
    203: ['Counter:Copy: Full Color', 'Compteur : copie : couleur', copy.color],
    300: ['Counter:FAX: Total', 'Compteur : fax : total', sum(fax)],
    301: ['Counter:FAX: Black & White', 'Compteur : fax : noir et blanc', fax.mono],
    302: ['Counter:FAX: Single/Two-color', 'Compteur : fax : une/deux couleurs', 0],
    303: ['Counter:FAX: Full Color', 'Compteur : fax : couleur', fax.color],
    400: ['Counter:Print: Total', 'Compteur : impression : total', sum(print)],
    401: ['Counter:Print: Black & White', 'Compteur : impression : noir et blanc', print.mono],
    402: ['Counter:Print: Single/Two-color', 'Compteur : impression : une/deux couleurs', 0],
    403: ['Counter:Print: Full Color', 'Compteur : impression : couleur', print.color],
    604: ['Counter: Copier: Color', 'Compteur : copieur : couleur', copy.color],
    605: ['Counter: Copier: Black & White', 'Compteur : copieur : noir et blanc', copy.mono],
    606: ['Counter: Printer: Color', 'Compteur : imprimante : couleur', print.color],
    607: ['Counter: Printer: Black & White', 'Compteur : imprimante : noir et blanc', print.mono],
    608: ['Counter: Total Prints: Color', 'Compteur : total impressions : couleur', total.color],
    609: ['Counter: Total Prints: Black & White', 'Compteur : total impressions : noir et blanc', total.mono],
    700: ['Counter: A3/DLT', 'Compteur : A3/DLT', sum(state.sizes.A3)],
    701: ['Counter: Duplex', 'Compteur : recto verso', state.duplex],
    702: ['Counter: Staples', 'Compteur : agrafes', state.staples],
    870: ['Counter: Transmission: Total', 'Compteur : transmission : total', faxesSent + sum(scans)],
    871: ['Counter: Transmission: Black & White', 'Compteur : transmission : noir et blanc', faxesSent + scans.mono],
    872: ['Counter: Transmission: FAX', 'Compteur : transmission : fax', faxesSent],
    873: ['Counter: Scanner: Color', 'Compteur : scanner : couleur', scans.color],
    874: ['Counter: Scanner: Black & White', 'Compteur : scanner : noir et blanc', scans.mono],
  };
  const found = rows[type];
  return found === undefined ? undefined : { name: found[0], local: found[1], value: found[2] };
}

/** 367.3.2.1.2.19.5.1: the row number means nothing, the type id and the English name do. */
function counterTable(state: MachineState, model: RicohModel): MibObject[] {
  return [...COUNTER_TYPES_ALWAYS, ...model.furtherCounters].flatMap((type, position) => {
    const counter = counterRow(state, type);
    if (counter === undefined) return [];
    return row(`${RICOH}.3.2.1.2.19.5.1`, position + 1, {
      1: integer(position + 1),
      2: integer(type),
      3: octets(0),
      // 8 sheets, 50 times.
      4: integer(type === 702 ? 50 : 8),
      5: text(counter.name),
      6: text(counter.local),
      7: integer(0),
      8: integer(9_999_999),
      9: counter32(counter.value),
    });
  });
}

/** 367.3.2.1.2.24.1.1: the exact toner levels. */
function tonerTable(state: MachineState): MibObject[] {
  return state.toner.flatMap((cartridge, position) => {
    const { en, fr, type } = COLOR_NAMES[cartridge.color];
    return row(`${RICOH}.3.2.1.2.24.1.1`, position + 1, {
      1: integer(position + 1),
      2: text(en),
      3: text(fr),
      4: integer(type),
      5: integer(percentLeft(cartridge) ?? -2),
    });
  });
}
