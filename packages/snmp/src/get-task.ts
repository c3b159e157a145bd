/**
 * Objects asked by name: packed into as few requests as fit, taken apart where a device cannot tell them together, so
 * that one bad object costs only itself.
 */
import type { Millis } from '@rsb/runtime';
import type { Asked } from './asked.ts';
import { type Call, type EngineParts, messageBytesTo, messageFrameSize, oneTry, questionIn, tellIn } from './call.ts';
import { type Chunk, chunksOf, halves, inOrder, isUntold, without } from './chunk.ts';
import type { GetAnswer, SnmpFailure } from './engine.ts';
import type { Reply } from './exchange.ts';
import { compareNames } from './oid-octets.ts';
import { ERROR_STATUS, errorStatusText } from './pdu.ts';
import { namesBefore, takeAsked, takeNexts } from './take-asked.ts';
import type { SnmpValue, Varbind } from './value.ts';
import type { ResponseFrame } from './varbinds.ts';

/** What a value takes on average beyond the NULL in the request: numbers 1–5, most texts below 30 octets. */
export const EXPECTED_VALUE_BYTES = 8;
/** A tooBig of a few objects is about one of them; it says nothing about how many fit. */
const FEWEST_LEARNED_OBJECTS = 5;
/** Refusals in a row after which the rest is not asked any more: the device refuses as a whole. */
const MOST_REFUSALS = 12;
/** Refusals in a row for which the named object is set apart; after that halving is quicker. */
const MOST_NAMED_REFUSALS = 4;
/** Waits that a device which answers otherwise may cost by staying silent to many objects at once. */
const MOST_SPLITS_BY_SILENCE = 2;
/** The same for answers that cannot be read. */
const MOST_SPLITS_BY_GARBAGE = 6;

const NO_SUCH_OBJECT: SnmpValue = { type: 'noSuchObject' };

/** Of an answer that tells an error. */
interface ErrorTold {
  readonly status: number;
  readonly index: number;
}

/** Told at the end; false where asking more is of no use. */
type Done = (isThere: boolean) => void;

export interface GetLimits {
  /** In one request. */
  readonly objects: number;
  /** Expected of a value, beyond its tag. */
  readonly valueBytes: number;
}

export class GetTask {
  readonly #parts: EngineParts;
  readonly #call: Call;
  readonly #asked: Chunk;
  #failure: SnmpFailure | null = null;
  #roundTrip: Millis | null = null;
  #refusalsInARow = 0;
  #splitsBySilence = 0;
  #splitsByGarbage = 0;
  /** Whether the next request only finds out if the device is there at all. */
  #probing = false;
  /** Objects of the request before that one, which nobody answered. */
  #unanswered = 0;
  #silenceCounted = false;
  /** Whether objects are asked through GETNEXT, as an absent one would cost a request of its own by GET. */
  #byNext = false;
  /** Whether GETNEXT has met the end of all that the agent knows. */
  #endSeen = false;
  readonly #limits: GetLimits;
  #left: Chunk[] = [];
  /** What is asked now, whether through GETNEXT, and the error that was told of it. */
  #chunk: Chunk = [];
  #chunkByNext = false;
  #error: ErrorTold | null = null;
  #done: Done = () => {};

  constructor(parts: EngineParts, call: Call, asked: Chunk, limits?: GetLimits) {
    this.#parts = parts;
    this.#call = call;
    this.#asked = asked;
    this.#limits = limits ?? { objects: parts.limits.objectsPerGet, valueBytes: EXPECTED_VALUE_BYTES };
  }

  answer(): GetAnswer {
    const varbinds: Varbind[] = [];
    for (const { oid, told } of this.#asked) if (told) varbinds.push({ oid, value: told });
    return { varbinds, failure: this.#failure, cost: this.#call.cost, roundTrip: this.#roundTrip };
  }

  /**
   * Asks what is not told yet of `wanted`; false where asking more is of no use. `afterSilence`: a request for all of
   * them was not answered, so that one alone is asked first.
   */
  run(wanted: Chunk = this.#asked, afterSilence = false): Promise<boolean> {
    return new Promise((resolve) => this.start(wanted, afterSilence, resolve));
  }

  /** The same without a promise. */
  start(wanted: Chunk, afterSilence: boolean, done: Done): void {
    this.#done = done;
    const asked = wanted.every(isUntold) ? wanted : wanted.filter(isUntold);
    this.#left = afterSilence ? [...this.#afterSilence(asked)] : this.#chunksOf(asked);
    this.#askNext();
  }

  /** A GET of all objects is out already: its answers are for `judge`, its end for `hear`. */
  goOn(done: Done): void {
    this.#done = done;
    this.#chunk = this.#asked;
  }

  #askNext(): void {
    const left = this.#left;
    const { mostObjects } = this.#call.device;
    const chunk = left.length > 0 && this.#refusalsInARow < MOST_REFUSALS ? left.shift() : undefined;
    if (chunk === undefined) this.#done(true);
    else if (chunk.length <= mostObjects) this.#ask(chunk);
    else {
      left.unshift(chunk.slice(0, mostObjects), chunk.slice(mostObjects));
      this.#askNext();
    }
  }

  #ask(chunk: Chunk): void {
    this.#chunk = chunk;
    this.#error = null;
    const befores = this.#byNext ? namesBefore(this.#parts.names, chunk) : null;
    this.#chunkByNext = befores !== null;
    tellIn(
      this.#parts,
      this.#call,
      questionIn(this.#call, {
        pdu: befores === null ? 'get' : 'getNext',
        names: befores ?? chunk,
        nonRepeaters: 0,
        maxRepetitions: 0,
        patience: this.#probing ? oneTry(this.#call) : this.#call.options.patience,
        judge: this.judge,
      }),
      this.hear,
    );
  }

  readonly judge = (frame: ResponseFrame): string | null => {
    if (frame.errorStatus === ERROR_STATUS.noError)
      return this.#chunkByNext
        ? takeNexts(frame, this.#chunk, this.#giveUp)
        : takeAsked(this.#parts.varbinds, frame, this.#chunk, this.#giveUp);
    this.#error = { status: frame.errorStatus, index: frame.errorIndex };
    return null;
  };

  readonly hear = (reply: Reply): void => {
    const rest = this.#afterReply(this.#chunk, reply);
    if (rest === 'stop') {
      this.#done(false);
      return;
    }
    if (rest !== NONE) this.#left.unshift(...rest);
    this.#askNext();
  };

  /** What is still to be asked of the chunk, in parts; `stop` where asking more is of no use. */
  #afterReply(chunk: Chunk, reply: Reply): readonly Chunk[] | 'stop' {
    if (reply.failure !== null) return this.#afterFailure(chunk, reply.failure);
    this.#roundTrip = reply.roundTrip;
    if (this.#probing) this.#learnSilence();
    else this.#call.device.learnAnswer();
    this.#probing = false;
    const error = this.#error;
    if (error !== null) return this.#chunkByNext ? this.#afterNextError(chunk, error) : this.#afterError(chunk, error);
    this.#refusalsInARow = 0;
    if (!chunk.some(isUntold)) return NONE;
    const rest = chunk.filter(isUntold);
    const clear = rest.filter(({ unclear }) => !unclear);
    const unclear = rest.filter((each) => each.unclear);
    return [clear, unclear].filter((each) => each.length > 0);
  }

  /**
   * noSuchName: nothing at all follows the named one (RFC 1157 §4.1.3). What is beyond it is asked once more before that
   * is believed.
   */
  #afterNextError(chunk: Chunk, { status, index }: ErrorTold): readonly Chunk[] {
    const named = status === ERROR_STATUS.noSuchName ? chunk[index - 1] : undefined;
    if (named === undefined) {
      this.#byNext = false;
      return [chunk];
    }
    named.told = NO_SUCH_OBJECT;
    const isBeyond = (other: Asked) => compareNames(named, other) < 0;
    const beyond = chunk.filter(isBeyond);
    const rest = chunk.filter((each) => each !== named && !isBeyond(each));
    if (rest.length === 0 && this.#endSeen) for (const each of beyond) each.told = NO_SUCH_OBJECT;
    this.#endSeen = true;
    return [rest, beyond.filter(({ told }) => told === undefined)].filter((each) => each.length > 0);
  }

  #afterError(chunk: Chunk, { status, index }: ErrorTold): readonly Chunk[] {
    const alone = chunk.length === 1 ? chunk[0] : undefined;
    const named = index >= 1 ? chunk[index - 1] : undefined;
    if (status === ERROR_STATUS.tooBig) {
      if (alone !== undefined) return this.#giveUp(alone, { kind: 'tooBig' });
      const fits = Math.max(FEWEST_LEARNED_OBJECTS, Math.ceil(chunk.length / 2));
      this.#call.device.learnSize(fits);
      return halves(chunk);
    }
    if (status === ERROR_STATUS.noSuchName) {
      const missing = alone ?? named;
      if (missing === undefined) return halves(chunk);
      missing.told = NO_SUCH_OBJECT;
      // Whoever lacks one may lack many, and GETNEXT tells of each at once.
      this.#byNext = this.#call.target.credential.version === 'v1';
      return without(this.#byNext ? inOrder(chunk) : chunk, missing);
    }
    this.#refusalsInARow += 1;
    const refused: SnmpFailure = { kind: 'refused', status: errorStatusText(status), index };
    if (alone !== undefined) return this.#giveUp(alone, refused);
    if (this.#refusalsInARow >= MOST_REFUSALS) this.fail(refused);
    // The named object is asked alone once more: some agents name the wrong one.
    if (named === undefined || this.#refusalsInARow > MOST_NAMED_REFUSALS) return halves(chunk);
    return [...without(chunk, named), [named]];
  }

  #afterFailure(chunk: Chunk, failure: SnmpFailure): readonly Chunk[] | 'stop' {
    if (failure.kind === 'malformed') {
      const [first] = chunk;
      if (chunk.length === 1 && first !== undefined) return this.#giveUp(first, failure);
      this.#splitsByGarbage += 1;
      if (this.#splitsByGarbage <= MOST_SPLITS_BY_GARBAGE) return halves(chunk);
    }
    if (failure.kind === 'timeout' && chunk.length > 1 && this.#call.device.hasAnswered) {
      this.#splitsBySilence += 1;
      if (this.#splitsBySilence <= MOST_SPLITS_BY_SILENCE) return this.#afterSilence(chunk);
    }
    this.fail(failure);
    return 'stop';
  }

  /**
   * A device that answered before and is silent now may have gone, or may drop what it cannot fit into one packet: one
   * object alone, asked once, tells which.
   */
  #afterSilence(chunk: Chunk): readonly Chunk[] {
    this.#unanswered = chunk.length;
    this.#probing = true;
    return [chunk.slice(0, 1), ...halves(chunk.slice(1))].filter((each) => each.length > 0);
  }

  /** Only now: a device that is away is silent to one object as well. */
  #learnSilence(): void {
    const half = Math.ceil(this.#unanswered / 2);
    this.#call.device.learnSilence(Math.max(FEWEST_LEARNED_OBJECTS, half), !this.#silenceCounted);
    this.#silenceCounted = true;
  }

  readonly #giveUp = (asked: Asked, failure: SnmpFailure): readonly Chunk[] => {
    asked.told = null;
    this.fail(failure);
    return NONE;
  };

  /** The first failure is the one that is told. */
  fail(failure: SnmpFailure): void {
    this.#failure ??= failure;
  }

  #chunksOf(wanted: Chunk): Chunk[] {
    const { objects, valueBytes } = this.#limits;
    const room = messageBytesTo(this.#parts, this.#call) - messageFrameSize(this.#call);
    return chunksOf(wanted, objects, room, valueBytes);
  }
}

const NONE: readonly Chunk[] = [];
