/** Columns and numbers in place of objects: what repeats in a fleet's readings is kept once, and a reading is a row of numbers. */

const CHUNK_BITS = 13;
const CHUNK = 1 << CHUNK_BITS;

export interface Column {
  get(index: number): number;
  set(index: number, value: number): void;
}

/** Grows by chunks, so that nothing is copied. */
export function column(newChunk: (length: number) => Float64Array | Uint32Array): Column {
  const chunks: (Float64Array | Uint32Array)[] = [];
  return {
    get: (index) => chunks[index >> CHUNK_BITS]?.[index & (CHUNK - 1)] ?? 0,
    set(index, value) {
      const place = index >> CHUNK_BITS;
      while (chunks.length <= place) chunks.push(newChunk(CHUNK));
      const chunk = chunks[place];
      if (chunk) chunk[index & (CHUNK - 1)] = value;
    },
  };
}

export const wholeNumbers = (): Column => column((length) => new Uint32Array(length));
export const numbers = (): Column => column((length) => new Float64Array(length));

export interface Numbered<T> {
  numberOf(value: T): number;
  valueOf(number: number): T;
}

/** Equal values, by their JSON, have one number. */
export function numbered<T>(): Numbered<T> {
  const known = new Map<string, number>();
  const values: T[] = [];
  return {
    numberOf(value) {
      const key = JSON.stringify(value);
      const number = known.get(key) ?? values.length;
      if (number === values.length) {
        known.set(key, number);
        values.push(value);
      }
      return number;
    },
    valueOf(number) {
      const value = values[number];
      if (value === undefined) throw new RangeError(`no value has the number ${number}`);
      return value;
    },
  };
}

export interface PackedLists<T> {
  /** The same list, as an object, is kept once. */
  add(list: readonly T[]): number;
  listAt(place: number): readonly T[];
}

export function packedLists<T>(): PackedLists<T> {
  const entries = numbered<T>();
  const places = new WeakMap<readonly T[], number>();
  const rows = wholeNumbers();
  let end = 0;
  return {
    add(list) {
      const known = places.get(list);
      if (known !== undefined) return known;
      const place = end;
      places.set(list, place);
      rows.set(place, list.length);
      for (const [index, entry] of list.entries()) rows.set(place + 1 + index, entries.numberOf(entry));
      end += list.length + 1;
      return place;
    },
    listAt: (place) =>
      Array.from({ length: rows.get(place) }, (_, index) => entries.valueOf(rows.get(place + 1 + index))),
  };
}
