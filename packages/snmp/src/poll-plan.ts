/** What a poll asks together: exact instances and the rows of columns, in as few requests as they and their answers fit. */
import type { Asked } from './asked.ts';
import { type Call, type EngineParts, messageBytesTo, messageFrameSize } from './call.ts';
import type { PollOptions } from './engine.ts';
import type { Oid } from './oid.ts';
import { compareNames } from './oid-octets.ts';
import { type Batch, batchOf, type Rows, type Run, rowBytes, runBytes, runsOf } from './poll-batch.ts';
import { requestSizeOfName } from './request.ts';
import type { WalkColumn } from './walk-column.ts';

/** What a value takes on average beyond the NULL in the request. */
export const EXPECTED_VALUE_BYTES = 8;
/** All of them were told before, though perhaps not at once: beyond this some agents give up. */
export const MOST_OBJECTS = 80;

/** What is asked together, as much as fits into each request and its answer; the rows with the first. */
export function batchesOf(
  parts: EngineParts,
  call: Call,
  asked: readonly Asked[],
  columns: readonly WalkColumn[],
  options: PollOptions,
): readonly Batch[] {
  const { apart, rows: known = [], runs = [], valueBytes = EXPECTED_VALUE_BYTES } = options;
  const { device } = call;
  const { version } = call.target.credential;
  if (apart === true || columns.length === 0 || (version !== 'v1' && device.bulk === 'broken')) return [];
  const rows = rowsOf(parts, call, columns, known);
  const room = messageBytesTo(parts, call) - messageFrameSize(call);
  const most = Math.min(MOST_OBJECTS, device.mostObjects);
  // By v1 nothing is repeated.
  const followed =
    version === 'v1' ? [] : runs.flatMap((run) => run.slice(1).map((name, at) => [name, run[at] as Oid] as const));
  const batches: Batch[] = [];
  let runsOfBatch: Run[] = [];
  let left = room - rowBytes(rows);
  let objects = 0;
  const end = () => {
    if (runsOfBatch.length > 0) batches.push(batchOf(runsOfBatch, batches.length === 0 ? rows : null, valueBytes));
    runsOfBatch = [];
    left = room;
    objects = 0;
  };
  for (const run of runsOf(parts.names, asked.toSorted(compareNames), new Map(followed))) {
    let rest: Run | null = run;
    while (rest !== null) {
      const fitting = fits(rest, left, most - objects, valueBytes);
      if (fitting === 0 && runsOfBatch.length === 0 && left === room) break;
      if (fitting > 0) {
        const part = { before: rest.before, asked: rest.asked.slice(0, fitting) };
        runsOfBatch.push(part);
        left -= runBytes(part, valueBytes);
        objects += fitting;
      }
      const last: Asked | undefined = fitting > 0 ? rest.asked[fitting - 1] : undefined;
      rest = fitting === rest.asked.length ? null : { before: last ?? rest.before, asked: rest.asked.slice(fitting) };
      if (rest !== null) end();
    }
  }
  end();
  return batches;
}

/** What is asked of the columns: the rows that were there, and one. */
function rowsOf(parts: EngineParts, call: Call, all: readonly WalkColumn[], known: readonly string[]): Rows {
  const inOrder = all.toSorted(compareNames);
  // Of a table that had no rows the lowest column tells whether it still has none.
  const columns = known.length === 0 ? inOrder.slice(0, 1) : inOrder;
  const bytes = rowBytes({ columns, count: 1, names: [], beyond: null });
  const count = Math.max(1, Math.min(known.length, Math.floor(messageBytesTo(parts, call) / 2 / bytes)));
  const rowOf = (column: WalkColumn, row: number) => parts.names.name(`${column.oid}.${known[row]}` as Oid);
  const names = Array.from({ length: count }, (_, row) =>
    columns.map((column) => (row === 0 ? column.last : rowOf(column, row - 1))),
  ).flat();
  const [lowest] = columns;
  const beyond = lowest !== undefined && count === known.length ? rowOf(lowest, count - 1) : null;
  return { columns, count, names, beyond };
}

/** How many of a run there is room for. */
function fits({ asked }: Run, bytes: number, objects: number, valueBytes: number): number {
  let left = bytes;
  let count = 0;
  for (const each of asked) {
    left -= requestSizeOfName(each.octets) + valueBytes;
    if (left < 0 || count >= objects) break;
    count += 1;
  }
  return count;
}
