/** How far the box's clock is from central's, by the Date header of its answers. Shown only: nothing is decided by it. */
import { type Clock, type Instant, isoInstant } from '@rsb/runtime';

export interface ClockOffset {
  note(date: string): void;
  /** Seconds that the box is ahead. */
  view(): { readonly offset: number | null; readonly measuredAt: string | null };
}

export function createClockOffset(clock: Pick<Clock, 'now'>): ClockOffset {
  let measured: { readonly seconds: number; readonly at: Instant } | null = null;
  return {
    note(date) {
      const theirs = Date.parse(date);
      if (Number.isNaN(theirs)) return;
      const at = clock.now();
      // The header has whole seconds, cut off: half a second is its middle.
      measured = { seconds: Math.round((at - theirs - 500) / 1000), at };
    },
    view: () =>
      measured ? { offset: measured.seconds, measuredAt: isoInstant(measured.at) } : { offset: null, measuredAt: null },
  };
}
