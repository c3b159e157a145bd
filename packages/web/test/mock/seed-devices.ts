/** Thirteen machines in the shapes of the API, with the states that the pages have to show. For development only. */
import type { Alert, Counters, DeviceView, Status, Supply } from '@rsb/contract';

interface Draft {
  readonly name: string;
  readonly address: string;
  readonly mac: string;
  readonly serial: string;
  readonly model: string;
  readonly location: string | null;
  readonly serviceId: string | null;
  readonly life: number;
  readonly total?: readonly [number, number];
  readonly print?: readonly [number, number];
  /** K C M Y and waste; a number is the percent left. */
  readonly toner: readonly (number | 'some' | 'empty' | 'unknown')[];
  readonly waste?: number | 'some' | 'full';
  readonly status?: Status;
  readonly alerts?: readonly Alert[];
  readonly presence?: DeviceView['presence'];
  readonly hoursOld?: number;
  readonly monitored?: boolean;
}

const alert = (index: number, code: string, text: string, severity: Alert['severity'] = 'warning'): Alert => ({
  severity,
  group: 'input',
  code,
  text,
  location: { group: 'input', index, name: null },
});

const kyocera = (
  name: string,
  address: string,
  mac: string,
  serial: string,
  serviceId: string,
  life: number,
  more: Partial<Draft> & Pick<Draft, 'toner' | 'location'>,
): Draft => ({
  name,
  address,
  mac,
  serial,
  serviceId,
  life,
  model: 'FS-1370DN',
  ...more,
});

const drafts = (now: number): readonly Draft[] => [
  kyocera('KMB5F1A0', '192.168.10.123', '00:c0:ee:b5:f1:a0', 'Q663894857', '708166', 28536, {
    toner: [62],
    location: 'Accueil',
  }),
  kyocera('KMB5F07C', '192.168.10.125', '00:c0:ee:b5:f0:7c', 'Q663894848', '708164', 178297, {
    toner: [8],
    location: 'Expédition',
    status: { state: 'printing', errors: [] },
  }),
  kyocera('KMB66E54', '192.168.7.120', '00:c0:ee:b6:6e:54', 'Q663902729', '708212', 6068, {
    toner: [71],
    location: 'Mulhouse, b. 2',
    presence: { state: 'asleep', since: new Date(now - 3 * 3_600_000).toISOString() },
    hoursOld: 3,
  }),
  {
    name: 'RNP0025735AS21B',
    address: '192.168.10.127',
    mac: '00:26:73:5a:52:1b',
    serial: 'W513J201244',
    model: 'Aficio MP C4502',
    location: 'Étage 1, couloir',
    serviceId: null,
    life: 14882,
    total: [14263, 419],
    print: [11419, 402],
    toner: [55, 34, 41, 78],
    waste: 77,
  },
  kyocera('KMB5F1A4', '192.168.10.122', '00:c0:ee:b5:f1:a4', 'Q663894859', '708167', 45960, {
    toner: [44],
    location: 'Comptabilité',
  }),
  kyocera('KMB5F1A7', '192.168.10.121', '00:c0:ee:b5:f1:a7', 'Q663894862', '708168', 16604, {
    toner: ['some'],
    location: 'Direction',
  }),
  kyocera('Fs-1370-119', '192.168.10.242', '00:c0:ee:b6:11:1b', 'Q663899128', '708170', 24988, {
    toner: [88],
    location: 'Atelier',
  }),
  kyocera('KMB5F1A2', '192.168.10.124', '00:c0:ee:b5:f1:a2', 'Q663894855', '708165', 90692, {
    toner: [23],
    location: 'Logistique',
  }),
  {
    name: 'RNPE35736',
    address: '192.168.10.9',
    mac: '00:00:74:e3:67:36',
    serial: 'V2284701060',
    model: 'Aficio MP C2050',
    location: 'Commercial',
    serviceId: '708695',
    life: 50408,
    total: [22802, 27606],
    print: [11720, 24488],
    toner: [70, 12, 'empty', 33],
    waste: 'some',
  },
  {
    name: 'RNPEB7829',
    address: '192.168.17.21',
    mac: '00:00:74:eb:7b:29',
    serial: 'V2293901188',
    model: 'Aficio MP C2050',
    location: 'Besançon, accueil',
    serviceId: '707984',
    life: 230885,
    total: [204974, 25911],
    print: [102506, 19547],
    toner: [31, 64, 58, 22],
    waste: 36,
    status: { state: 'down', errors: ['jammed'] },
    alerts: [alert(2, 'jam', 'Paper Misfeed: Paper Tray 2', 'critical')],
  },
  {
    name: 'RNP00257373D660',
    address: '192.168.10.126',
    mac: '00:26:73:73:d6:60',
    serial: 'E153M930272',
    model: 'MP C3003',
    location: 'Étage 2',
    serviceId: '708189',
    life: 83203,
    total: [39093, 44110],
    print: [16751, 41764],
    toner: [40, 66, 52, 61],
    waste: 88,
    status: { state: 'idle', errors: ['lowPaper'] },
    alerts: [alert(3, 'inputMediaSupplyLow', 'Paper low')],
  },
  kyocera('KMB5F1B1', '192.168.10.120', '00:c0:ee:b5:f1:b1', 'Q663894869', '708169', 20595, {
    toner: [27],
    location: 'Archives',
    presence: { state: 'silent', since: '2026-11-22T06:00:00Z' },
    hoursOld: 50,
  }),
  kyocera('KMB5F1B3', '192.168.10.128', '00:c0:ee:b5:f1:b3', 'Q663894871', '708171', 12345, {
    toner: ['unknown'],
    location: null,
    monitored: false,
  }),
];

const COLORS = ['black', 'cyan', 'magenta', 'yellow'] as const;

function supply(
  index: number,
  level: number | 'some' | 'empty' | 'unknown' | 'full',
  type: Supply['type'],
  color: Supply['color'],
): Supply {
  const percent = typeof level === 'number' ? level : level === 'empty' || level === 'full' ? 0 : null;
  const state = typeof level === 'number' ? (level <= 10 ? 'low' : 'ok') : level === 'some' ? 'someRemaining' : level;
  const name = type === 'waste' ? 'Waste Toner' : `${color} toner`;
  return {
    index: `1.${index}`,
    type,
    color,
    description: name,
    partNumber: type === 'toner' ? 'TK-170' : null,
    serialNumber: null,
    percent,
    state,
    level: percent,
    capacity: 100,
    unit: 'percent',
  };
}

function counters(draft: Draft): Counters {
  const [mono, color] = draft.total ?? [draft.life, null];
  const [printMono, printColor] = draft.print ?? [draft.life, null];
  const none = { all: null, mono: null, color: null };
  return {
    life: draft.life,
    lifeUnit: 'impressions',
    vendorLife: draft.life,
    billing: 'total',
    total: { all: mono + (color ?? 0), mono, color },
    print: { all: printMono + (printColor ?? 0), mono: printMono, color: printColor },
    copy: none,
    fax: none,
    scan: none,
    duplex: draft.total ? 1200 : null,
    largeFormat: draft.total ? 310 : null,
    other: [],
  };
}

export function seedDevices(now: number): readonly DeviceView[] {
  return drafts(now).map((draft) => {
    const takenAt = new Date(now - (draft.hoursOld ?? 0.3) * 3_600_000).toISOString();
    const supplies = draft.toner.map((level, at) => supply(at + 1, level, 'toner', COLORS[at] ?? null));
    if (draft.waste !== undefined) supplies.push(supply(9, draft.waste, 'waste', null));
    return {
      id: `serial:${draft.serial}`,
      address: draft.address,
      port: 161,
      monitored: draft.monitored ?? true,
      kind: draft.total ? 'mfp' : 'printer',
      manufacturer: draft.total ? 'Ricoh' : 'Kyocera',
      model: draft.model,
      serialNumber: draft.serial,
      macAddress: draft.mac,
      hostName: draft.name,
      location: draft.location,
      locationNote: null,
      group: draft.address.startsWith('192.168.10.') ? 'Strasbourg' : null,
      serviceId: draft.serviceId,
      note: null,
      assetNumber: null,
      firmware: draft.total ? '1.09' : '2K9_2000.002.007',
      presence: draft.presence ?? { state: 'answering', since: new Date(now - 86_400_000).toISOString() },
      counters: { takenAt, value: counters(draft) },
      supplies: { takenAt, value: supplies },
      status: { takenAt, value: draft.status ?? { state: 'idle', errors: [] } },
      alerts: { takenAt, value: [...(draft.alerts ?? [])] },
      driver: { name: draft.total ? 'ricoh' : 'kyocera', version: 1, generic: false },
      completeness: { state: 'complete', missing: [], reasons: {} },
      firstSeen: '2025-01-12T08:00:00Z',
      lastSeen: takenAt,
      reading: false,
    };
  });
}

/** Many machines from the thirteen, for lists that have to scroll. */
export function manyDevices(count: number, now: number): readonly DeviceView[] {
  const seed = seedDevices(now);
  return Array.from({ length: count }, (_, at) => {
    const device = seed[at % seed.length];
    if (!device) throw new Error('the seed is empty');
    const number = String(at).padStart(5, '0');
    return {
      ...device,
      id: `serial:${number}`,
      serialNumber: `S${number}`,
      hostName: `${device.hostName}-${number}`,
      address: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
    };
  });
}
