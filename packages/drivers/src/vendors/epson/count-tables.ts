/** Epson's tables of counts: what a row counts in one column, its pages in another, the color ones among them in a third. */
import type { Counter } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import { addCounts, counterOf, countOf } from '../../blocks/count.ts';
import type { Answers, AskedObject } from '../../definition.ts';
import type { CountPath, Draft } from '../../draft.ts';

export interface CountTable {
  readonly meaning: AskedObject;
  readonly all: AskedObject;
  readonly color: AskedObject;
}

export interface Told {
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

/** Color is null on monochrome machines, which lack the column. */
export interface ColorSplit {
  readonly all: Told;
  readonly color: Told | null;
}

export interface CountRow extends ColorSplit {
  readonly instance: string;
}

export function cellOf(answers: Answers, object: AskedObject, instance: string): Told | null {
  const count = countOf(answers.value(object.oid, instance));
  return count === null ? null : { count, oids: [childOf(object.oid, instance)] };
}

/** Rows with a count: further rows only name what a tray may hold. */
export function rowsOf(answers: Answers, { all, color }: CountTable): readonly CountRow[] {
  return answers.column(all.oid).flatMap(({ instance }) => {
    const count = cellOf(answers, all, instance);
    return count === null ? [] : [{ instance, all: count, color: cellOf(answers, color, instance) }];
  });
}

/** Null for no rows; color only where every row tells it. */
export function wholeOf(rows: readonly CountRow[]): ColorSplit | null {
  if (rows.length === 0) return null;
  const colors = rows.map(({ color }) => color).filter((color) => color !== null);
  return { all: sumOf(rows.map(({ all }) => all)), color: colors.length === rows.length ? sumOf(colors) : null };
}

export function sumOf(parts: readonly Told[]): Told {
  return { count: addCounts(parts.map(({ count }) => count)), oids: parts.flatMap(({ oids }) => oids) };
}

/** Null where the part is more than the whole. */
export function restOf(whole: Told, part: Told): Told | null {
  const rest = BigInt(whole.count) - BigInt(part.count);
  return rest < 0n ? null : { count: counterOf(rest), oids: [...whole.oids, ...part.oids] };
}

export function claim(draft: Draft, path: CountPath, told: Told | null, check?: string): void {
  if (told === null) return;
  const how = told.oids.length > 1 ? 'sum' : 'value';
  draft.count(path, told.count, {
    oids: told.oids,
    how,
    evidence: 'capture',
    ...(check === undefined ? {} : { check }),
  });
}
