/**
 * Settings that each level hands down: dealer, agency, customer, site, box, device. The nearest level that says something
 * is right, and it is always told which one that was.
 */
import {
  type Fault,
  fault,
  HANDED_DOWN,
  type HandedDown,
  parserOf,
  type SettingLevel,
  type SettingsHere,
  HandedDown as Shape,
  type ValueFrom,
} from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { BoxRow } from '../store/customer-boxes.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { PlaceLevel } from '../store/customer-places.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';

/** What is so where nobody has said anything. */
export const HANDED_DOWN_DEFAULTS = {
  supplyMark: 10,
  silentHours: 48,
  boxSilentHours: 26,
  leadDays: 3,
  billingDay: 31,
  language: 'en',
  zone: 'UTC',
} as const satisfies Required<HandedDown>;

export interface Level {
  readonly level: SettingLevel;
  readonly name: string | null;
  readonly own: HandedDown;
  readonly revision: number;
}

/** Where settings are asked for: as far down as it is known. */
export interface Spot {
  readonly site?: number;
  readonly agent?: string;
  readonly device?: DeviceId;
}

const parse = parserOf(Shape);

/** What is stored was checked when it was saved; a value of an older version that is no more is left out. */
function readOwn(text: string | null | undefined): HandedDown {
  if (text === null || text === undefined) return {};
  const parsed = parse(JSON.parse(text));
  return parsed.ok ? parsed.value : {};
}

/** The house's own levels: the dealer, and an agency below it. */
export async function houseLevels(database: CentralDatabase, agency: number | null): Promise<Level[]> {
  const { house, housePlaces } = database;
  const dealer = await housePlaces.findSettings('dealer', 0);
  const levels: Level[] = [
    {
      level: 'dealer',
      name: (await house.findDealer())?.name ?? null,
      own: readOwn(dealer?.value),
      revision: dealer?.revision ?? 0,
    },
  ];
  if (agency === null) return levels;
  const found = await housePlaces.findSettings('agency', agency);
  const name = (await housePlaces.findAgency(agency))?.name ?? null;
  levels.push({ level: 'agency', name, own: readOwn(found?.value), revision: found?.revision ?? 0 });
  return levels;
}

/** What the dealer says for all, where no place says otherwise. */
export async function houseSettings(database: CentralDatabase): Promise<Required<HandedDown>> {
  return plainValues(effective(await houseLevels(database, null), null));
}

/** All levels above a spot of a customer and the spot itself, from the dealer down; last what the box tells of its zone. */
export async function levelsAt(
  store: CustomerStore,
  spot: Spot = {},
): Promise<{ readonly levels: readonly Level[]; readonly toldZone: string | null }> {
  const customer = await store.find();
  const device = spot.device === undefined ? undefined : await store.devices.find(spot.device);
  const agent = spot.agent ?? device?.agent;
  const box = agent === undefined ? undefined : await store.boxes.find(agent);
  const byHand = device && (await store.places.placesOf([device.id])).get(device.id);
  const site = spot.site ?? byHand ?? box?.site_id;
  const wanted: { readonly level: PlaceLevel; readonly owner: string; readonly name: string | null }[] = [
    { level: 'customer', owner: '', name: customer?.name ?? null },
  ];
  if (site !== undefined)
    wanted.push({
      level: 'site',
      owner: String(site),
      name: (await store.places.findSite(site))?.name ?? null,
    });
  if (agent !== undefined) wanted.push({ level: 'box', owner: agent, name: agent });
  if (device) wanted.push({ level: 'device', owner: String(device.id), name: null });
  const stored = await store.places.settings(wanted);
  const levels: Level[] = (await store.places.above()).map(({ value, ...above }) => ({
    ...above,
    own: readOwn(value),
  }));
  for (const { level, owner, name } of wanted) {
    const found = stored.find((row) => row.level === level && row.owner === owner);
    levels.push({ level, name, own: readOwn(found?.value), revision: found?.revision ?? 0 });
  }
  return { levels, toldZone: box?.zone ?? null };
}

/** What holds at each box of a customer, for few questions to the store. */
export async function settingsOfBoxes(store: CustomerStore): Promise<ReadonlyMap<string, Required<HandedDown>>> {
  const boxes = await store.boxes.listPlain();
  const wanted: { readonly level: PlaceLevel; readonly owner: string }[] = [
    { level: 'customer', owner: '' },
    ...[...new Set(boxes.map(({ site_id }) => site_id))].map((site) => ({
      level: 'site' as const,
      owner: String(site),
    })),
    ...boxes.map(({ agent }) => ({ level: 'box' as const, owner: agent })),
  ];
  const above: Level[] = (await store.places.above()).map(({ value, ...rest }) => ({ ...rest, own: readOwn(value) }));
  const stored = await store.places.settings(wanted);
  const levelOf = (level: PlaceLevel, owner: string): Level => {
    const found = stored.find((row) => row.level === level && row.owner === owner);
    return { level, name: null, own: readOwn(found?.value), revision: found?.revision ?? 0 };
  };
  return new Map(
    boxes.map(({ agent, site_id, zone }) => {
      const levels = [...above, levelOf('customer', ''), levelOf('site', String(site_id)), levelOf('box', agent)];
      return [agent, plainValues(effective(levels, zone))];
    }),
  );
}

/** What holds at each of these devices, which stand behind `boxes` or where `placed` says, for few questions to the store. */
export async function settingsOfDevices(
  store: CustomerStore,
  devices: readonly Pick<DeviceRow, 'id' | 'agent'>[],
  boxes: ReadonlyMap<string, Pick<BoxRow, 'site_id' | 'zone'>>,
  placed: ReadonlyMap<DeviceId, number>,
): Promise<ReadonlyMap<DeviceId, Required<HandedDown>>> {
  const siteOf = ({ id, agent }: Pick<DeviceRow, 'id' | 'agent'>) => placed.get(id) ?? boxes.get(agent)?.site_id;
  const sites = new Set(devices.map(siteOf));
  const stored = await store.places.settings([
    { level: 'customer', owner: '' },
    ...[...sites].flatMap((site) => (site === undefined ? [] : [{ level: 'site' as const, owner: String(site) }])),
    ...[...boxes.keys()].map((agent) => ({ level: 'box' as const, owner: agent })),
    ...devices.map(({ id }) => ({ level: 'device' as const, owner: String(id) })),
  ]);
  const values = new Map(stored.map(({ level, owner, value }) => [`${level} ${owner}`, value]));
  const above: Level[] = (await store.places.above()).map(({ value, ...rest }) => ({ ...rest, own: readOwn(value) }));
  const levelOf = (level: PlaceLevel, owner: string): Level => ({
    level,
    name: null,
    own: readOwn(values.get(`${level} ${owner}`)),
    revision: 0,
  });
  // Most devices have no settings of their own: those of one place are one object.
  const known = new Map<string, Required<HandedDown>>();
  return new Map(
    devices.map((device) => {
      const { id, agent } = device;
      const site = siteOf(device);
      const key = `${site} ${agent} ${values.get(`device ${id}`) ?? ''}`;
      const found =
        known.get(key) ??
        plainValues(
          effective(
            [
              ...above,
              levelOf('customer', ''),
              ...(site === undefined ? [] : [levelOf('site', String(site))]),
              levelOf('box', agent),
              levelOf('device', String(id)),
            ],
            boxes.get(agent)?.zone ?? null,
          ),
        );
      known.set(key, found);
      return [id, found];
    }),
  );
}

/** Each value with the level that says it. The box's own zone counts before what the levels above it say. */
export function effective(levels: readonly Level[], toldZone: string | null): SettingsHere['effective'] {
  const entries = HANDED_DOWN.map((name): [keyof HandedDown, ValueFrom] => {
    const at = levels.findLast(({ own }) => own[name] !== undefined);
    const isAbove = at === undefined || ['dealer', 'agency', 'customer'].includes(at.level);
    if (name === 'zone' && toldZone !== null && isAbove) return [name, { value: toldZone, from: 'told', name: null }];
    if (!at) return [name, { value: HANDED_DOWN_DEFAULTS[name], from: 'default', name: null }];
    return [name, { value: at.own[name] ?? null, from: at.level, name: at.name === '' ? null : at.name }];
  });
  return Object.fromEntries(entries) as SettingsHere['effective'];
}

/** The plain values, for what works with them. */
export function plainValues(found: SettingsHere['effective']): Required<HandedDown> {
  const values: Record<string, unknown> = {};
  for (const name of HANDED_DOWN) values[name] = found[name].value ?? HANDED_DOWN_DEFAULTS[name];
  return values as Required<HandedDown>;
}

export async function settingsAt(store: CustomerStore, spot: Spot = {}): Promise<Required<HandedDown>> {
  const { levels, toldZone } = await levelsAt(store, spot);
  return plainValues(effective(levels, toldZone));
}

/** The settings of the lowest of these levels, as they are shown. */
export function settingsView(levels: readonly Level[], toldZone: string | null): SettingsHere {
  const here = levels.at(-1);
  if (!here) throw new Error('there is always the dealer');
  return {
    level: here.level,
    revision: here.revision,
    own: here.own,
    effective: effective(levels, toldZone),
  };
}

/** What a schema cannot say: whether this machine knows the zone. */
export function judgeOwn(own: HandedDown): Outcome<HandedDown, Fault> {
  if (own.zone === undefined) return success(own);
  try {
    new Intl.DateTimeFormat('en', { timeZone: own.zone });
    return success(own);
  } catch {
    return failure(fault('zoneUnknown', { zone: own.zone }, '/zone'));
  }
}
