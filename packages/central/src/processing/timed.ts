/** A reading with a time that can be believed. */
import type { Observation } from './observation.ts';

export interface Timed {
  readonly seen: Observation;
  /** Never before that of the reading that stands before it. */
  readonly at: number;
  /** False where the box's clock was wrong: `at` is worked out from its neighbours. */
  readonly clockRight: boolean;
}
