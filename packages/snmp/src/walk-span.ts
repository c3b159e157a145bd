/**
 * Columns whose numbers follow each other, walked by GETBULK as one: behind a column's last row comes the next one's first,
 * so that one name asks for all of them and each shows the end of the one before.
 */
import { TAG } from './ber.ts';
import type { SnmpFailure } from './engine.ts';
import { compareNames, compareOctets, type EncodedName, octetsBeginWith } from './oid-octets.ts';
import type { VarbindFrame } from './varbinds.ts';
import type { Step, WalkColumn } from './walk-column.ts';

/** Rows from which on a table is long. */
const LONG = 4;

export class WalkSpan {
  readonly columns: readonly WalkColumn[];
  /** The column that the walk is in. */
  #at = 0;

  constructor(columns: readonly WalkColumn[]) {
    this.columns = columns;
  }

  get octets(): Uint8Array {
    return this.#current.octets;
  }

  get oid(): WalkColumn['oid'] {
    return this.#current.oid;
  }

  get last(): EncodedName {
    return this.#current.last;
  }

  get ended(): boolean {
    return this.columns.every(({ ended }) => ended);
  }

  get #current(): WalkColumn {
    return this.columns[this.#at] as WalkColumn;
  }

  end(failure: SnmpFailure | null): void {
    for (const column of this.columns) if (!column.ended) column.end(failure);
  }

  step(bytes: Uint8Array, frame: VarbindFrame): Step {
    for (;;) {
      const current = this.#current;
      const step = current.step(bytes, frame);
      const next = this.columns[this.#at + 1];
      if (step !== 'end' || next === undefined || frame.valueTag === TAG.endOfMibView) return step;
      current.end(null);
      this.#at += 1;
      const { nameStart, nameEnd } = frame;
      // Before the next column: a name that nobody asked for, and the next one's rows are still to come.
      const isBefore = compareOctets(next.octets, bytes, nameStart, nameEnd) > 0;
      if (isBefore && !octetsBeginWith(next.octets, bytes, nameStart, nameEnd)) return 'next';
    }
  }

  /**
   * How many more varbinds it is likely to have, with the one that shows its end; `known`: rows that other columns of the
   * table had, 0 where that is not known; `usual`: rows of an unknown table.
   */
  likely(known: number, usual: number): number {
    const rows = Math.max(...this.columns.map(({ varbinds }) => varbinds.length));
    const left = this.columns.length - this.#at;
    const seen = this.#current.varbinds.length;
    // As many as the columns before; else as much again as was seen, of a long one half as much.
    if (this.#at > 0) return Math.max(1, left * rows - seen) + 1;
    if (known > 0 && seen <= known) return left * known - seen + 1;
    if (seen < usual) return left * usual - seen + 1;
    // Of a long table it is seen first whether the next column is there at all.
    return seen > LONG ? Math.ceil(seen / 2) + 2 : left * seen + (left === 1 ? 1 : 0);
  }
}

/** In order, and those together whose numbers follow each other at one place. */
export function spansOf(columns: readonly WalkColumn[]): readonly WalkSpan[] {
  const spans: WalkColumn[][] = [];
  for (const column of columns.toSorted(compareNames)) {
    const before = spans.at(-1)?.at(-1);
    if (before !== undefined && follows(before, column)) spans.at(-1)?.push(column);
    else spans.push([column]);
  }
  return spans.map((span) => new WalkSpan(span));
}

function follows(one: WalkColumn, other: WalkColumn): boolean {
  const [dot, otherDot] = [one.oid.lastIndexOf('.'), other.oid.lastIndexOf('.')];
  if (one.oid.slice(0, dot) !== other.oid.slice(0, otherDot)) return false;
  return Number(other.oid.slice(otherDot + 1)) === Number(one.oid.slice(dot + 1)) + 1;
}
