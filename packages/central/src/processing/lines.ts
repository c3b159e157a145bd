/** What processing says of a device, a line each; readers ignore kinds they do not know. */

export const EVENT_KINDS = [
  'new',
  'moved',
  'replaced',
  'clash',
  'counterReset',
  'counterWrapped',
  'counterJump',
  'counterExchanged',
  'counterStuck',
  'counterRebased',
  'firmwareChanged',
  'supplyReplaced',
  'silent',
  'back',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The counts that a day's usage tells. */
export const USAGE_COUNTS = ['all', 'mono', 'color', 'print', 'copy', 'fax', 'scan'] as const;
export type UsageCount = (typeof USAGE_COUNTS)[number];

/** A number, or a decimal string beyond 2^53 − 1. */
export type Pages = number | string;

export type UsageLine = {
  readonly line: 'usage';
  readonly device: string;
  /** Local date. */
  readonly day: string;
} & Readonly<Record<UsageCount, Pages | null>>;

export type EventDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface EventLine {
  readonly line: 'event';
  readonly device: string;
  readonly at: string;
  readonly kind: EventKind;
  readonly detail: EventDetail;
}

/**
 * `fell`: the counter stands lower than before and stays there. `rose`: more than the machine can have printed.
 * `rollover`: it may have gone through its largest value, or have been reset. `twoMachines`: counts of machines with one
 * serial number that cannot be told apart.
 */
export type DecideWhy = 'fell' | 'rose' | 'rollover' | 'twoMachines';

/** A question for a person: nothing of this interval is counted until it is answered. */
export interface DecideLine {
  readonly line: 'decide';
  readonly device: string;
  readonly at: string;
  readonly why: DecideWhy;
  /** The doubtful interval. */
  readonly from: string;
  readonly to: string;
  /** What the counters said at its ends, and what each possible answer would count. */
  readonly counts: readonly DoubtfulCount[];
}

export interface DoubtfulCount {
  readonly count: UsageCount;
  readonly before: Pages;
  readonly after: Pages;
  readonly answers: readonly { readonly answer: 'nothing' | 'difference' | 'sinceReset'; readonly pages: Pages }[];
}

/** A rule began or ceased to hold; of one device and rule the two alternate. */
export interface AlertLine {
  readonly line: 'alert';
  readonly device: string;
  readonly at: string;
  readonly rule: string;
  readonly state: 'opened' | 'resolved';
}

export type Line = UsageLine | EventLine | DecideLine | AlertLine;
