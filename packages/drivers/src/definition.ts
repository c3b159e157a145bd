/**
 * The page to read first. A driver is one typed object: who it is for (`match`), and `blocks` that say what to ask and
 * what the answers mean. No I/O here: the box asks, a driver explains, so a capture replays a driver with no network.
 *
 *   identifying GET ─▶ identify() ─▶ driver ─▶ plan() ─▶ [the box asks] ─▶ interpret() ─▶ reading
 */
import type { Evidence, Part, Reading } from '@rsb/contract';
import type { Oid, SnmpValue } from '@rsb/snmp';

/** One object that may be asked. Any instance below `oid` is allowed: it is an entry of the allow-list. */
export interface AskedObject {
  /** A scalar or a column, without instance. */
  readonly oid: Oid;
  readonly name: string;
  /** What it yields, in a few words: printed in the list of objects for the customer. */
  readonly purpose: string;
  readonly part: Part;
  readonly evidence: Evidence;
  /** Where the evidence is: MIB and object, or a capture's name. */
  readonly source: string;
  /**
   * Instances to ask by GET (`0` for a scalar, `1.1` for the first marker …); absent: the column is walked.
   */
  readonly instances?: readonly string[];
}

/** How a driver is chosen. The most specific match wins (longest sysObjectID prefix, then sysDescr); a tie is a failing test. */
export interface Match {
  readonly sysObjectId?: Oid;
  readonly sysDescr?: RegExp;
}

/** What was answered, by object: made of varbinds, knows what was asked and how it ended. */
export interface Answers {
  /** The value of one instance; undefined where not told (absent, or not answered). */
  value(object: Oid, instance: string): SnmpValue | undefined;
  /** All instances of a column that were told, in order. */
  column(object: Oid): readonly { readonly instance: string; readonly value: SnmpValue }[];
  /** `answered`: told or known to be absent; otherwise why it is unknown. */
  outcome(object: Oid): 'answered' | 'notAsked' | 'failed';
}

/** A reading that grows block by block. The shape is the driver package's own matter: see draft.ts. */
export type { Draft } from './draft.ts';

import type { Draft } from './draft.ts';

export interface Block {
  readonly name: string;
  readonly asks: readonly AskedObject[];
  /** Adds what the answers mean. Never throws, whatever the device answered. */
  read(answers: Answers, draft: Draft): void;
}

export interface DriverDefinition {
  /** Lower case, one word: `kyocera`. */
  readonly name: string;
  readonly version: number;
  readonly match: readonly Match[];
  readonly blocks: readonly Block[];
  /** True for the Printer-MIB driver that reads what no other knows. */
  readonly generic?: boolean;
  /** Captures that prove it, or why there is none. */
  readonly verified: { readonly captures: readonly string[] } | { readonly unverified: string };
}

export interface Identification {
  readonly verdict: 'printer' | 'notPrinter';
  readonly driver: DriverDefinition | null;
  /** Why, for `--explain`. */
  readonly why: string;
}

/** What to ask a device: exact instances by GET, columns by walk. */
export interface AskPlan {
  readonly get: readonly Oid[];
  readonly walk: readonly Oid[];
}

export interface InterpretInput {
  readonly driver: DriverDefinition;
  readonly answers: Answers;
  readonly asked: readonly Part[];
  /** The polled address, for the interface that owns it. */
  readonly address: string;
  readonly port: number;
  readonly takenAt: string;
}

/** A print server with several machines behind it gives several. */
export type Interpret = (input: InterpretInput) => readonly Reading[];
