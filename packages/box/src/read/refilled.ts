/** Which supplies were changed since the last poll, by their levels: only theirs is what a poll asks of names and capacities. */
import { type DriverDefinition, objectsOf } from '@rsb/drivers';
import { instanceOf, isWithin, type Oid, type Varbind } from '@rsb/snmp';
import type { StoredVarbind } from './stored-value.ts';

export type Level = readonly [name: Oid, last: number];

/** All that is told in the columns of levels that something else waits for. */
export function levelsIn(driver: DriverDefinition, told: readonly Varbind[]): readonly Level[] {
  const columns = new Set(objectsOf(driver).flatMap(({ untilRefilled }) => untilRefilled ?? []));
  return told.flatMap(({ oid, value }) =>
    value.type === 'integer' && [...columns].some((column) => isWithin(column, oid))
      ? [[oid, value.value] as const]
      : [],
  );
}

/** The last levels again, with what was told now; the same list where nothing moved. */
export function levelsNow(levels: readonly Level[], told: readonly Varbind[]): readonly Level[] {
  const now = integersOf(told);
  const moved = levels.some(([name, last]) => (now.get(name) ?? last) !== last);
  return moved ? levels.map(([name, last]) => [name, now.get(name) ?? last] as const) : levels;
}

/** Of each row whose supply may be another one, what was known of it. */
export function namesToRenew(
  driver: DriverDefinition,
  levels: readonly Level[],
  known: readonly StoredVarbind[],
  told: readonly Varbind[],
): readonly Oid[] {
  const now = integersOf(told);
  const capacities = objectsOf(driver).filter(({ untilRefilled }) => untilRefilled !== undefined);
  const isKept = new Set(known.map(([name]) => name));
  return levels.flatMap(([name, last]) => {
    const capacity = capacities.find(
      ({ untilRefilled }) => untilRefilled !== undefined && isWithin(untilRefilled, name),
    );
    const column = capacity?.untilRefilled;
    const instance = column === undefined ? undefined : instanceOf(column, name);
    if (capacity === undefined || column === undefined || instance === undefined) return [];
    const full = known.find(([of]) => of === `${capacity.oid}.${instance}`)?.[2];
    if (!mayBeAnother(last, now.get(name) ?? last, Number(full ?? 0))) return [];
    const entry = column.slice(0, column.lastIndexOf('.') + 1);
    return [...isKept].filter((of) => {
      const arcs = of.startsWith(entry) ? of.slice(entry.length) : '';
      return arcs.slice(arcs.indexOf('.') + 1) === instance;
    });
  });
}

/** Nothing fills by itself; and a fall of more than a tenth within a poll may be a used one in the place of another. */
const mayBeAnother = (last: number, now: number, capacity: number): boolean =>
  now > last || (capacity > 0 && last - now > Math.max(1, capacity / 10));

function integersOf(told: readonly Varbind[]): ReadonlyMap<Oid, number> {
  return new Map(told.flatMap(({ oid, value }) => (value.type === 'integer' ? [[oid, value.value] as const] : [])));
}
