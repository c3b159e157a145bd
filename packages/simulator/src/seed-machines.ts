/** The thirteen machines of the seed's screenshot (CONTRACT §7): names, serials, addresses and counters as it shows them. */
import { type Fs1370dnStart, fs1370dnState } from './machines/fs-1370dn-state.ts';
import { type RicohStart, ricohState } from './machines/ricoh-mp-state.ts';
import type { MachineFacts, MachineState } from './machines/state.ts';

export interface SeedMachine {
  readonly facts: MachineFacts;
  /** The dealer's own number, typed in on the box; the MP C4502 has none in the seed. */
  readonly serviceId: string | null;
  /** A fresh state with the seed's numbers. */
  readonly start: () => MachineState;
}

export const seedMachines: readonly SeedMachine[] = [
  kyocera('KMB5F1A0', '127.0.10.123', 'Q663894857', '00:C0:EE:B5:F1:A0', '708166', 'Accueil', 33, {
    pages: 28_536,
    tonerPercent: 62,
  }),
  kyocera('KMB5F07C', '127.0.10.125', 'Q663894848', '00:C0:EE:B5:F0:7C', '708164', 'Expédition', 190, {
    pages: 178_297,
    tonerPercent: 8,
    phase: 'printing',
  }),
  kyocera('KMB66E54', '127.0.7.120', 'Q663902729', '00:C0:EE:B6:6E:54', '708212', 'Mulhouse, b. 2', 9, {
    pages: 6_068,
    tonerPercent: 71,
    phase: 'sleep',
  }),
  ricoh(
    {
      name: 'RNP0025735AS21B',
      address: '127.0.10.127',
      model: 'Aficio MP C4502',
      serialNumber: 'W513J201244',
      macAddress: '00:26:73:5A:52:1B',
      location: 'Étage 1, couloir',
      charset: 'utf-8',
      firmware: '2.11',
      pagesPerDay: 40,
    },
    null,
    {
      total: { mono: 14_263, color: 419 },
      print: { mono: 11_419, color: 402 },
      faxes: 36,
      // The seed's columns do not add up to its life count of 14,882: these pages are in no function.
      servicePages: 200,
      duplex: 4_806,
      largeFormat: 212,
      scans: { mono: 1_904, color: 655 },
      faxesSent: 28,
      tonerPercent: { black: 55, cyan: 34, magenta: 41, yellow: 78 },
      tonerPages: { black: 31_000, color: 22_500 },
      wastePercent: 23,
      trays: [330, 440, 275, 495],
    },
  ),
  kyocera('KMB5F1A4', '127.0.10.122', 'Q663894859', '00:C0:EE:B5:F1:A4', '708167', 'Comptabilité', 52, {
    pages: 45_960,
    tonerPercent: 44,
  }),
  kyocera('KMB5F1A7', '127.0.10.121', 'Q663894862', '00:C0:EE:B5:F1:A7', '708168', 'Direction', 18, {
    pages: 16_604,
    tonerPercent: null,
  }),
  kyocera('Fs-1370-119', '127.0.10.242', 'Q663899128', '00:C0:EE:B6:11:1B', '708170', 'Atelier', 30, {
    pages: 24_988,
    tonerPercent: 88,
  }),
  kyocera('KMB5F1A2', '127.0.10.124', 'Q663894855', '00:C0:EE:B5:F1:A2', '708165', 'Logistique', 105, {
    pages: 90_692,
    tonerPercent: 23,
  }),
  ricoh(
    {
      name: 'RNPE35736',
      address: '127.0.10.9',
      model: 'Aficio MP C2050',
      serialNumber: 'V2284701060',
      macAddress: '00:00:74:E3:67:36',
      location: 'Commercial',
      charset: 'utf-8',
      firmware: '1.16',
      pagesPerDay: 85,
    },
    '708695',
    {
      total: { mono: 22_802, color: 27_606 },
      print: { mono: 11_720, color: 24_488 },
      faxes: 412,
      duplex: 9_714,
      largeFormat: 1_388,
      scans: { mono: 6_120, color: 3_977 },
      faxesSent: 388,
      tonerPercent: { black: 70, cyan: 12, magenta: 0, yellow: 33 },
      tonerPages: { black: 10_000, color: 5_500 },
      wastePercent: 81,
      trays: [275, 495],
    },
  ),
  ricoh(
    {
      name: 'RNPEB7829',
      address: '127.0.17.21',
      model: 'Aficio MP C2050',
      serialNumber: 'V2293901188',
      macAddress: '00:00:74:EB:7B:29',
      location: 'Besançon, accueil',
      charset: 'latin-1',
      firmware: '1.16',
      pagesPerDay: 210,
    },
    '707984',
    {
      total: { mono: 204_974, color: 25_911 },
      print: { mono: 102_506, color: 19_547 },
      faxes: 8_214,
      duplex: 61_240,
      largeFormat: 7_016,
      scans: { mono: 40_188, color: 9_303 },
      faxesSent: 6_950,
      tonerPercent: { black: 31, cyan: 64, magenta: 58, yellow: 22 },
      tonerPages: { black: 10_000, color: 5_500 },
      wastePercent: 64,
      trays: [385, 220],
      jamInTray: 2,
    },
  ),
  ricoh(
    {
      name: 'RNP00257373D660',
      address: '127.0.10.126',
      model: 'MP C3003',
      serialNumber: 'E153M930272',
      macAddress: '00:26:73:73:D6:60',
      location: 'Étage 2',
      charset: 'latin-1',
      firmware: '1.09',
      pagesPerDay: 160,
    },
    '708189',
    {
      total: { mono: 39_093, color: 44_110 },
      print: { mono: 16_751, color: 41_764 },
      faxes: 655,
      duplex: 1_200,
      largeFormat: 310,
      scans: { mono: 5_512, color: 8_430 },
      faxesSent: 511,
      tonerPercent: { black: 40, cyan: 66, magenta: 52, yellow: 61 },
      tonerPages: { black: 29_500, color: 18_000 },
      wastePercent: 12,
      trays: [440, 550, 44],
    },
  ),
  kyocera('KMB5F1B1', '127.0.10.120', 'Q663894869', '00:C0:EE:B5:F1:B1', '708169', 'Archives', 24, {
    pages: 20_595,
    tonerPercent: 27,
  }),
  kyocera('KMB5F1B3', '127.0.10.128', 'Q663894871', '00:C0:EE:B5:F1:B3', '708171', 'Réserve', 15, {
    pages: 12_345,
    tonerPercent: 95,
  }),
];

/** What the dealer types in through the box's page. */
export const seedServiceIds: readonly {
  readonly address: string;
  readonly serialNumber: string;
  readonly serviceId: string;
}[] = seedMachines.flatMap(({ facts: { address, serialNumber }, serviceId }) =>
  serviceId === null ? [] : [{ address, serialNumber, serviceId }],
);

function kyocera(
  name: string,
  address: string,
  serialNumber: string,
  macAddress: string,
  serviceId: string,
  location: string,
  pagesPerDay: number,
  start: Fs1370dnStart & { readonly phase?: MachineState['phase'] },
): SeedMachine {
  return {
    facts: {
      address,
      name,
      model: 'FS-1370DN',
      serialNumber,
      macAddress,
      location,
      charset: 'utf-8',
      firmware: '2LV_2000.004.103',
      tellsSleep: true,
      pagesPerDay,
    },
    serviceId,
    start: () => ({ ...fs1370dnState(start), phase: start.phase ?? 'idle' }),
  };
}

function ricoh(
  facts: Omit<MachineFacts, 'tellsSleep'>,
  serviceId: string | null,
  start: RicohStart & { readonly jamInTray?: number },
): SeedMachine {
  return {
    facts: { ...facts, tellsSleep: false },
    serviceId,
    start: () => {
      const state = ricohState(start);
      if (start.jamInTray !== undefined) state.events.add(`jam:${start.jamInTray}`);
      return state;
    },
  };
}
