/** The past of the mock's machines: a year of pages and levels, alerts and events, made of the device alone. */
import type { DeviceSeries, DeviceView, MachineLog, MachineOrigins, Reading } from '@rsb/contract';

const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

/** Pages of one hour of the week; nights and Sundays print nothing. */
function pagesAt(at: number, seed: number): { readonly mono: number; readonly color: number } {
  const date = new Date(at);
  const hour = date.getUTCHours();
  const day = date.getUTCDay();
  if (day === 0 || hour < 7 || hour > 18) return { mono: 0, color: 0 };
  const wave = Math.abs(Math.sin(at / 5.1e7 + seed) * Math.cos(at / 1.7e7));
  return { mono: Math.round(wave * (day === 6 ? 1 : 9)), color: Math.round(wave * (day === 6 ? 0 : 8)) };
}

export function mockSeries(device: DeviceView, from: number, now: number): DeviceSeries {
  const isColor = typeof device.counters?.value.total.color === 'number';
  const seed = device.address.length + Number(device.address.split('.').at(-1));
  const counters: DeviceSeries['counters'] = [];
  const step = now - from > 100 * 24 * HOUR ? 24 * HOUR : HOUR;
  let mono = 10_000;
  let color = 5000;
  for (let at = Math.floor(from / HOUR) * HOUR; at <= now; at += HOUR) {
    const pages = pagesAt(at, seed);
    mono += pages.mono;
    if (isColor) color += pages.color;
    // One week without a reading: the page has to say so.
    const isHole = at > now - 17 * 24 * HOUR && at < now - 14 * 24 * HOUR;
    if (isHole || at % step !== 0) continue;
    const total = isColor ? mono + color : mono;
    counters.push({ takenAt: iso(at), life: total, total, mono: isColor ? mono : null, color: isColor ? color : null });
  }
  const supplies = (device.supplies?.value ?? []).flatMap((supply, at) => {
    if (supply.percent === null || supply.type !== 'toner') return [];
    const points: DeviceSeries['supplies'][number]['points'] = [];
    const life = (40 + at * 17) * 24 * HOUR;
    const replacedAt = now - ((100 - supply.percent) / 100) * life;
    for (let moment = from; moment <= now; moment += 12 * HOUR) {
      const since = moment >= replacedAt ? moment - replacedAt : life + (moment - replacedAt);
      points.push({ takenAt: iso(moment), percent: Math.max(2, Math.round(100 - (since / life) * 100)), state: 'ok' });
    }
    return [{ supply: supply.color === null ? 'toner' : `toner/${supply.color}`, points }];
  });
  return { from: iso(from), to: iso(now), zone: 'Europe/Paris', counters, supplies };
}

export function mockLog(device: DeviceView, now: number): MachineLog {
  const before = (
    text: string,
    code: string | null,
    hours: number,
    minutes: number,
    severity: 'critical' | 'warning' = 'warning',
  ) => ({
    alert: {
      severity,
      group: 'input',
      code,
      text,
      location: { group: 'input', index: 2, name: 'Tray 2' },
    },
    began: iso(now - hours * HOUR),
    ended: iso(now - hours * HOUR + minutes * 60_000),
  });
  const event = (name: MachineLog['events'][number]['event'], days: number, detail: Record<string, string | null>) => ({
    at: iso(now - days * 24 * HOUR),
    event: name,
    detail,
  });
  const alerts = (device.alerts?.value ?? []).map((alert) => ({ alert, began: iso(now - 104 * 60_000), ended: null }));
  return {
    alerts: [
      ...alerts,
      before('No paper: Tray 2', 'inputMediaSupplyEmpty', 6, 8),
      before('Front cover open', 'coverOpen', 23, 3),
      before('Magenta toner empty', 'markerTonerEmpty', 21 * 24, 14),
      before('Misfeed: Fusing', 'jam', 26 * 24, 33, 'critical'),
    ],
    events: [
      event('supplyReplaced', 21, { supply: 'toner/magenta', from: '3', to: '100', serialNumber: null }),
      event('moved', 27, { from: '192.168.10.131', to: device.address }),
      event('supplyReplaced', 67, { supply: 'toner/black', from: '4', to: '100', serialNumber: null }),
      event('counterBack', 76, { counter: 'copy.mono', from: '21942', to: '21930', more: '0' }),
      event('firmware', 147, { from: '1.08', to: '1.09' }),
      event('new', 680, { address: device.address }),
    ],
  };
}

const STANDARD = '1.3.6.1.2.1.43.10.2.1.4.1.1';

export function mockOrigins(device: DeviceView): MachineOrigins {
  const counters = ['total.color', 'total.mono', 'print.color', 'print.mono', 'print.all', 'total.all'];
  return {
    driver: device.driver,
    asked: 41,
    origins: [
      {
        path: 'counters.life',
        objects: [{ oid: STANDARD, name: 'prtMarkerLifeCount', source: 'Printer-MIB prtMarkerLifeCount' }],
        how: 'value',
        evidence: 'mib',
        check: null,
      },
      ...counters.map((name, at) => ({
        path: `counters.${name}`,
        objects: [
          {
            oid: `1.3.6.1.4.1.367.3.2.1.2.19.5.1.9.${20 + at}`,
            name: 'ricohEngCounterValue',
            source: 'RicohPrivateMIB ricohEngCounterTable',
          },
        ],
        how: 'value' as const,
        evidence: 'mib' as const,
        check: name === 'total.color' ? 'mono + color = all' : null,
      })),
    ],
    unused: [
      {
        path: 'counters.vendorLife',
        value: '83203',
        objects: [{ oid: '1.3.6.1.4.1.367.3.2.1.2.19.1.0', name: 'ricohEngCounterTotal', source: null }],
        why: 'same',
        detail: null,
      },
      {
        path: 'counters.scan.all',
        value: '4294967295',
        objects: [{ oid: '1.3.6.1.4.1.367.3.2.1.2.19.5.1.9.54', name: 'ricohEngCounterValue', source: null }],
        why: 'refused',
        detail: 'the functions do not add up',
      },
    ],
    sent: { epoch: '0123456789abcdef', seq: 4711, state: 'delivered', settledAt: device.lastSeen },
  };
}

export function mockReading(device: DeviceView): Reading {
  return {
    contract: 1,
    address: device.address,
    port: device.port,
    unit: { hrDeviceIndex: 1 },
    takenAt: device.counters?.takenAt ?? device.lastSeen,
    kind: device.kind,
    asked: ['identity', 'counters', 'supplies', 'status', 'alerts'],
    identity: {
      manufacturer: device.manufacturer,
      model: device.model,
      serialNumber: device.serialNumber,
      macAddress: device.macAddress,
      hostName: device.hostName,
      location: device.location,
      assetNumber: device.assetNumber,
      firmware: device.firmware,
      sysObjectId: '1.3.6.1.4.1.367.1.1',
    },
    driver: device.driver,
    completeness: device.completeness ?? { state: 'complete', missing: [], reasons: {} },
    wire: { requests: 3, packets: 6, bytes: 1834 },
  };
}
