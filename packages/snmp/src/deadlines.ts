/**
 * The waits of all requests behind one timer of the clock. Nearly every wait is over long before its end, when the answer
 * comes; a timer of the system's own for each costs more than reading the answer.
 */
import { type Clock, type Millis, millis, type Timer } from '@rsb/runtime';

/** A wait; made by its owner once and used for one wait after the other. */
export interface Deadline {
  /** Monotonic time at which it ends. */
  at: number;
  /** Where it stands among the others; −1 while it does not wait. */
  place: number;
  end(): void;
}

export class Deadlines {
  readonly #clock: Clock;
  readonly #name: string;
  /** A binary heap: the soonest comes first. */
  readonly #waiting: Deadline[] = [];
  #timer: Timer | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  readonly #onTimer = () => {
    this.#timer = null;
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = this.#clock.monotonic();
    for (let first = this.#waiting[0]; first !== undefined && first.at <= now; first = this.#waiting[0]) {
      this.cancel(first);
      first.end();
    }
    this.#arm();
  };

  constructor(clock: Clock, name: string) {
    this.#clock = clock;
    this.#name = name;
  }

  add(deadline: Deadline): void {
    this.#up(deadline, this.#waiting.length);
    this.#arm();
  }

  cancel(deadline: Deadline): void {
    const { place } = deadline;
    if (place < 0) return;
    deadline.place = -1;
    const last = this.#waiting.pop();
    if (last !== undefined && last !== deadline) {
      // It may belong above or below the gap.
      this.#up(last, place);
      this.#down(last, last.place);
    }
    if (this.#waiting.length === 0 && this.#timer !== null) {
      this.#timer.cancel();
      this.#timer = null;
      this.#timerAt = Number.POSITIVE_INFINITY;
    }
  }

  /** A timer that comes too early finds nothing to do; that is cheaper than to set it anew for each answer. */
  #arm(): void {
    const first = this.#waiting[0];
    if (first === undefined || first.at >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = first.at;
    const wait: Millis = millis(Math.max(0, first.at - this.#clock.monotonic()));
    this.#timer = this.#clock.after(this.#name, wait, this.#onTimer);
  }

  #up(deadline: Deadline, from: number): void {
    const waiting = this.#waiting;
    let place = from;
    while (place > 0) {
      const parent = waiting[(place - 1) >> 1] as Deadline;
      if (parent.at <= deadline.at) break;
      waiting[place] = parent;
      parent.place = place;
      place = (place - 1) >> 1;
    }
    waiting[place] = deadline;
    deadline.place = place;
  }

  #down(deadline: Deadline, from: number): void {
    const waiting = this.#waiting;
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= waiting.length) break;
      const right = waiting[child + 1];
      if (right !== undefined && right.at < (waiting[child] as Deadline).at) child += 1;
      const soonest = waiting[child] as Deadline;
      if (soonest.at >= deadline.at) break;
      waiting[place] = soonest;
      soonest.place = place;
      place = child;
    }
    waiting[place] = deadline;
    deadline.place = place;
  }
}
