/** Time, passed in: the wall clock decides what people see, the monotonic clock decides how long something took. */

/** Milliseconds since 1970 (UTC). May jump: never used for order or acceptance. */
export type Instant = number & { readonly __instant: unique symbol };
/** A length of time in milliseconds. */
export type Millis = number & { readonly __millis: unique symbol };

export const instant = (epochMilliseconds: number): Instant => epochMilliseconds as Instant;
export const millis = (value: number): Millis => value as Millis;
export const seconds = (value: number): Millis => millis(value * 1000);
export const minutes = (value: number): Millis => seconds(value * 60);
export const hours = (value: number): Millis => minutes(value * 60);

export interface Timer {
  /** Its purpose, for logs and for tests that drive the clock. */
  readonly name: string;
  cancel(): void;
}

export interface Clock {
  /** Wall time. */
  now(): Instant;
  /** Time that never goes back, in milliseconds with fractions, from an arbitrary start. */
  monotonic(): Millis;
  /** Calls `run` once after `delay` of monotonic time. Any delay is allowed, also beyond setTimeout's 24.8 days. */
  after(name: string, delay: Millis, run: () => void): Timer;
  /** Resolves after `delay`; rejects with the signal's reason when aborted. */
  sleep(name: string, delay: Millis, signal?: AbortSignal): Promise<void>;
}

/** ISO 8601 UTC with Z, seconds precision, as the contract prints instants. */
export function isoInstant(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function sleepOn(clock: Pick<Clock, 'after'>, name: string, delay: Millis, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(name, delay, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
