/**
 * What a later poll asks: the exact instances that the first read saw, so that nothing is searched for again and nothing
 * is asked that this device does not have.
 */
import type { Part } from '@rsb/contract';
import { type DriverDefinition, planFor } from '@rsb/drivers';
import type { Oid } from '@rsb/snmp';
import { instanceOf } from '@rsb/snmp';
import type { Gathered } from './gathered.ts';

export interface LearnedPart {
  /** Instances that were told. */
  readonly get: readonly Oid[];
  /** Columns whose rows come and go. */
  readonly walk: readonly Oid[];
  /** Asked in full and found absent: known, without asking again. */
  readonly absent: readonly Oid[];
}

/** Plain data: kept in the store between two polls. */
export interface LearnedPlan {
  readonly driver: string;
  readonly driverVersion: number;
  /** Another value at the next poll means another machine. */
  readonly sysObjectId: string | null;
  readonly parts: Readonly<Partial<Record<Part, LearnedPart>>>;
}

/** Null where a part failed: half a plan would hide the other half for ever. */
export function learnPlan(
  driver: DriverDefinition,
  parts: readonly Part[],
  seen: Gathered,
  sysObjectId: string | null,
): LearnedPlan | null {
  if (seen.failed.length > 0) return null;
  const told = seen.varbinds.filter(({ value }) => !ABSENT.has(value.type)).map(({ oid }) => oid);
  const learned: Partial<Record<Part, LearnedPart>> = {};
  for (const part of parts) learned[part] = learnPart(driver, part, new Set(told));
  return { driver: driver.name, driverVersion: driver.version, sysObjectId, parts: learned };
}

const ABSENT: ReadonlySet<string> = new Set(['noSuchObject', 'noSuchInstance', 'endOfMibView', 'null']);

function learnPart(driver: DriverDefinition, part: Part, told: ReadonlySet<Oid>): LearnedPart {
  const { get, walk } = planFor(driver, [part]);
  // Alerts are the one table whose rows come and go from hour to hour.
  if (part === 'alerts') return { get: get.filter((name) => told.has(name)), walk, absent: [] };
  const rows = new Map<Oid, Oid[]>(walk.map((column) => [column, []]));
  for (const name of told) {
    for (const [column, seen] of rows) if (instanceOf(column, name) !== undefined) seen.push(name);
  }
  return {
    get: [...new Set([...get.filter((name) => told.has(name)), ...[...rows.values()].flat()])],
    walk: [],
    absent: [
      ...get.filter((name) => !told.has(name)),
      ...[...rows].flatMap(([column, seen]) => (seen.length ? [] : [column])),
    ],
  };
}
