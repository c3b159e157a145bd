/**
 * The page to read first. A driver is one typed object: who it is for (`match`, `brands`), and `blocks` that say what to
 * ask and what the answers mean. No I/O here: the box asks, a driver explains, so a capture replays a driver with no network.
 *
 *   identifying GET ─▶ identify() ─▶ driver ─▶ planFor() ─▶ [the box asks] ─▶ interpret() ─▶ reading
 */
import type { ErrorCode, Evidence, Part, ReadGroup, Reading } from '@rsb/contract';
import type { Oid, SnmpValue } from '@rsb/snmp';
import type { Brand } from './brand.ts';
import type { CountPath, Draft } from './draft.ts';

export type { Brand } from './brand.ts';
export type { Draft } from './draft.ts';

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
  /** Path into the reading that it fills, so that an answer that failed is missed at its place; else the whole part. */
  readonly path?: string;
  /** Instances to ask by GET (`0` for a scalar, `1.1` …). */
  readonly instances?: readonly string[];
  /**
   * For columns with one row a machine: what follows the hrDeviceIndex in the instance ('' or e.g. '1'). Asked by GET
   * where the device is known to be one machine, else walked. With neither this nor `instances` the column is walked.
   */
  readonly perUnit?: string;
  /** For columns that are walked: the row that nearly every machine has, and many have alone. */
  readonly usualRow?: string;
  /**
   * Stays as it is while the machine does (the name of a supply, the type of a counter's row): full reads ask it, hourly
   * polls go by what it was then. Not for what a new cartridge changes, such as a capacity: see `untilRefilled`.
   */
  readonly lasting?: boolean;
  /**
   * Stays as it is until this column, a level, rises in its row: hourly polls ask it then, with what else the row said, and
   * else go by what it was.
   */
  readonly untilRefilled?: Oid;
  /**
   * Asked only where this holds for what the device told so far, and after it: false until what it looks at was asked. For
   * what most machines need not be asked, since they told it otherwise.
   */
  readonly when?: (known: Answers) => boolean;
  /**
   * Instances that nearly every machine has that has this object. Asked where one of them was told; of a machine that told
   * none, a single time.
   */
  readonly signs?: readonly { readonly object: Oid; readonly instance: string }[];
  /** Likewise, the instances by GET: none where they need not be asked. */
  readonly instancesFor?: (known: Answers) => readonly string[];
}

/** How a driver is chosen: longest sysObjectID prefix first, then sysDescr; a tie is a failing test. */
export interface Match {
  readonly sysObjectId?: Oid;
  readonly sysDescr?: RegExp;
  /**
   * What a match proves by itself. `printer` (where not said): only printers answer so. `maker`: the maker's other gear
   * answers so too, a Printer-MIB row or an IEEE 1284 id has to confirm it. `otherGear`: it is no printer.
   */
  readonly proves?: 'printer' | 'maker' | 'otherGear';
}

/** What was answered, by object: made of varbinds, knows what was asked and how it ended. */
export interface Answers {
  /** The value of one instance; undefined where not told (absent, or not answered). */
  value(object: Oid, instance: string): SnmpValue | undefined;
  /** All instances of a column that were told, in order of their numbers. */
  column(object: Oid): readonly Row[];
  /** `answered`: told or known to be absent; otherwise why it is unknown. */
  outcome(object: Oid): 'answered' | 'notAsked' | 'failed';
  /** The reason where `outcome` is `failed`. */
  failure(object: Oid): ErrorCode | undefined;
}

export interface Row {
  readonly instance: string;
  readonly value: SnmpValue;
}

export interface Block {
  readonly name: string;
  readonly asks: readonly AskedObject[];
  /** Counts that it may tell, for the page of what is read; where not said, those that its objects name as their path. */
  readonly fills?: readonly CountPath[];
  /** Adds what the answers mean; the first claim of a path wins, so order in `blocks` is precedence. Total: never throws. */
  read(answers: Answers, draft: Draft): void;
}

export interface DriverDefinition {
  /** Lower case, one word: the name of its folder. */
  readonly name: string;
  readonly version: number;
  readonly match: readonly Match[];
  /** The maker of the engine first, then the sister brands that are sold with it. Empty for the generic driver. */
  readonly brands: readonly Brand[];
  /** Names of gear of the maker's that prints nothing and answers as its printers do: scanners, senders, cameras. */
  readonly otherGear?: RegExp;
  readonly blocks: readonly Block[];
  /**
   * Tables of the maker's own counters that no block reads yet: for `rsb capture` alone, when asked for. The box never
   * asks them. Numbers and the names of counters only, nothing by user, department or job.
   */
  readonly capture?: readonly AskedObject[];
  /** True for the Printer-MIB driver that reads what no other knows. */
  readonly generic?: boolean;
  /** Enterprises of others whose objects it asks too, and why; all else is the standards' or its own. */
  readonly borrows?: readonly { readonly enterprise: number; readonly why: string }[];
  /** What the customer does not want asked: set by `withoutGroups`, said by no driver. */
  readonly notAsked?: readonly ReadGroup[];
  /** Captures that prove it, or why there is none. */
  readonly verified: { readonly captures: readonly string[] } | { readonly unverified: string };
}

export interface Identification {
  /** `unsure`: walk `secondLook` and identify again with all answers; what is still unsure then is no printer. */
  readonly verdict: 'printer' | 'notPrinter' | 'unsure';
  readonly driver: DriverDefinition | null;
  /** Why, for `--explain`. */
  readonly why: string;
  /** Columns to walk; empty unless unsure. */
  readonly secondLook: readonly Oid[];
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
