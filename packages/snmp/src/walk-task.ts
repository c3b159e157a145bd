/**
 * Columns side by side, each until a name outside it was seen: by GETBULK, by GETNEXT where a device cannot do better,
 * taken apart where it cannot tell them together.
 */
import { failure, millis, type Outcome, success, unreachable } from '@rsb/runtime';
import { askIn, type Call, type EngineParts, oneTry } from './call.ts';
import type { SnmpFailure, WalkAnswer, WalkLimits } from './engine.ts';
import type { Oid } from './oid.ts';
import { compareNames } from './oid-octets.ts';
import { ERROR_STATUS, errorStatusText } from './pdu.ts';
import { decodeVarbindFrames, type ResponseFrame, type VarbindFrame } from './varbinds.ts';
import type { Step, WalkColumn } from './walk-column.ts';
import {
  type Ahead,
  all,
  alone,
  byNext,
  type Group,
  halves,
  inNames,
  isInOrder,
  nonRepeaters,
  placesOf,
  unended,
  type Walked,
  without,
} from './walk-group.ts';
import { beyondLimits, DEFAULT_WALK_LIMITS, type WalkOptions } from './walk-limits.ts';
import { MOST_REPETITIONS, nextGroups } from './walk-plan.ts';
import { EXPECTED_VARBIND_BYTES, firstGroups } from './walk-start.ts';

/** Waits that a device which answers otherwise may cost by staying silent to many columns at once. */
const MOST_SILENCES = 2;

export class WalkTask {
  readonly #parts: EngineParts;
  readonly #call: Call;
  readonly #columns: readonly WalkColumn[];
  readonly #limits: WalkLimits;
  readonly #options: WalkOptions;
  #varbinds = 0;
  #waited = 0;
  /** Seen so far, to plan answers that fit. */
  #bytesPerVarbind: number | null = null;
  #bulkFailed = false;
  /** Whether the next request only finds out if the device is there at all. */
  #probing = false;
  #silences = 0;
  /** Whether a device of v1 has told that nothing follows. */
  #endSeen = false;

  constructor(parts: EngineParts, call: Call, columns: readonly WalkColumn[], options: WalkOptions) {
    this.#parts = parts;
    this.#call = call;
    this.#columns = columns;
    this.#limits = { ...DEFAULT_WALK_LIMITS, ...options.limits };
    this.#bulkFailed = options.byNext === true;
    this.#options = options;
  }

  answer(): WalkAnswer {
    const unfinished = this.#columns.flatMap(({ oid, failure: cause }) =>
      cause ? [{ column: oid, failure: cause }] : [],
    );
    return {
      varbinds: this.#columns.flatMap((column) => column.varbinds),
      end: unfinished[0]?.failure ?? 'complete',
      unfinished,
      ...(this.#bulkFailed || this.#call.device.bulk === 'broken' ? { bulkFailed: true } : {}),
      cost: this.#call.cost,
    };
  }

  async run(): Promise<void> {
    const groups = firstGroups(this.#parts, this.#call, this.#columns, this.#options).flatMap(unended);
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      const beyond = beyondLimits(this.#limits, this.#call.cost, this.#varbinds, this.#waited);
      if (beyond !== null) return this.endAll({ kind: 'endless', detail: beyond });
      const rest = await this.#ask(this.#bulkFailed ? byNext(group) : group);
      if (!rest.ok) return this.endAll(rest.error);
      groups.unshift(...rest.value.flatMap(unended));
      if (group.pdu === 'getBulk' && !this.#bulkFailed) this.#planAgain(groups);
    }
  }

  /** All that was looked at once is asked by what is known of it now. */
  #planAgain(groups: Group[]): void {
    const isFree = ({ pdu, isFirst, mostRepetitions }: Group) =>
      pdu === 'getBulk' && isFirst !== true && mostRepetitions === MOST_REPETITIONS;
    const free = groups.filter(isFree).flatMap(all);
    const others = groups.filter((group) => !isFree(group));
    groups.splice(0, groups.length, ...others, ...nextGroups(free, this.#rowsOf, this.#parts.limits.objectsPerGet));
  }

  /** Of a table one of whose columns is over, as many as that had. */
  readonly #rowsOf = (column: Oid): number => {
    const entry = column.slice(0, column.lastIndexOf('.') + 1);
    const over = this.#columns.filter(({ oid, ended }) => ended && oid.startsWith(entry));
    return Math.max(0, ...over.map(({ varbinds }) => varbinds.length));
  };

  /** What is left of the group, in parts; a failure where asking more is of no use. */
  async #ask(group: Group): Promise<Outcome<readonly Group[], SnmpFailure>> {
    const { device, options } = this.#call;
    const repetitions = group.pdu === 'getBulk' ? this.#repetitions(group) : 1;
    let error: ResponseFrame | null = null;
    let rest: readonly Group[] = [group];
    // A device that never answered anything, or no more, gets one chance less to be silent.
    const mayBeGone = this.#probing || (this.#bulkFailed && !device.hasAnswered);
    const patience = mayBeGone ? oneTry(this.#call) : options.patience;
    const reply = await askIn(this.#parts, this.#call, {
      pdu: group.pdu,
      names: inNames(group).map(({ last }) => last),
      nonRepeaters: nonRepeaters(group),
      maxRepetitions: group.pdu === 'getBulk' ? repetitions : 0,
      patience,
      longest: millis(this.#limits.time - this.#waited),
      judge: (frame) => {
        if (frame.errorStatus !== ERROR_STATUS.noError) {
          error = frame;
          return null;
        }
        const taken = this.#take(group, repetitions, frame);
        if (taken.ok) rest = taken.value;
        return taken.ok ? null : taken.error;
      },
    });
    this.#waited += reply.waited;
    if (reply.failure !== null) return this.#afterFailure(group, reply.failure);
    this.#probing = false;
    if (error !== null) return success(this.#afterError(group, repetitions, error));
    if (group.pdu === 'getNext' && this.#bulkFailed && device.bulk === 'untried') device.bulk = 'broken';
    if (group.pdu === 'getBulk' && !this.#bulkFailed) device.bulk = 'works';
    return success(rest);
  }

  /** Takes an answer's rows, all columns of a row side by side (RFC 3416 §4.2.3); a text says why it is no answer. */
  #take(group: Group, repetitions: number, frame: ResponseFrame): Outcome<readonly Group[], string> {
    const frames = decodeVarbindFrames(frame);
    if (!frames.ok) return failure(`varbinds: ${frames.error.problem} at ${frames.error.at}`);
    if (frames.value.length === 0) {
      // RFC 3416 §4.2.3 allows an answer in which nothing fits; GETNEXT then says tooBig, or fits.
      return group.pdu === 'getBulk' ? success(this.#withoutBulk(group)) : failure('no varbinds');
    }
    const names = inNames(group);
    const placeOf = placesOf(group);
    const asked = nonRepeaters(group) + group.columns.length * repetitions;
    const places = Math.min(frames.value.length, asked);
    this.#bytesPerVarbind = Math.ceil(frame.bytes.length / frames.value.length);
    if (group.pdu === 'getBulk' && !isInOrder(names, frame.bytes, frames.value.slice(0, places), placeOf)) {
      return success(this.#withoutBulk(group));
    }
    for (let place = 0; place < places && this.#varbinds < this.#limits.varbinds; place += 1) {
      const name = names[placeOf(place)] as Walked | Ahead;
      const column = 'of' in name ? name.of : name;
      // Behind a row that turned out to be another one it says nothing.
      if (column.ended || ('of' in name && column.last.oid !== name.last.oid)) continue;
      const step = column.step(frame.bytes, frames.value[place] as VarbindFrame);
      if (step === 'next') this.#varbinds += 1;
      else if (step === 'end') column.end(null);
      // GETNEXT leaves no doubt.
      else if (group.pdu === 'getBulk') return success(this.#withoutBulk(group));
      else column.end(this.#endOf(column, step));
    }
    return success(group.pdu === 'getBulk' ? unended({ ...group, ahead: [], isFirst: false }) : [group]);
  }

  #endOf(column: Walked, step: Exclude<Step, 'next' | 'end'>): SnmpFailure | null {
    switch (step) {
      case 'absent':
        return null;
      case 'malformed':
        return { kind: 'malformed', detail: `a name below ${column.oid}` };
      case 'backwards':
        return { kind: 'endless', detail: `${column.oid}: the name after ${column.last.oid} is not later` };
      default:
        return unreachable(step);
    }
  }

  #withoutBulk(group: Group): readonly Group[] {
    this.#bulkFailed = true;
    return [byNext(group)];
  }

  #afterError(group: Group, repetitions: number, frame: ResponseFrame): readonly Group[] {
    const columns = all(group);
    const [first] = columns;
    const last = columns.length === 1 ? first : undefined;
    const named = frame.errorIndex >= 1 ? columns[frame.errorIndex - 1] : undefined;
    if (frame.errorStatus === ERROR_STATUS.tooBig) {
      if (group.pdu === 'getBulk' && repetitions > 1) return [{ ...group, mostRepetitions: repetitions >> 1 }];
      if (last === undefined) return halves(group);
      if (group.pdu === 'getBulk') return this.#withoutBulk(group);
      last.end({ kind: 'tooBig' });
      return [];
    }
    if (group.pdu === 'getBulk') return this.#withoutBulk(group);
    // v1 has no other word for the end of what the agent knows (RFC 1157 §4.1.3).
    const isEnd = frame.errorStatus === ERROR_STATUS.noSuchName;
    if (isEnd && last === undefined && named !== undefined) return this.#afterEnd(group, named);
    // The named column is asked alone, after the others: what an agent names is checked before it is believed.
    if (last === undefined) return named === undefined ? halves(group) : [without(group, named), alone(group, named)];
    if (isEnd) last.end(null);
    else last.end({ kind: 'refused', status: errorStatusText(frame.errorStatus), index: frame.errorIndex });
    return [];
  }

  /**
   * Where nothing follows a name, nothing follows those beyond it. Told once more of the first of them alone, that is
   * believed.
   */
  #afterEnd(group: Group, named: Walked): readonly Group[] {
    const beyond = group.columns.filter(({ last }) => compareNames(named.last, last) <= 0);
    const before = { ...group, columns: group.columns.filter((column) => !beyond.includes(column)) };
    if (before.columns.length > 0 || !this.#endSeen) {
      this.#endSeen = true;
      return [before, { ...group, columns: beyond }];
    }
    for (const column of beyond) column.end(null);
    return [];
  }

  #afterFailure(group: Group, cause: SnmpFailure): Outcome<readonly Group[], SnmpFailure> {
    const mayBeBulk = cause.kind === 'timeout' || cause.kind === 'malformed';
    if (mayBeBulk && group.pdu === 'getBulk') return success(this.#withoutBulk(group));
    const columns = all(group);
    const [first] = columns;
    if (cause.kind === 'timeout' && columns.length > 1 && first !== undefined && this.#call.device.hasAnswered) {
      this.#silences += 1;
      if (this.#silences > MOST_SILENCES) return failure(cause);
      // Gone, or too many columns at once: one column alone, asked once, tells which.
      this.#probing = true;
      return success([alone(group, first), ...halves(without(group, first))]);
    }
    if (cause.kind !== 'malformed') return failure(cause);
    if (columns.length > 1) return success(halves(group));
    for (const column of columns) column.end(cause);
    return success([]);
  }

  /** Rows that an answer is planned for: it should fit into one packet. */
  #repetitions(group: Group): number {
    const longest = Math.max(...all(group).map((column) => column.last.octets.length));
    const each = this.#bytesPerVarbind ?? longest + EXPECTED_VARBIND_BYTES;
    const room = this.#parts.limits.messageBytes - each * nonRepeaters(group);
    const fits = Math.floor(room / (each * Math.max(1, group.columns.length)));
    return Math.max(1, Math.min(fits, group.likely ?? MOST_REPETITIONS, group.mostRepetitions));
  }

  endAll(cause: SnmpFailure): void {
    for (const column of this.#columns) if (!column.ended) column.end(cause);
  }
}
