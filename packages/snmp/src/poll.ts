/**
 * What is known to be there, in one request: exact instances by the names just before them, and after them the rows of
 * columns that come and go. Every name that comes back is held against the one that was wanted, and what is not told in
 * this way is asked apart; so a device that does it wrongly costs requests and never a wrong value.
 */

import { type Asked, toAsk } from './asked.ts';
import { TAG } from './ber.ts';
import { askIn, type Call, type EngineParts, freshCost, oneTry, openCall } from './call.ts';
import type { PollAnswer, PollOptions, SnmpFailure, Target } from './engine.ts';
import { GetTask } from './get-task.ts';
import { takeNext } from './name-before.ts';
import type { Name } from './names.ts';
import { instanceOf, type Oid } from './oid.ts';
import { compareOctets, type EncodedName, isOidContent, octetsBeginWith } from './oid-octets.ts';
import { ERROR_STATUS } from './pdu.ts';
import type { Batch } from './poll-batch.ts';
import { batchesOf, EXPECTED_VALUE_BYTES, MOST_OBJECTS } from './poll-plan.ts';
import type { SnmpValue } from './value.ts';
import { decodeVarbindFrames, type ResponseFrame, type VarbindFrame } from './varbinds.ts';
import { WalkColumn } from './walk-column.ts';
import { isInOrder } from './walk-group.ts';
import { WalkTask } from './walk-task.ts';

export async function poll(
  parts: EngineParts,
  target: Target,
  objects: readonly Oid[],
  columns: readonly Oid[],
  options: PollOptions,
): Promise<PollAnswer> {
  const names = parts.names.list(objects).names;
  const columnNames = parts.names.list(columns).names;
  const forbidden = [...names, ...columnNames].find((name) => !name.allowed);
  if (forbidden !== undefined) return nothing(columns, { kind: 'notAllowed', oid: forbidden.oid });
  const call = openCall(parts, target, options);
  if (call === undefined) return nothing(columns, { kind: 'unreachable', detail: 'not an address and port' });
  const task = new PollTask(parts, call, names, columnNames, options);
  const answer = await task.run();
  parts.wire.devices.forgetSilent(call.device);
  return answer;
}

function nothing(columns: readonly Oid[], cause: SnmpFailure): PollAnswer {
  const cost = freshCost();
  const unfinished = columns.map((column) => ({ column, failure: cause }));
  return {
    get: { varbinds: [], failure: cause, cost, roundTrip: null },
    walk: { varbinds: [], end: columns.length === 0 ? 'complete' : cause, unfinished, cost },
    together: true,
    inRuns: true,
    cost,
  };
}

class PollTask {
  readonly #parts: EngineParts;
  readonly #call: Call;
  readonly #asked: readonly Asked[];
  #columns: readonly WalkColumn[];
  readonly #options: PollOptions;
  /** Whether the device did not do what the one request asks for. */
  #unfit = false;
  /** Whether something came where a following instance of a run was expected. */
  #runsBroken = false;

  constructor(parts: EngineParts, call: Call, names: readonly Name[], columns: readonly Name[], options: PollOptions) {
    this.#parts = parts;
    this.#call = call;
    this.#asked = names.map(toAsk);
    this.#columns = columns.map((name) => new WalkColumn(name));
    this.#options = options;
  }

  async run(): Promise<PollAnswer> {
    const { apart, valueBytes = EXPECTED_VALUE_BYTES } = this.#options;
    const limits = { objects: MOST_OBJECTS, valueBytes };
    const get = new GetTask(this.#parts, this.#call, this.#asked, apart === true ? undefined : limits);
    const batches = batchesOf(this.#parts, this.#call, this.#asked, this.#columns, this.#options);
    const batched = new Set(batches.flatMap(askedOf));
    let isThere = true;
    for (const batch of batches) {
      // Once it has shown that it cannot, it is not asked so again.
      if (isThere && this.#unfit) isThere = await get.run(askedOf(batch));
      else if (isThere) isThere = await this.#runTogether(batch, get);
    }
    if (isThere) isThere = await get.run(this.#asked.filter((asked) => !batched.has(asked)));
    const answer = get.answer();
    const { rows = [], ...options } = this.#options;
    // Rows out of an answer that was wrong elsewhere are not believed.
    if (this.#unfit) this.#columns = this.#columns.map((column) => new WalkColumn(column));
    const walk = new WalkTask(this.#parts, this.#call, this.#columns, {
      ...options,
      byNext: this.#unfit || apart === true,
      ...(rows.length === 0 ? {} : { expectedRows: rows.length }),
    });
    if (isThere) await walk.run();
    else walk.endAll(answer.failure ?? { kind: 'timeout' });
    const inRuns = !this.#runsBroken;
    return { get: answer, walk: walk.answer(), together: !this.#unfit, inRuns, cost: this.#call.cost };
  }

  /** False where asking more is of no use. */
  async #runTogether(batch: Batch, get: GetTask): Promise<boolean> {
    const asked = askedOf(batch);
    const failure = await this.#ask(batch, asked);
    const isSilent = failure?.kind === 'timeout';
    const mayBeThere = this.#call.device.hasAnswered && this.#options.brief !== true;
    if (failure !== null && failure.kind !== 'malformed' && !(isSilent && mayBeThere)) {
      get.fail(failure);
      return false;
    }
    const doubted = asked.filter(({ told }) => told === undefined);
    const isThere = doubted.length === 0 || (await get.run(doubted, isSilent));
    if (isThere && failure !== null) this.#unfit = true;
    // Not told in the one answer, and there all the same.
    if (doubted.some(({ told, unclear }) => unclear && told && isValue(told))) this.#unfit = true;
    return isThere;
  }

  async #ask(batch: Batch, asked: readonly Asked[]): Promise<SnmpFailure | null> {
    const isBulk = this.#call.target.credential.version !== 'v1';
    const reply = await askIn(this.#parts, this.#call, {
      pdu: isBulk ? 'getBulk' : 'getNext',
      names: batch.names,
      nonRepeaters: isBulk ? batch.nonRepeaters : 0,
      maxRepetitions: isBulk ? batch.maxRepetitions : 0,
      patience: this.#options.brief === true ? oneTry(this.#call) : this.#options.patience,
      judge: (frame) => {
        if (frame.errorStatus !== ERROR_STATUS.noError) {
          this.#unfit = true;
          return null;
        }
        return this.#take(frame, batch, asked);
      },
    });
    if (reply.failure === null && isBulk && !this.#unfit) this.#call.device.bulk = 'works';
    return reply.failure;
  }

  #take(frame: ResponseFrame, { slots, rowsChained }: Batch, asked: readonly Asked[]): string | null {
    const frames = decodeVarbindFrames(frame);
    if (!frames.ok) return `varbinds: ${frames.error.problem} at ${frames.error.at}`;
    const { bytes } = frame;
    // Nobody who counts non-repeaters and repetitions rightly has more to say.
    if (frames.value.length > slots.length) this.#unfit = true;
    const rows: { readonly column: WalkColumn; readonly row: number; readonly frame: VarbindFrame }[] = [];
    let taken = 0;
    let isOver = false;
    for (const [place, each] of frames.value.entries()) {
      const slot = slots[place];
      if (slot?.kind === 'row') rows.push({ ...slot, frame: each });
      if (slot?.kind === 'beyond') isOver = this.#isOver(slot.name, bytes, each);
      if (slot?.kind !== 'asked') continue;
      const next = takeNext(slot.asked, bytes, each);
      if (next === 'told') taken += 1;
      // Behind another one of its run something else may have come or gone since.
      else if (slot.inRun) this.#runsBroken = true;
      else slot.asked.unclear = true;
    }
    if (taken === 0 && asked.length > 0) return 'no asked object in the answer';
    const columns = [...new Set(rows.map(({ column }) => column))];
    const isInRows = () =>
      isInOrder(
        columns,
        bytes,
        rows.map((row) => row.frame),
      );
    if (this.#unfit || (rowsChained && !isInRows())) this.#unfit = true;
    else {
      this.#takeRows(bytes, rows, rowsChained);
      if (isOver) this.#endRows();
    }
    return null;
  }

  /** Whether nothing of the lowest column stands behind its last known row. */
  #isOver(last: EncodedName, bytes: Uint8Array, { nameStart, nameEnd, valueTag }: VarbindFrame): boolean {
    if (valueTag === TAG.endOfMibView) return true;
    if (nameStart < 0 || !isOidContent(bytes, nameStart, nameEnd)) return false;
    if (compareOctets(last.octets, bytes, nameStart, nameEnd) >= 0) {
      this.#unfit = true;
      return false;
    }
    const lowest = this.#columns.find(({ oid }) => instanceOf(oid, last.oid) !== undefined);
    return lowest !== undefined && !octetsBeginWith(lowest.octets, bytes, nameStart, nameEnd);
  }

  /** The lowest column has no more rows, so that the others end at the same one. */
  #endRows(): void {
    const last = this.#options.rows?.at(-1);
    for (const column of this.#columns) {
      if (!column.ended && instanceOf(column.oid, column.last.oid) === last) column.end(null);
    }
  }

  #takeRows(
    bytes: Uint8Array,
    rows: readonly { readonly column: WalkColumn; readonly row: number; readonly frame: VarbindFrame }[],
    chained: boolean,
  ): void {
    const { rows: known = [] } = this.#options;
    const lost = new Set<WalkColumn>();
    for (const { column, row, frame } of rows) {
      if (column.ended || lost.has(column)) continue;
      const step = column.step(bytes, frame);
      if (step === 'end') {
        column.end(null);
        if (column.varbinds.length === 0) this.#endEmpty(bytes, frame);
      } else if (step !== 'next') {
        this.#unfit = true;
        lost.add(column);
      } else if (!chained && instanceOf(column.oid, column.last.oid) !== known[row]) {
        // The next name asked is not behind this row: the walk goes on from here.
        lost.add(column);
      }
    }
  }

  /** What follows an empty column has come after the columns between, so that they are empty too. */
  #endEmpty(bytes: Uint8Array, { nameStart, nameEnd, valueTag }: VarbindFrame): void {
    const isEnd = valueTag === TAG.endOfMibView;
    for (const column of this.#columns) {
      if (column.ended || column.last.octets !== column.octets || column.octets.length === 0) continue;
      const isBefore = isEnd || compareOctets(column.octets, bytes, nameStart, nameEnd) < 0;
      if (isBefore && (isEnd || !octetsBeginWith(column.octets, bytes, nameStart, nameEnd))) column.end(null);
    }
  }
}

const askedOf = ({ slots }: Batch): readonly Asked[] =>
  slots.flatMap((slot) => (slot?.kind === 'asked' ? [slot.asked] : []));

function isValue({ type }: SnmpValue): boolean {
  return type !== 'noSuchObject' && type !== 'noSuchInstance' && type !== 'endOfMibView' && type !== 'null';
}
