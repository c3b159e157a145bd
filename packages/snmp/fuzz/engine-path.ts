/**
 * A mutant at an engine that waits for an answer: it must not throw, must take nothing from it that does not stand in it
 * and in answer to this very request, and must still take the true answer afterwards.
 */
import { instant, type ManualClock, manualClock, millis, Secret, seededRandom } from '@rsb/runtime';
import type { OnDatagram } from '../src/datagrams.ts';
import { allowList, createEngine, type GetAnswer, oid, type RunningEngine, type Target } from '../src/index.ts';
import { decodeRequest } from '../src/message.ts';
import { decodeOid, encodeOid } from '../src/oid-octets.ts';
import { decodeEnvelope, decodeScopedFrame } from '../src/usm/message.ts';
import type { Varbind } from '../src/value.ts';
import { decodeVarbindFrames } from '../src/varbinds.ts';
import { saysValue, toldBy } from './told.ts';
import { answerTo, nextOf, TRUTH, truthOf, v3AnswerTo, v3Discovered } from './truth.ts';

export type Dialect = 'v1' | 'v2c' | 'v3';

const ADDRESS = '127.0.0.1';
const PORT = 161;
const NAMES = TRUTH.map((each) => each.oid);
/** Requests that one mutant may cause: halves, single objects, a second discovery. */
const MOST_REQUESTS = 64;
/** After these time passes too: whoever believed a spoiled discovery asks an engine that nobody is, until its waits end. */
const ANSWERS_IN_NO_TIME = 16;
const STEP = millis(1000);

interface Sent {
  readonly version: number;
  /** As `told.ts` names it. */
  readonly who: string;
  readonly requestId: number;
  readonly answer: Uint8Array;
}

export interface Outcome {
  /** Whether something was taken from the mutant that the device never said. */
  readonly believed: boolean;
}

export class EnginePath {
  readonly #dialect: Dialect;
  readonly #clock: ManualClock;
  readonly #engine: RunningEngine;
  readonly #target: Target;
  #deliver: OnDatagram = () => {};
  #sent: Sent | null = null;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    const clock = manualClock(instant(0));
    this.#clock = clock;
    this.#engine = createEngine({
      clock,
      random: seededRandom(7),
      allow: allowList(['1.3.6.1.2.1', '1.3.6.1.4.1'].map(oid)),
      openSocket: (_family, onDatagram) => {
        this.#deliver = onDatagram;
        return {
          send: (bytes) => {
            this.#sent = understood(bytes);
          },
          close: () => {},
        };
      },
    });
    const community = new Secret('public');
    this.#target = {
      address: ADDRESS,
      port: PORT,
      credential:
        dialect === 'v3'
          ? { version: dialect, user: 'reader', context: '', auth: null, privacy: null }
          : { version: dialect, community },
    };
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  /** `spoil` makes the mutant of a true answer. Throws where the engine did wrong. */
  async run(spoil: (answer: Uint8Array) => Uint8Array): Promise<Outcome> {
    this.#sent = null;
    let got: GetAnswer | null = null;
    const call = this.#engine.get(this.#target, NAMES).then((answer) => {
      got = answer;
    });
    const asked = await this.#nextRequest();
    const mutant = spoil(asked.answer);
    try {
      this.#deliver(mutant, ADDRESS, PORT);
      await turn();
      for (let requests = 0; got === null; requests += 1) {
        if (requests > MOST_REQUESTS) throw new Error(`no end after ${MOST_REQUESTS} requests`);
        const { answer } = await this.#nextRequest();
        this.#deliver(answer, ADDRESS, PORT);
        await turn();
        if (requests >= ANSWERS_IN_NO_TIME && got === null) await this.#clock.advance(STEP);
      }
      await call;
      return { believed: this.#verify(got, asked, mutant) };
    } catch (error) {
      throw new Error(`${this.#dialect}: ${Buffer.from(mutant.subarray(0, 1000)).toString('hex')}`, { cause: error });
    }
  }

  async #nextRequest(): Promise<Sent> {
    for (let turns = 0; this.#sent === null && turns < 10; turns += 1) await turn();
    if (this.#sent === null) throw new Error('nothing was asked');
    return this.#sent;
  }

  #verify(got: GetAnswer, asked: Sent, mutant: Uint8Array): boolean {
    const told = toldBy(mutant);
    const isAnswer =
      told !== undefined &&
      told.version === BigInt(asked.version) &&
      told.who === asked.who &&
      told.requestId === BigInt(asked.requestId);
    let believed = false;
    for (const varbind of got.varbinds) {
      if (isTrue(varbind)) continue;
      const name = Buffer.from(encodeOid(varbind.oid)).toString('hex');
      const says = told?.varbinds.some((each) => each.name === name && saysValue(each.value, varbind.value)) ?? false;
      // v1 has no value for an object that is not there: noSuchName says it by its place.
      const v1Absent = this.#dialect === 'v1' && varbind.value.type === 'noSuchObject';
      if (!isAnswer || !(says || v1Absent)) throw new Error(`took ${varbind.oid} from no answer`);
      believed = true;
    }
    const complete = got.failure === null && got.varbinds.length === NAMES.length;
    // In v3 an unsigned report is a hint that may end the call; whoever sees the id could always send one.
    if (!complete && !isAnswer && this.#dialect !== 'v3') throw new Error('the true answer was not taken');
    return believed;
  }
}

function isTrue({ oid: name, value }: Varbind): boolean {
  const truth = truthOf(name);
  if (value.type !== truth.type) return false;
  if (!('value' in value) || !('value' in truth)) return true;
  if (value.value instanceof Uint8Array && truth.value instanceof Uint8Array) {
    return Buffer.compare(value.value, truth.value) === 0;
  }
  return value.value === truth.value;
}

/** The agent's side: what was asked, and the true answer to it. */
function understood(bytes: Uint8Array): Sent {
  const request = decodeRequest(bytes);
  if (request.ok) {
    const { version, community, requestId, pdu, oids } = request.value;
    const told = oids.map((name) => (pdu === 'get' ? { oid: name, value: truthOf(name) } : nextOf(name)));
    const who = Buffer.from(community).toString('hex');
    return { version: version === 'v1' ? 0 : 1, who, requestId, answer: answerTo(request.value, told) };
  }
  const envelope = decodeEnvelope(bytes);
  if (!envelope.ok) throw new Error('the engine sent what is no request');
  const { messageId, engineId, dataStart, dataEnd, bytes: message } = envelope.value;
  const scoped = decodeScopedFrame(message, dataStart, dataEnd);
  if (!scoped.ok) throw new Error('the engine sent a message without a PDU');
  const { requestId } = scoped.value;
  const frames = decodeVarbindFrames(scoped.value);
  const oids = (frames.ok ? frames.value : []).flatMap(
    ({ nameStart, nameEnd }) => decodeOid(scoped.value.bytes, nameStart, nameEnd) ?? [],
  );
  const answer = engineId.length === 0 ? v3Discovered(messageId, requestId) : v3AnswerTo(messageId, requestId, oids);
  return { version: 3, who: String(messageId), requestId, answer };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
