/**
 * What the rest of the box sees of SNMP: ask a device for exact objects, or walk below one. Read-only by construction:
 * there is no code that encodes a SetRequest. Expected failures are values.
 */
import type { Millis, Secret } from '@rsb/runtime';
import type { Oid } from './oid.ts';
import type { Varbind } from './value.ts';

export type AuthProtocol = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** How a key of 24 or 32 octets is made of a shorter one: by Blumenthal's draft, or with `c` by Reeder's (Cisco's). */
export type PrivacyProtocol = 'des' | 'aes128' | 'aes192' | 'aes256' | 'aes192c' | 'aes256c';

export interface CommunityCredential {
  readonly version: 'v1' | 'v2c';
  readonly community: Secret;
}

/** A user of SNMPv3's security model (RFC 3414). Keys are Ku in hex, made by `usmKey`: no passphrase is kept. */
export interface UsmCredential {
  readonly version: 'v3';
  readonly user: string;
  /** Name of the context, on printers as a rule empty. */
  readonly context: string;
  readonly auth: { readonly protocol: AuthProtocol; readonly key: Secret } | null;
  /** Its key is Ku under the hash of the authentication protocol. Never without `auth`. */
  readonly privacy: { readonly protocol: PrivacyProtocol; readonly key: Secret } | null;
}

/** What an SNMPv3 engine said of its own clock when it signed last. */
export interface SignedClock {
  /** In hex. */
  readonly engineId: string;
  readonly boots: number;
  /** Seconds since its last boot. */
  readonly time: number;
}

export type Credential = CommunityCredential | UsmCredential;

export interface Target {
  /** IPv4 or IPv6 address; names are resolved before. */
  readonly address: string;
  readonly port: number;
  readonly credential: Credential;
}

/** An allowed entry is a scalar or a column (without instance): any instance below it may be asked (CONTRACT §4). */
export interface AllowList {
  readonly entries: readonly Oid[];
  /** True where `name` is an entry or below one. */
  allows(name: Oid): boolean;
}

export interface Patience {
  /** First wait for an answer; later tries wait longer. */
  readonly timeout: Millis;
  /** Tries after the first. */
  readonly retries: number;
}

/** What a call cost, IP packets and bytes in both directions (20 or 40 byte IP header and 8 byte UDP header included). */
export interface Cost {
  requests: number;
  packets: number;
  bytes: number;
}

export type UsmReason =
  | 'unknownUser'
  /** The passphrase, or its protocol, is another one. */
  | 'wrongDigest'
  | 'decryption'
  | 'notInTimeWindow'
  /** The device does not let this user in at this level. */
  | 'unsupportedLevel'
  /** The user is let in, and may read nothing at this level, or nothing at all. */
  | 'noAccess'
  | 'unknownEngine';

/** Why nothing, or not all, was told. */
export type SnmpFailure =
  /** Nothing came back in time; `undiscovered` where it was SNMPv3's discovery, which is the same for all users. */
  | { readonly kind: 'timeout'; readonly undiscovered?: true }
  /** The system refused to send, or ICMP said unreachable. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** An answer with an error status that is neither tooBig nor noSuchName. */
  | { readonly kind: 'refused'; readonly status: string; readonly index: number }
  /** One object alone does not fit in an answer. */
  | { readonly kind: 'tooBig' }
  /** An answer to our request that breaks the rules: cannot be decoded, a wrong count of varbinds … */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** A walk that went beyond its limits, or backwards, or in a circle. */
  | { readonly kind: 'endless'; readonly detail: string }
  /** Why the device's security model (SNMPv3) turns the request away; what of it nobody signed is a hint, no proof. */
  | { readonly kind: 'usm'; readonly reason: UsmReason }
  /** The object is not on the allow-list: a bug of the caller, nothing was sent. */
  | { readonly kind: 'notAllowed'; readonly oid: Oid }
  /** The call's allowance is used up: the device takes longer, or more requests, than it is worth. */
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'aborted' };

export interface GetAnswer {
  /**
   * One for each asked object that was answered, in asked order; absent ones (v1 noSuchName too) have the type
   * noSuchObject or noSuchInstance.
   */
  readonly varbinds: readonly Varbind[];
  /** Set where some asked objects have no varbind: they are unknown, not absent. */
  readonly failure: SnmpFailure | null;
  readonly cost: Cost;
  /** Of the last answered request; null where nothing was answered. */
  readonly roundTrip: Millis | null;
}

export interface WalkAnswer {
  readonly varbinds: readonly Varbind[];
  /** `complete`: the end of each subtree was seen. A truncated walk is never a complete one. */
  readonly end: 'complete' | SnmpFailure;
  /** Columns whose end was not seen, with the reason of each: the others are complete all the same. */
  readonly unfinished: readonly { readonly column: Oid; readonly failure: SnmpFailure }[];
  /** The device answers GETNEXT, and GETBULK wrongly or not at all. */
  readonly bulkFailed?: boolean;
  readonly cost: Cost;
}

export interface WalkLimits {
  /** Varbinds of all columns together. */
  readonly varbinds: number;
  readonly requests: number;
  readonly bytes: number;
  readonly time: Millis;
}

/** What several calls together may take of one device; they count it down. */
export interface Allowance {
  requests: number;
  /** Milliseconds that it may let us wait; waiting for our own budgets is not its fault. */
  waiting: number;
}

export interface AskOptions {
  readonly allowance?: Allowance;
  readonly signal?: AbortSignal;
  readonly patience?: Patience;
}

export interface PollOptions extends AskOptions {
  /** Instances that each of the columns had, in order: what is asked of them is that many rows and the end. */
  readonly rows?: readonly string[];
  /** Objects that followed each other when the device was walked: each run is asked by few names and told once. */
  readonly runs?: readonly (readonly Oid[])[];
  /** What the values of the objects take on average, beyond their tags. */
  readonly valueBytes?: number;
  /** It may well not be there: one try, and nothing more where no answer comes to it. */
  readonly brief?: boolean;
  /** The device answered wrongly when it was asked all in one request: objects by GET, columns by walking. */
  readonly apart?: boolean;
}

export interface PollAnswer {
  readonly get: GetAnswer;
  readonly walk: WalkAnswer;
  /** False where the device does not do what the one request asks for, so that asking apart is cheaper. */
  readonly together: boolean;
  /** False where something has come or gone between the objects of a run; each was asked by its own name then. */
  readonly inRuns: boolean;
  /** Of both. */
  readonly cost: Cost;
}

export interface SnmpEngine {
  /** GET of any number of objects, in as few requests as fit; tooBig halves, v1's noSuchName drops the named object. */
  get(target: Target, objects: readonly Oid[], options?: AskOptions): Promise<GetAnswer>;
  /**
   * All instances below each of `columns`, fetched side by side (one row of all columns after the other), with GETBULK
   * for v2c and GETNEXT for v1.
   */
  walk(
    target: Target,
    columns: readonly Oid[],
    options?: AskOptions & {
      readonly limits?: Partial<WalkLimits>;
      /** How many rows there were before: the first request asks for one more, so that little comes from beyond. */
      readonly expectedRows?: number;
      /** Columns of tables that are known to have rows: those are asked by several at once, of others one name first. */
      readonly hasRows?: readonly Oid[];
      /** Instances of these columns that are likely to be there: what follows them is asked at once. */
      readonly likelyRows?: readonly Oid[];
    },
  ): Promise<WalkAnswer>;
  /**
   * What is known to be there: `objects` as by get, `columns` as by walk, both in one request and one answer where they
   * fit and the device can.
   */
  poll(target: Target, objects: readonly Oid[], columns: readonly Oid[], options?: PollOptions): Promise<PollAnswer>;
  /** Clocks that were signed to an earlier run: what is older is not believed (RFC 3414 §2.3). */
  recallClocks?(clocks: Iterable<SignedClock>): void;
  /** What the engine at an address signed last; null where nobody has. */
  signedClock?(address: string, port: number): SignedClock | null;
  close(): Promise<void>;
}

/** Told of each object as it goes onto the wire, so that a run can be held against the allow-list afterwards. */
export type AskedObserver = (address: string, object: Oid, pdu: 'get' | 'getNext' | 'getBulk') => void;

/** Waits until a packet may be sent: budgets per box and per range live behind it. `bytes` is the whole IP packet. */
export interface SendGate {
  beforeSend(address: string, bytes: number, signal?: AbortSignal, kind?: PacketKind): Promise<void>;
  /** Told of each packet that came from an address that was asked, useful or not. */
  received?(address: string, bytes: number, kind?: PacketKind): void;
  /** Told of each answer: how long it took, and how many tries before the one that it answers got none. */
  answered?(address: string, roundTrip: Millis, lost: number): void;
}

export type PacketKind = 'echo' | 'snmp';
