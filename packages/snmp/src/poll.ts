/**
 * What is known to be there, in one request: exact instances by the names just before them, and after them the rows of
 * columns that come and go. Every name that comes back is held against the one that was wanted, and what is not told in
 * this way is asked apart; so a device that does it wrongly costs requests and never a wrong value.
 */
import { TAG } from './ber.ts';
import {
  askIn,
  type Call,
  type EngineParts,
  freshCost,
  messageBytesTo,
  messageFrameSize,
  oneTry,
  openCall,
} from './call.ts';
import type { PollAnswer, PollOptions, SnmpFailure, Target } from './engine.ts';
import { type Asked, GetTask, toAsk } from './get-task.ts';
import { nameBefore, takeNext } from './name-before.ts';
import type { Name } from './names.ts';
import { instanceOf, type Oid } from './oid.ts';
import { compareNames, compareOctets, type EncodedName, octetsBeginWith } from './oid-octets.ts';
import { ERROR_STATUS } from './pdu.ts';
import { requestSizeOfName } from './request.ts';
import { decodeVarbindFrames, type ResponseFrame, type VarbindFrame } from './response.ts';
import type { SnmpValue } from './value.ts';
import { WalkColumn } from './walk-column.ts';
import { isInOrder } from './walk-group.ts';
import { WalkTask } from './walk-task.ts';

/** What a value takes on average beyond the NULL in the request, where rows hold texts too. */
const EXPECTED_VALUE_BYTES = 8;
const EXPECTED_ROW_VALUE_BYTES = 14;
const INSTANCE_BYTES = 2;
/** All of them were told before, though perhaps not at once: beyond this some agents give up. */
const MOST_OBJECTS = 60;

export async function poll(
  parts: EngineParts,
  target: Target,
  objects: readonly Oid[],
  columns: readonly Oid[],
  options: PollOptions,
): Promise<PollAnswer> {
  const names = objects.map((object) => parts.names.name(object));
  const columnNames = columns.map((column) => parts.names.name(column));
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
    cost,
  };
}

interface Together {
  readonly asked: readonly Asked[];
  /** Those before each of `asked`. */
  readonly befores: readonly EncodedName[];
  readonly columns: readonly WalkColumn[];
  /** Rows asked of each column. */
  readonly rows: number;
}

class PollTask {
  readonly #parts: EngineParts;
  readonly #call: Call;
  readonly #asked: readonly Asked[];
  #columns: readonly WalkColumn[];
  readonly #options: PollOptions;
  /** Whether the device did not do what the one request asks for. */
  #unfit = false;

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
    const together = this.#together();
    let isThere = await get.run(this.#asked.filter((asked) => together?.asked.includes(asked) !== true));
    if (isThere && together !== null) isThere = await this.#runTogether(together, get);
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
    return { get: answer, walk: walk.answer(), together: !this.#unfit, cost: this.#call.cost };
  }

  /** False where asking more is of no use. */
  async #runTogether(together: Together, get: GetTask): Promise<boolean> {
    const failure = await this.#ask(together);
    const isSilent = failure?.kind === 'timeout';
    const mayBeThere = this.#call.device.hasAnswered && this.#options.brief !== true;
    if (failure !== null && failure.kind !== 'malformed' && !(isSilent && mayBeThere)) {
      get.fail(failure);
      return false;
    }
    const doubted = together.asked.filter(({ told }) => told === undefined);
    const isThere = doubted.length === 0 || (await get.run(doubted, isSilent));
    if (isThere && failure !== null) this.#unfit = true;
    // Not told in the one answer, and there all the same.
    if (doubted.some(({ told, unclear }) => unclear && told && isValue(told))) this.#unfit = true;
    return isThere;
  }

  async #ask(together: Together): Promise<SnmpFailure | null> {
    const { befores, columns, rows } = together;
    const isBulk = this.#call.target.credential.version !== 'v1';
    const reply = await askIn(this.#parts, this.#call, {
      pdu: isBulk ? 'getBulk' : 'getNext',
      names: [...befores, ...(isBulk ? columns.map(({ last }) => last) : this.#rowNames(together))],
      nonRepeaters: isBulk ? befores.length : 0,
      maxRepetitions: isBulk ? rows : 0,
      patience: this.#options.brief === true ? oneTry(this.#call) : this.#options.patience,
      judge: (frame) => {
        if (frame.errorStatus !== ERROR_STATUS.noError) {
          this.#unfit = true;
          return null;
        }
        return this.#take(frame, together, isBulk);
      },
    });
    if (reply.failure === null && isBulk && !this.#unfit) this.#call.device.bulk = 'works';
    return reply.failure;
  }

  /** Row by row, each column's last known instance: what comes next is the following row, or the end. */
  #rowNames({ columns, rows }: Together): readonly EncodedName[] {
    const { rows: known = [] } = this.#options;
    return Array.from({ length: rows }, (_, row) =>
      columns.map((column) =>
        row === 0 ? column.last : this.#parts.names.name(`${column.oid}.${known[row - 1]}` as Oid),
      ),
    ).flat();
  }

  #take(frame: ResponseFrame, { asked, columns, rows }: Together, isBulk: boolean): string | null {
    const frames = decodeVarbindFrames(frame);
    if (!frames.ok) return `varbinds: ${frames.error.problem} at ${frames.error.at}`;
    const { bytes } = frame;
    const exact = frames.value.slice(0, asked.length);
    const beyond = frames.value.slice(asked.length);
    // Nobody who counts non-repeaters rightly has more to say.
    if (beyond.length > columns.length * rows) this.#unfit = true;
    let taken = 0;
    for (const [place, each] of exact.entries()) {
      const wanted = asked[place] as Asked;
      const next = takeNext(wanted, bytes, each);
      if (next === 'told') taken += 1;
      else wanted.unclear = true;
    }
    if (taken === 0) return 'no asked object in the answer';
    if (this.#unfit || (isBulk && !isInOrder(columns, bytes, beyond))) this.#unfit = true;
    else this.#takeRows(bytes, beyond, columns, isBulk);
    return null;
  }

  #takeRows(bytes: Uint8Array, frames: readonly VarbindFrame[], columns: readonly WalkColumn[], isBulk: boolean): void {
    const { rows: known = [] } = this.#options;
    const open = new Set(columns);
    for (const [place, frame] of frames.entries()) {
      const column = columns[place % columns.length] as WalkColumn;
      if (column.ended || !open.has(column)) continue;
      const step = column.step(bytes, frame);
      if (step === 'end') {
        column.end(null);
        if (column.varbinds.length === 0) this.#endEmpty(bytes, frame);
      } else if (step !== 'next') {
        this.#unfit = true;
        open.delete(column);
      } else if (!isBulk && instanceOf(column.oid, column.last.oid) !== known[Math.floor(place / columns.length)]) {
        // The next name asked is not behind this row: the walk goes on from here.
        open.delete(column);
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

  /** What fits into one request and its answer; null where nothing is asked together. */
  #together(): Together | null {
    const { apart, rows: known = [], valueBytes = EXPECTED_VALUE_BYTES } = this.#options;
    const { device } = this.#call;
    const isBulk = this.#call.target.credential.version !== 'v1';
    if (apart === true || this.#columns.length === 0 || (isBulk && device.bulk === 'broken')) return null;
    const messageBytes = messageBytesTo(this.#parts, this.#call);
    const inOrder = this.#columns.toSorted(compareNames);
    // Of a table that had no rows the lowest column tells whether it still has none.
    const columns = known.length === 0 ? inOrder.slice(0, 1) : inOrder;
    const row = columns.reduce(
      (sum, { octets }) => sum + requestSizeOfName(octets) + INSTANCE_BYTES + EXPECTED_ROW_VALUE_BYTES,
      0,
    );
    const rows = 1 + Math.min(known.length, Math.floor(messageBytes / 2 / row));
    let left = messageBytes - messageFrameSize(this.#call) - row * rows;
    const asked: Asked[] = [];
    const befores: EncodedName[] = [];
    const most = Math.min(MOST_OBJECTS, device.mostObjects);
    for (const each of this.#asked.toSorted(compareNames)) {
      const before = nameBefore(this.#parts.names, each.oid);
      const size = requestSizeOfName(each.octets) + valueBytes;
      if (before === undefined || size > left || asked.length >= most) continue;
      left -= size;
      asked.push(each);
      befores.push(before);
    }
    return asked.length === 0 ? null : { asked, befores, columns, rows };
  }
}

function isValue({ type }: SnmpValue): boolean {
  return type !== 'noSuchObject' && type !== 'noSuchInstance' && type !== 'endOfMibView' && type !== 'null';
}
