/**
 * What one GETBULK of a poll asks: names alone as non-repeaters; runs of instances that follow each other cut into pieces
 * of one length, each piece asked by one name as a repeater, so that what is told is named once and not twice.
 */
import type { Asked } from './asked.ts';
import { nameBefore } from './name-before.ts';
import type { Names } from './names.ts';
import type { Oid } from './oid.ts';
import type { EncodedName } from './oid-octets.ts';
import { requestSizeOfName } from './request.ts';
import type { WalkColumn } from './walk-column.ts';

/** Instances that follow each other on the device; as a rule one. */
export interface Run {
  readonly before: EncodedName;
  readonly asked: readonly Asked[];
}

/** The rows of columns that come and go: so many of each, and for the lowest column what follows the last. */
export interface Rows {
  readonly columns: readonly WalkColumn[];
  readonly count: number;
  /** Behind which the rows are expected, each row's columns side by side. */
  readonly names: readonly EncodedName[];
  /** The last row that is known, in the lowest column: what comes behind it shows whether there are more. */
  readonly beyond: EncodedName | null;
}

/** What stands at one place of the answer; null where nothing is wanted. */
export type Slot =
  | { readonly kind: 'asked'; readonly asked: Asked; readonly inRun: boolean }
  | { readonly kind: 'row'; readonly column: WalkColumn; readonly row: number }
  | { readonly kind: 'beyond'; readonly name: EncodedName }
  | null;

export interface Batch {
  readonly names: readonly EncodedName[];
  readonly nonRepeaters: number;
  readonly maxRepetitions: number;
  readonly slots: readonly Slot[];
  /** Whether rows are told by repeaters, one behind the other, whatever they are. */
  readonly rowsChained: boolean;
}

/** Numbers beyond which longer pieces save nothing. */
const MOST_REPETITIONS = 40;
const INSTANCE_BYTES = 2;
const EXPECTED_ROW_VALUE_BYTES = 14;

const told = (name: EncodedName, valueBytes: number): number => requestSizeOfName(name.octets) + valueBytes;
const asks = (name: EncodedName): number => requestSizeOfName(name.octets);

export const rowBytes = ({ columns, count }: Rows): number =>
  count * columns.reduce((sum, { last }) => sum + told(last, INSTANCE_BYTES + EXPECTED_ROW_VALUE_BYTES), 0);

export const runBytes = ({ asked }: Run, valueBytes: number): number =>
  asked.reduce((sum, each) => sum + told(each, valueBytes), 0);

/** Objects in order, those in one run together (`before`: which one each follows); what cannot be asked so is left out. */
export function runsOf(names: Names, inOrder: readonly Asked[], before: ReadonlyMap<Oid, Oid>): readonly Run[] {
  const runs: { before: EncodedName; asked: Asked[] }[] = [];
  for (const each of inOrder) {
    const open = runs.at(-1);
    const last = open?.asked.at(-1);
    if (last !== undefined && before.get(each.oid) === last.oid) {
      open?.asked.push(each);
      continue;
    }
    const name = nameBefore(names, each.oid);
    if (name !== undefined) runs.push({ before: name, asked: [each] });
  }
  return runs;
}

/** The cheapest way to ask them all in one request. */
export function batchOf(runs: readonly Run[], rows: Rows | null, valueBytes: number): Batch {
  const longest = Math.max(1, ...runs.map(({ asked }) => asked.length), rows?.count ?? 1);
  let best = planned(runs, rows, 1, valueBytes);
  for (let length = 2; length <= Math.min(longest, MOST_REPETITIONS); length += 1) {
    const other = planned(runs, rows, length, valueBytes);
    if (other.bytes < best.bytes) best = other;
  }
  return best.batch;
}

interface Piece {
  readonly name: EncodedName;
  readonly slots: readonly Slot[];
}

function planned(
  runs: readonly Run[],
  rows: Rows | null,
  length: number,
  valueBytes: number,
): { readonly batch: Batch; readonly bytes: number } {
  const alone: Piece[] = [];
  const repeated: Piece[] = [];
  let bytes = 0;
  const put = (where: Piece[], piece: Piece) => {
    where.push(piece);
    bytes += asks(piece.name);
  };
  for (const { before, asked } of runs) {
    let name = before;
    for (let at = 0; at < asked.length; ) {
      const piece = asked.slice(at, at + length);
      const waste = (length - piece.length) * told(piece[0] as Asked, valueBytes);
      const asNames = piece.slice(1).reduce((sum, each) => sum + asks(each), 0);
      const isRepeated = length > 1 && piece.length > 1 && waste < asNames;
      const used = isRepeated ? piece : piece.slice(0, 1);
      put(isRepeated ? repeated : alone, {
        name,
        slots: used.map((each, place) => ({ kind: 'asked', asked: each, inRun: at + place > 0 })),
      });
      if (isRepeated) bytes += waste;
      at += used.length;
      name = used.at(-1) as Asked;
    }
  }
  const rowsChained = rows !== null && rows.count > 1 && length >= rows.count && waste(rows, length) < chained(rows);
  if (rows !== null) {
    const { columns, count } = rows;
    const slot = (place: number): Slot => {
      const column = columns[place % columns.length];
      return column === undefined ? null : { kind: 'row', column, row: Math.floor(place / columns.length) };
    };
    if (rowsChained) {
      bytes += waste(rows, length);
      for (const [place, name] of rows.names.slice(0, columns.length).entries()) {
        put(repeated, { name, slots: Array.from({ length: count }, (_, row) => slot(place + row * columns.length)) });
      }
    } else for (const [place, name] of rows.names.entries()) put(alone, { name, slots: [slot(place)] });
    if (rows.beyond !== null) put(alone, { name: rows.beyond, slots: [{ kind: 'beyond', name: rows.beyond }] });
  }
  const depth = repeated.length === 0 ? 0 : length;
  const batch: Batch = {
    names: [...alone, ...repeated].map(({ name }) => name),
    nonRepeaters: alone.length,
    maxRepetitions: depth,
    slots: [
      ...alone.flatMap(({ slots }) => slots),
      ...Array.from({ length: depth }, (_, row) => repeated.map(({ slots }) => slots[row] ?? null)).flat(),
    ],
    rowsChained,
  };
  return { batch, bytes };
}

/** What repeaters tell beyond the rows, and what naming each row would take. */
const waste = (rows: Rows, length: number): number => (rowBytes(rows) / rows.count) * (length - rows.count);
const chained = ({ names, columns }: Rows): number =>
  names.slice(columns.length).reduce((sum, name) => sum + asks(name), 0);
