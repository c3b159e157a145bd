/** Kyocera FS-1370DN: an A4 mono printer with duplex unit, told by the maker's tables (1347.40, 42, 43) and Printer-MIB. */
import { canary } from '../canary.ts';
import type { MibObject } from '../mib.ts';
import { integer, row, scalar, text } from '../values.ts';
import {
  jobTable,
  localText,
  printerDeviceStatus,
  printerTables,
  type StandingAlert,
  type SupplyRow,
} from './printer-mib.ts';
import { type MachineFacts, type MachineState, PAPER_SIZES, percentLeft, sum, totalOf } from './state.ts';
import { hostDevices, interfaces, systemGroup } from './system-mib.ts';
import { WASTE_ROW } from './trouble.ts';

const KYOCERA = '1.3.6.1.4.1.1347';

/** The media-size table of an A4 machine has no A3. */
const SIZES = PAPER_SIZES.filter((size) => size !== 'A3');

export function fs1370dnObjects(facts: MachineFacts, state: MachineState, upTime: () => number): MibObject[] {
  return [
    ...systemGroup({
      description: text('KYOCERA Print I/F'),
      objectId: `${KYOCERA}.41`,
      upTime,
      contact: canary('contact', facts.name),
      name: text(facts.name),
      location: localText(facts, facts.location),
      services: 12,
    }),
    ...interfaces([
      {
        name: 'eth0',
        type: 6,
        mac: facts.macAddress,
        speed: 100_000_000,
        up: true,
        addresses: [{ address: facts.address, mask: '255.255.255.0' }],
      },
    ]),
    ...hostDevices([
      { type: 5, description: facts.model, productId: `${KYOCERA}.43.1.2.1`, status: printerDeviceStatus(state) },
      { type: 6, description: 'RAM DISK', productId: null, status: 2 },
    ]),
    ...printerTables({
      facts,
      state,
      memory: 131_072,
      covers: ['Top Cover', 'Rear Cover'],
      outputs: [{ name: 'Top Tray', capacity: 250 }],
      counterUnit: 7,
      resolution: 600,
      supplies: supplies(state),
      // The machine knows only whether there is paper: -3 is "at least one sheet".
      inputLevel: (tray) => (tray.sheets > 0 ? -3 : 0),
      alertText: () => '',
      standingAlerts: standingAlerts(state),
    }),
    ...jobTable(facts),
    ...network(facts),
    ...identity(facts),
    ...counters(state),
  ];
}

/** TK-170: 7,200 pages. The level is in pages, told in steps of one percent; the waste bottle is not measured. */
function supplies(state: MachineState): SupplyRow[] {
  const rows: SupplyRow[] = state.toner.map((cartridge) => {
    const percent = percentLeft(cartridge);
    return {
      row: 1,
      colorant: 1,
      receptacle: false,
      type: 3,
      description: 'TK-170',
      unit: 7,
      capacity: percent === null ? -2 : cartridge.capacity,
      level: percent === null ? -3 : (cartridge.capacity * percent) / 100,
    };
  });
  rows.push({
    row: WASTE_ROW,
    colorant: 0,
    receptacle: true,
    type: 4,
    description: 'Waste Toner Box',
    unit: 7,
    capacity: -2,
    level: -3,
  });
  return rows;
}

/** powerUp stays for ever; fuser under temperature stays while asleep or warming up. Neither is a fault. */
function standingAlerts(state: MachineState): StandingAlert[] {
  const powerUp: StandingAlert = { index: 2, severity: 4, training: 6, group: 5, code: 503, at: 2675 };
  if (state.cold === null) return [powerUp];
  return [powerUp, { index: state.cold.alert, severity: 5, training: 3, group: 10, code: 1001, at: state.cold.since }];
}

function deviceId(facts: MachineFacts): string {
  return (
    `ID:${facts.model};MFG:Kyocera;CMD:PCLXL,PostScript Emulation,PCL5E,PJL;MDL:${facts.model};CLS:PRINTER;` +
    `DES:Kyocera ${facts.model};SER:${facts.serialNumber};`
  );
}

function network(facts: MachineFacts): MibObject[] {
  return [
    ...row(`${KYOCERA}.40.1.1.1`, 1, { 1: integer(1), 2: integer(2), 3: text('Network'), 8: text(deviceId(facts)) }),
    ...row(`${KYOCERA}.40.10.1.1`, 1, { 1: integer(3), 5: text(facts.name) }),
    ...row('1.3.6.1.4.1.2699.1.2.1.2.1.1', 1, { 2: text(facts.name), 3: text(deviceId(facts)), 6: integer(1) }),
  ];
}

function identity(facts: MachineFacts): MibObject[] {
  const engine = '2LZ_1000.002.001';
  return [
    ...row(`${KYOCERA}.43.5.1.1`, 1, {
      1: text(facts.model),
      28: text(facts.serialNumber),
      29: text(''),
      36: text(facts.model),
    }),
    ...row(`${KYOCERA}.43.5.4.1`, '1.1', {
      2: text('PPC440F5'),
      3: integer(400),
      4: integer(1),
      5: text(facts.firmware),
    }),
    ...row(`${KYOCERA}.43.5.4.1`, '1.2', { 2: text(''), 3: integer(-2), 4: integer(0), 5: text(engine) }),
    ...row(`${KYOCERA}.42.5.4.1`, 1, { 2: integer(1), 3: integer(1), 4: text(''), 5: text(facts.firmware) }),
    ...row(`${KYOCERA}.42.5.4.1`, 2, { 2: integer(2), 3: integer(2), 4: text(''), 5: text(engine) }),
    ...row(`${KYOCERA}.43.18.2.1`, '1.1', { 2: text(canary('panel', facts.name)) }),
    // Accounting: who printed how much.
    scalar(`${KYOCERA}.47.6.1.1`, text(canary('account', facts.name))),
  ];
}

function counters(state: MachineState): MibObject[] {
  const total = sum(totalOf(state));
  return [
    ...row(`${KYOCERA}.43.10.1.1`, '1.1', { 12: integer(total) }),
    ...SIZES.flatMap((size, position) =>
      row(`${KYOCERA}.42.2.1.1.1`, `1.${position + 1}`, {
        2: text(size),
        3: integer(3),
        6: integer(sum(state.sizes[size])),
        7: integer(state.sizes[size].mono),
      }),
    ),
    ...row(`${KYOCERA}.42.2.2.1.1`, '1.1', { 1: integer(1), 2: text('Monochrome'), 3: integer(total) }),
    ...[
      total - state.duplex,
      state.duplex,
      total - state.twoInOne - state.fourInOne,
      state.twoInOne,
      state.fourInOne,
    ].flatMap((pages, position) => row(`${KYOCERA}.42.2.5.1`, `${position + 1}.1`, { 1: integer(pages) })),
    // Function 1 is the printer (hrDevice row 1); there is no other.
    ...row(`${KYOCERA}.42.3.1.1.1`, 1, { 1: integer(sum(state.pages.print)) }),
    ...row(`${KYOCERA}.42.3.1.2.1`, '1.1', { 1: integer(state.pages.print.mono) }),
  ];
}
