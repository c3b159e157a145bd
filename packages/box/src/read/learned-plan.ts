/**
 * What a later poll asks: the exact instances that the first read saw, so that nothing is searched for again and nothing
 * is asked that this device does not have. Plain data: it is kept in the store between two polls.
 */
import type { Part, ReadGroup, Reading } from '@rsb/contract';
import { type Answers, type DriverDefinition, objectsOf, planFor } from '@rsb/drivers';
import { type Cost, instanceOf, isWithin, type Oid, type Varbind } from '@rsb/snmp';
import type { Gathered } from './gathered.ts';
import { learnRuns } from './learned-runs.ts';
import { type Level, levelsIn } from './refilled.ts';
import { spareCounts } from './spare-counts.ts';
import { isTold, type StoredVarbind, storedVarbind } from './stored-value.ts';

export interface LearnedPart {
  /** Instances that were told and may change. */
  readonly get: readonly Oid[];
  /** Columns whose rows come and go. */
  readonly walk: readonly Oid[];
  /** Asked and found absent: known, without asking again. */
  readonly absent: readonly Oid[];
  /** Instances that the walked columns had. */
  readonly rows?: readonly string[];
}

/** What a first read missed. */
export interface Awaited {
  readonly names: readonly Oid[];
  /** Polls that will look for them. */
  readonly looks: number;
}

export interface LearnedPlan {
  readonly driver: string;
  readonly driverVersion: number;
  /** What the customer did not want asked when it was learned. */
  readonly notRead?: readonly ReadGroup[];
  /** What the device told of who it is: the drivers need it to make sense of a counter or a supply. */
  readonly known: readonly StoredVarbind[];
  /** Among them: another value at the next poll means another machine. */
  readonly anchors: readonly Oid[];
  readonly parts: Readonly<Partial<Record<Part, LearnedPart>>>;
  /** Instances that followed each other. */
  readonly runs?: readonly (readonly Oid[])[];
  /**
   * Where counters are left out that say nothing in the reading: which counts the others told, each as unit and path. A
   * poll that tells fewer needs those that were left out.
   */
  readonly counts?: readonly string[];
  /** Levels as they were told last: where one rises there is another supply, whose capacity and name are asked anew. */
  readonly levels?: readonly Level[];
  /** Octets that the values of the instances took on average. */
  readonly valueBytes?: number;
  /** The last full read told far less than this: see doubted-plan.ts. */
  readonly doubted?: true;
  /** What the full read took that learned this, finding out who it is included. */
  readonly cost?: Readonly<Cost>;
  /** Told without their signs, as a full read found that looked for such; where not said, the next one looks. */
  readonly lone?: readonly Oid[];
  /** What its first read missed and later ones may tell: see awaited.ts. */
  readonly awaited?: Awaited;
  /** The device does not answer rightly where rows and exact instances are asked in one request. */
  readonly apart?: boolean;
}

/** What the answers mean, without some of them. */
export type Reader = (answers: Answers) => readonly Reading[];

/** Null where something failed: half a plan would hide the other half for ever. */
export function learnPlan(
  driver: DriverDefinition,
  parts: readonly Part[],
  { seen, lone }: { readonly seen: Gathered; readonly lone: readonly Oid[] },
  readings: readonly Reading[],
  read: Reader,
): LearnedPlan | null {
  const [reading] = readings;
  if (reading === undefined || seen.failed.length > 0) return null;
  const told = seen.varbinds.filter(isTold);
  const names: ReadonlySet<Oid> = new Set(told.map(({ oid }) => oid));
  const learned: Partial<Record<Part, LearnedPart>> = {};
  for (const part of parts) learned[part] = learnPart(driver, part, names);
  const spare = spareOf(learned, seen, readings, read);
  if (learned.counters && spare.length > 0) learned.counters = withoutSpare(learned.counters, spare);
  const changing = new Set(parts.filter((part) => part !== 'identity').flatMap((part) => learned[part]?.get ?? []));
  for (const name of learned.identity?.get ?? []) changing.delete(name);
  const walked = planFor(driver, parts).walk;
  const left = new Set(spare);
  const levels = levelsIn(driver, told);
  return {
    driver: driver.name,
    driverVersion: driver.version,
    ...(driver.notAsked ? { notRead: driver.notAsked } : {}),
    known: told.filter(({ oid }) => !changing.has(oid) && !left.has(oid) && !isInWalk(learned, oid)).map(storedVarbind),
    anchors: anchorsOf(reading).filter((name) => names.has(name)),
    parts: learned,
    cost: { ...seen.cost },
    lone,
    ...(seen.bulkFailed ? { apart: true } : {}),
    runs: learnRuns(walked, [...names], changing),
    ...(spare.length > 0 ? { counts: countsIn(readings) } : {}),
    ...(levels.length > 0 ? { levels } : {}),
    valueBytes: averageBytes(told.filter(({ oid }) => changing.has(oid))),
  };
}

/** The counts that readings tell, each as unit and path. */
export const countsIn = (readings: readonly Reading[]): readonly string[] =>
  readings.flatMap(({ unit, provenance = {} }) =>
    Object.keys(provenance).flatMap((path) => (path.startsWith('counters.') ? [`${unit.hrDeviceIndex} ${path}`] : [])),
  );

function spareOf(
  { counters, identity }: LearnedPlan['parts'],
  seen: Gathered,
  readings: readonly Reading[],
  read: Reader,
): readonly Oid[] {
  const used = new Set(
    readings.flatMap(({ provenance = {} }) => Object.values(provenance).flatMap(({ oids }) => oids)),
  );
  const columns = new Map<string, Oid[]>();
  for (const name of counters?.get ?? []) {
    if (used.has(name) || identity?.get.includes(name)) continue;
    const column = name.slice(0, name.lastIndexOf('.'));
    columns.set(column, [...(columns.get(column) ?? []), name]);
  }
  return spareCounts(columns, (without) => JSON.stringify(read(seen.answers(without))));
}

/** Known as far as polls go: they do not ask again. */
function withoutSpare(part: LearnedPart, spare: readonly Oid[]): LearnedPart {
  const left = new Set(spare);
  return { ...part, get: part.get.filter((name) => !left.has(name)), absent: [...part.absent, ...spare] };
}

/** Numbers take up to four octets, and more as they grow. */
function averageBytes(told: readonly Varbind[]): number {
  const sizes = told.map(({ value }) =>
    'value' in value && value.value instanceof Uint8Array ? value.value.length : 4,
  );
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
}

function learnPart(driver: DriverDefinition, part: Part, told: ReadonlySet<Oid>): LearnedPart {
  const { get, walk } = planFor(driver, [part]);
  const lasting = objectsOf(driver).filter((object) => object.lasting || object.untilRefilled !== undefined);
  const changes = (name: Oid) => !lasting.some(({ oid }) => isWithin(oid, name));
  const present = get.filter((name) => told.has(name) && changes(name));
  // Alerts are the one table whose rows come and go from hour to hour.
  const rows = walk.map((column) => [...told].filter((name) => instanceOf(column, name) !== undefined));
  if (part === 'alerts') return { get: present, walk, absent: [], rows: rowsOf(walk, [...told]) };
  return {
    get: [...new Set([...present, ...rows.flat().filter(changes)])],
    walk: [],
    absent: [...get.filter((name) => !told.has(name)), ...walk.filter((_, index) => rows[index]?.length === 0)],
  };
}

/** Of the column that has most: on some firmware a text is missing here and there. */
export function rowsOf(columns: readonly Oid[], told: readonly Oid[]): readonly string[] {
  const rows = columns.map((column) => told.flatMap((name) => instanceOf(column, name) ?? []));
  return rows.reduce((most, each) => (each.length > most.length ? each : most), []);
}

const isInWalk = (parts: LearnedPlan['parts'], name: Oid): boolean =>
  Object.values(parts).some(({ walk }) => walk.some((column) => instanceOf(column, name) !== undefined));

/** The serial number where there is one: no two machines share it. Else the MAC address with the kind of machine. */
function anchorsOf({ provenance }: Reading): readonly Oid[] {
  const from = (path: string): readonly string[] => provenance?.[path]?.oids ?? [];
  const serial = from('identity.serialNumber');
  return (
    serial.length > 0 ? serial : [...from('identity.macAddress'), ...from('identity.sysObjectId')]
  ) as readonly Oid[];
}

/** Whether a poll knows by the anchors that it is the same machine; the kind of machine alone says nothing. */
export const isAnchored = ({ anchors }: LearnedPlan): boolean => anchors.some((name) => name !== KIND);

/** sysObjectID.0 */
const KIND = '1.3.6.1.2.1.1.2.0';
