/** Counts from a vendor's own scalars, cells and self-describing tables, given as data. */
import type { Counter, CounterUnit, Evidence } from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import { childOf, oid } from '@rsb/snmp/oid';
import type { Answers, AskedObject, Block } from '../definition.ts';
import type { CountPath, Draft, SplitName } from '../draft.ts';
import { addCounts, countOf, integerOf } from './count.ts';
import { knownBySign } from './known-by-sign.ts';
import { textAt } from './text.ts';

interface Proof {
  readonly evidence?: Evidence;
  /** MIB and object, or a capture's name. */
  readonly source: string;
}

export interface VendorCount extends Proof {
  /** Object without instance. */
  readonly oid: string;
  /** `0` where not said. */
  readonly instance?: string;
  readonly fills: CountPath;
  readonly name: string;
  /** Where one of them is a sign, the block's others are asked only of machines that told it. */
  readonly sign?: true;
}

/** Scalars and cells that are each one count. */
export function vendorCounts(name: string, counts: readonly VendorCount[]): Block {
  const entries = counts.map((count) => {
    const instance = count.instance ?? '0';
    const evidence = count.evidence ?? 'mib';
    const asked: AskedObject = {
      oid: oid(count.oid),
      name: count.name,
      purpose: purposeOf(count.fills),
      part: 'counters',
      evidence,
      source: count.source,
      path: count.fills,
      instances: [instance],
    };
    return { instance, evidence, asked, fills: count.fills, isSign: count.sign === true };
  });
  const all = entries.map(({ asked }) => asked);
  const signs = entries.flatMap(({ asked, isSign }) => (isSign ? [asked] : []));
  const others = all.filter((asked) => !signs.includes(asked));
  return {
    name,
    asks: signs.length === 0 ? all : knownBySign(signs, others),
    read(answers, draft) {
      for (const { instance, evidence, asked, fills } of entries) {
        draft.count(fills, countOf(answers.value(asked.oid, instance)), {
          oids: [childOf(asked.oid, instance)],
          how: 'value',
          evidence,
        });
      }
    },
  };
}

/** Whole, mono and color of functions: for a block that tells them all. */
export const everyShade = (...splits: readonly SplitName[]): readonly CountPath[] =>
  splits.flatMap((split) =>
    (['all', 'mono', 'color'] as const).map((shade): CountPath => `counters.${split}.${shade}`),
  );

/** What one row of a self-describing table fills. Rules of one path stand in order of precedence. */
export interface CounterRule {
  /** The row's own number of meaning, where the table has one. */
  readonly type?: number;
  /** The row's name. */
  readonly named?: RegExp;
  readonly fills: CountPath;
  /** Where this row's meaning is less sure than the table's. */
  readonly evidence?: Evidence;
}

export interface CounterTable extends Proof {
  readonly name: string;
  readonly typeColumn?: string;
  readonly nameColumn: string;
  readonly valueColumn: string;
  readonly rules: readonly CounterRule[];
  /** The unit of a row that no rule takes and that is worth keeping by its own name; null for the others. */
  readonly others?: (type: number | null, name: string) => CounterUnit | null;
}

interface CounterRow {
  readonly type: number | null;
  readonly name: string | null;
  readonly count: Counter;
  readonly oids: readonly Oid[];
}

/** A table that names its rows: meaning and value are joined by row number, which differs from model to model. */
export function counterTable(table: CounterTable): Block {
  const evidence = table.evidence ?? 'mib';
  const column = (number: string, name: string, purpose: string, lasting: boolean): AskedObject => ({
    oid: oid(number),
    name: `${table.name} ${name}`,
    purpose,
    part: 'counters',
    evidence,
    source: table.source,
    lasting,
  });
  const types = table.typeColumn === undefined ? null : column(table.typeColumn, 'type', 'what a counter counts', true);
  const names = column(table.nameColumn, 'name', 'what a counter counts, in words', true);
  const values = column(table.valueColumn, 'value', 'counters by function and color', false);
  return {
    name: table.name,
    asks: types === null ? [names, values] : [types, values, ...namesOfOthers(table.rules, types, names, values)],
    fills: [...new Set(table.rules.map(({ fills }) => fills))],
    read(answers, draft) {
      const rows = rowsOf(answers, types?.oid ?? null, names, values);
      const left = new Set(rows);
      for (const rule of table.rules) {
        const fits = rows.filter((row) => fitsType(rule, row) || fitsName(rule, row));
        const row = fits.find((one) => fitsType(rule, one)) ?? fits[0];
        if (row === undefined) continue;
        // A second row of one meaning says the same again.
        for (const one of fits) left.delete(one);
        draft.count(rule.fills, row.count, { oids: row.oids, how: 'join', evidence: rule.evidence ?? evidence });
      }
      for (const { type, name, count, oids } of left) {
        const unit = name === null ? null : (table.others?.(type, name) ?? null);
        if (name !== null && unit !== null) draft.other({ name, value: count, unit }, { oids, how: 'join', evidence });
      }
    },
  };
}

/** Names of rows whose number says nothing: of most of them the column as a whole, else only theirs. */
function namesOfOthers(
  rules: readonly CounterRule[],
  types: AskedObject,
  names: AskedObject,
  values: AskedObject,
): readonly AskedObject[] {
  const known = new Set(rules.flatMap(({ type }) => type ?? []));
  const rowsIn = (answers: Answers) => answers.column(values.oid);
  const others = (answers: Answers) =>
    rowsIn(answers).filter(({ instance }) => !known.has(integerOf(answers.value(types.oid, instance)) ?? Number.NaN));
  // A name asked by itself costs half as much again as one among its neighbours.
  const areMost = (answers: Answers) => 3 * others(answers).length > 2 * rowsIn(answers).length;
  return [
    { ...names, when: areMost },
    {
      ...names,
      when: (answers) => !areMost(answers),
      instancesFor: (answers) => others(answers).map(({ instance }) => instance),
    },
  ];
}

const fitsType = ({ type }: CounterRule, row: CounterRow): boolean => type !== undefined && row.type === type;
const fitsName = ({ named }: CounterRule, row: CounterRow): boolean =>
  row.name !== null && named?.test(row.name) === true;

function rowsOf(answers: Answers, types: Oid | null, names: AskedObject, values: AskedObject): readonly CounterRow[] {
  const rows: CounterRow[] = [];
  for (const { instance, value } of answers.column(values.oid)) {
    const count = countOf(value);
    if (count === null) continue;
    const type = types === null ? null : integerOf(answers.value(types, instance));
    const meaning = types !== null && type !== null ? types : names.oid;
    const oids = [childOf(meaning, instance), childOf(values.oid, instance)];
    rows.push({ type, name: textAt(answers, names, instance), count, oids });
  }
  return rows;
}

/** Cells added up: all those that are told, null where none is. */
export function sumOfCells(
  answers: Answers,
  cells: readonly { readonly oid: Oid; readonly instance: string }[],
): {
  readonly sum: Counter;
  readonly oids: readonly Oid[];
} | null {
  const told: Counter[] = [];
  const oids: Oid[] = [];
  for (const cell of cells) {
    const count = countOf(answers.value(cell.oid, cell.instance));
    if (count === null) continue;
    told.push(count);
    oids.push(childOf(cell.oid, cell.instance));
  }
  return told.length === 0 ? null : { sum: addCounts(told), oids };
}

/** What a sum is worth: as much as the weakest of its parts. */
export const weakestEvidence = (parts: readonly Evidence[]): Evidence =>
  (['reported', 'capture'] as const).find((word) => parts.includes(word)) ?? 'mib';

/** Claims a path as the sum of others that are already told, where all are. */
export function claimSum(draft: Draft, path: CountPath, parts: readonly CountPath[]): void {
  const claims = parts.map((part) => draft.counts.get(part));
  const told = claims.filter((claim) => claim !== undefined);
  if (told.length !== parts.length) return;
  draft.count(path, addCounts(told.map(({ value }) => value)), {
    oids: told.flatMap(({ source }) => source.oids),
    how: 'sum',
    evidence: weakestEvidence(told.map(({ source }) => source.evidence)),
  });
}

function purposeOf(path: CountPath): string {
  const words = path.slice('counters.'.length).split('.');
  return `${words.join(' ')} count`;
}
