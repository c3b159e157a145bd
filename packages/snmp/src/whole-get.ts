/**
 * One request for all objects of a GET. Where the device tells each of them as asked, nothing of the single objects was
 * ever kept; else a `GetTask` goes on from that answer.
 */
import type { Millis } from '@rsb/runtime';
import { toAsk } from './asked.ts';
import { type Call, type EngineParts, tellIn } from './call.ts';
import type { Device } from './device.ts';
import type { Cost, GetAnswer, Patience } from './engine.ts';
import type { Question, Reply } from './exchange.ts';
import { GetTask } from './get-task.ts';
import type { Name } from './names.ts';
import type { Varbind } from './value.ts';
import type { ResponseFrame } from './varbinds.ts';
import { varbindsInOrder } from './varbinds-in-order.ts';

/** It is its own question: thousands are asked, and a second object for each would cost as much as sending it. */
export class WholeGet implements Question {
  readonly pdu = 'get';
  readonly nonRepeaters = 0;
  readonly maxRepetitions = 0;
  readonly names: readonly Name[];
  readonly device: Device;
  readonly cost: Cost;
  readonly patience: Patience | undefined;
  readonly longest: Millis | undefined;
  readonly signal: AbortSignal | undefined;
  readonly #parts: EngineParts;
  readonly #call: Call;
  readonly #told: (answer: GetAnswer) => void;
  #varbinds: readonly Varbind[] | null = null;
  #inParts: GetTask | null = null;

  constructor(parts: EngineParts, call: Call, names: readonly Name[], told: (answer: GetAnswer) => void) {
    this.#parts = parts;
    this.#call = call;
    this.names = names;
    this.device = call.device;
    this.cost = call.cost;
    this.patience = call.options.patience;
    this.longest = undefined;
    this.signal = call.options.signal;
    this.#told = told;
  }

  ask(): void {
    tellIn(this.#parts, this.#call, this, (reply) => this.#hear(reply));
  }

  judge(frame: ResponseFrame): string | null {
    this.#varbinds = varbindsInOrder(frame, this.names);
    return this.#varbinds === null ? this.#task().judge(frame) : null;
  }

  #hear(reply: Reply): void {
    const varbinds = this.#varbinds;
    if (varbinds === null) {
      this.#task().hear(reply);
      return;
    }
    this.device.learnAnswer();
    this.#told({ varbinds, failure: null, cost: this.cost, roundTrip: reply.roundTrip });
  }

  #task(): GetTask {
    const known = this.#inParts;
    if (known !== null) return known;
    const made = new GetTask(this.#parts, this.#call, this.names.map(toAsk));
    made.goOn(() => {
      this.#parts.wire.devices.forgetSilent(this.device);
      this.#told(made.answer());
    });
    this.#inParts = made;
    return made;
  }
}
