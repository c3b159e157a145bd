/** Kinds of machines that a dealer's fleet is made of: what each tells, prints and uses up. */

export interface MachineModel {
  readonly manufacturer: string;
  readonly model: string;
  readonly kind: 'printer' | 'mfp';
  readonly color: boolean;
  /** Pages of a full cartridge. */
  readonly yields: { readonly black: number; readonly color: number };
  /** Levels are told in steps of so many percent. */
  readonly step: 1 | 10;
  readonly pagesPerDay: readonly [number, number];
  readonly firmware: readonly [string, string];
  readonly sysObjectId: string;
  readonly macPrefix: string;
  readonly serial: (number: number) => string;
  readonly hostName: (mac: string) => string;
}

const digits = (number: number, length: number): string => String(number).padStart(length, '0').slice(-length);

export const MODELS: readonly MachineModel[] = [
  {
    ...{ manufacturer: 'Ricoh', model: 'MP C3003', kind: 'mfp', color: true, step: 1 },
    yields: { black: 29_500, color: 18_000 },
    pagesPerDay: [90, 260],
    firmware: ['1.08', '1.09'],
    sysObjectId: '1.3.6.1.4.1.367.1.1',
    macPrefix: '00:26:73',
    serial: (number) => `E153M${digits(930_000 + number, 6)}`,
    hostName: (mac) => `RNP${mac.replaceAll(':', '').toUpperCase()}`,
  },
  {
    ...{ manufacturer: 'Kyocera', model: 'FS-1370DN', kind: 'printer', color: false, step: 1 },
    yields: { black: 7200, color: 0 },
    pagesPerDay: [15, 120],
    firmware: ['2LV_2000.004.102', '2LV_2000.004.103'],
    sysObjectId: '1.3.6.1.4.1.1347.41',
    macPrefix: '00:c0:ee',
    serial: (number) => `Q66${digits(4_100_000 + number * 7, 7)}`,
    hostName: (mac) => `KM${mac.slice(9).replaceAll(':', '').toUpperCase()}`,
  },
  {
    ...{ manufacturer: 'Kyocera', model: 'TASKalfa 3554ci', kind: 'mfp', color: true, step: 1 },
    yields: { black: 25_000, color: 20_000 },
    pagesPerDay: [120, 340],
    firmware: ['2XC_S000.002.201', '2XC_S000.002.305'],
    sysObjectId: '1.3.6.1.4.1.1347.43.5.1.1.1',
    macPrefix: '00:17:c8',
    serial: (number) => `RF8${digits(1_200_000 + number * 3, 7)}`,
    hostName: (mac) => `KM${mac.slice(9).replaceAll(':', '').toUpperCase()}`,
  },
  {
    ...{ manufacturer: 'HP', model: 'LaserJet M507', kind: 'printer', color: false, step: 1 },
    yields: { black: 20_000, color: 0 },
    pagesPerDay: [30, 160],
    firmware: ['2506649_033014', '2507169_040921'],
    sysObjectId: '1.3.6.1.4.1.11.2.3.9.1',
    macPrefix: '3c:2a:f4',
    serial: (number) => `CNBRP${digits(10_000 + number, 5)}`,
    hostName: (mac) => `NPI${mac.slice(9).replaceAll(':', '').toUpperCase()}`,
  },
  {
    ...{ manufacturer: 'Brother', model: 'HL-L6400DW', kind: 'printer', color: false, step: 10 },
    yields: { black: 12_000, color: 0 },
    pagesPerDay: [20, 90],
    firmware: ['1.61', '1.66'],
    sysObjectId: '1.3.6.1.4.1.2435.2.3.9.1',
    macPrefix: '00:80:77',
    serial: (number) => `E74932${digits(100_000 + number, 6)}`,
    hostName: (mac) => `BRN${mac.replaceAll(':', '').toUpperCase()}`,
  },
];
