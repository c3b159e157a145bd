/** One counter's values, and the steps that they are read as. */
import type { CountValue } from './observation.ts';
import type { PaceLearned } from './pace.ts';

export interface Series {
  /** Which of the device's readings told each value. */
  readonly positions: readonly number[];
  readonly at: readonly number[];
  readonly clockRight: readonly boolean[];
  readonly values: readonly CountValue[];
  /** Driver and firmware: where they change, the counter may count otherwise. */
  readonly made: readonly string[];
}

/**
 * `risen`: by difference. `wrapped`: through its largest value. `restarted`: it began again at zero. `fallen`: it stands lower
 * and stays there. `jumped`: more than can have been printed. `rollover`: wrapped or restarted, nobody knows.
 * `rebased`: counted otherwise since.
 */
export type StepKind = 'risen' | 'wrapped' | 'restarted' | 'fallen' | 'jumped' | 'rollover' | 'rebased';

export interface Step {
  readonly kind: StepKind;
  /** Positions of the device's readings. */
  readonly from: number;
  readonly to: number;
  readonly before: CountValue;
  readonly after: CountValue;
  /** Pages that are counted. */
  readonly pages: CountValue;
  /** Where it wrapped, or may have: the first value it cannot show. */
  readonly modulus: number | null;
  /** It may as well have begun again at zero. */
  readonly nearZero: boolean;
  /** The history ends with it: nothing shows whether it stays or was a wrong reading. */
  readonly unconfirmed?: true;
  /** A person has said what it counts. */
  readonly answered?: true;
}

/** Whether other counters of the machine say that this rise is no printing; null where none can say. */
export type ShiftJudge = (from: number, to: number, rise: number) => boolean | null;

/** What is known of a counter from before the first reading that is read here. */
export interface SeriesPast {
  readonly pace: PaceLearned;
  /** Since when it stood at this value. */
  readonly value: CountValue;
  readonly since: number;
}

export interface ReadSeries {
  readonly steps: readonly Step[];
  readonly pace: PaceLearned;
  /** Since when each value stands still, by the order of the values. */
  readonly since: readonly number[];
}
