/** Time in the browser, passed to what needs it: tests drive their own. */

export interface BrowserClock {
  /** Milliseconds since 1970 by this computer's clock. */
  now(): number;
  /** Milliseconds that never go back. */
  monotonic(): number;
  /** Calls `run` once after `delay` ms; the answer cancels it. */
  after(delay: number, run: () => void): () => void;
}

export const browserClock: BrowserClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delay, run) => {
    const id = setTimeout(run, delay);
    return () => clearTimeout(id);
  },
};
