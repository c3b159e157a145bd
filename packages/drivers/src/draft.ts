/**
 * A reading that grows block by block. Blocks make claims; the first claim of a path wins and the others are kept, so that
 * `--explain` can show what was passed over. Nothing is claimed without its source.
 */
import type {
  Alert,
  Counter,
  CounterUnit,
  DeviceKind,
  ErrorCode,
  Evidence,
  Identity,
  OtherCounter,
  ProvenanceEntry,
  Status,
  Supply,
} from '@rsb/contract';
import type { Oid } from '@rsb/snmp';
import type { Brand } from './brand.ts';

export type TextPath = `identity.${keyof Identity}`;
export type SplitName = 'total' | 'print' | 'copy' | 'fax' | 'scan';
export type SplitPath = `counters.${SplitName}.${'all' | 'mono' | 'color'}`;
export type CountPath =
  | 'counters.life'
  | 'counters.vendorLife'
  | 'counters.duplex'
  | 'counters.largeFormat'
  | SplitPath;

/** Where a value comes from: the instances, how they became the value, and what proves their meaning. */
export interface Source {
  readonly oids: readonly Oid[];
  readonly how: ProvenanceEntry['how'];
  readonly evidence: Evidence;
  readonly check?: string;
}

export interface Claim<T = string | Counter> {
  readonly path: string;
  readonly value: T;
  readonly source: Source;
}

/** A value that was told and is not used, and why. */
export interface Rejection {
  readonly path: string;
  readonly value: string;
  readonly oids: readonly Oid[];
  readonly why: string;
}

export interface DraftContext {
  /** hrDeviceIndex of the machine that this reading is about. */
  readonly unit: number;
  /** True for the only machine of the device: rows without a hrDeviceIndex belong to it. */
  readonly alone: boolean;
  readonly address: string;
  /** The driver's own brands, the engine's maker first. */
  readonly ownBrands: readonly Brand[];
  /** Every brand that any driver knows: a printer may wear any of them. */
  readonly allBrands: readonly Brand[];
}

export class Draft {
  readonly context: DraftContext;
  readonly #texts = new Map<TextPath, Claim<string>>();
  readonly #counts = new Map<CountPath, Claim<Counter>>();
  readonly #kinds: { readonly kind: DeviceKind; readonly why: string }[] = [];
  readonly #untold = new Map<string, ErrorCode>();
  readonly passedOver: Claim[] = [];
  readonly rejections: Rejection[] = [];
  readonly others: OtherCounter[] = [];
  readonly failedBlocks: { readonly block: string; readonly error: string }[] = [];
  readonly provenanceOfLists = new Map<string, ProvenanceEntry>();
  lifeUnit: CounterUnit | null = null;
  supplies: Supply[] = [];
  alerts: Alert[] = [];
  status: Status = { state: 'unknown', errors: [] };

  constructor(context: DraftContext) {
    this.context = context;
  }

  /** Claims a text; null and empty are no claims. */
  text(path: TextPath, value: string | null, source: Source): void {
    if (value === null || value === '') return;
    const claim = { path, value, source };
    if (this.#texts.has(path)) this.passedOver.push(claim);
    else this.#texts.set(path, claim);
  }

  /** Claims a count; null is no claim. */
  count(path: CountPath, value: Counter | null, source: Source): void {
    if (value === null) return;
    const claim = { path, value, source };
    if (this.#counts.has(path)) this.passedOver.push(claim);
    else this.#counts.set(path, claim);
  }

  kind(kind: DeviceKind, why: string): void {
    this.#kinds.push({ kind, why });
  }

  other(counter: OtherCounter, { oids, how, evidence }: Source): void {
    if (this.others.length >= MOST_OTHERS) return;
    this.provenanceOfLists.set(`counters.other.${this.others.length}`, { oids: [...oids], how, evidence });
    this.others.push(counter);
  }

  reject(path: string, value: string, oids: readonly Oid[], why: string): void {
    this.rejections.push({ path, value, oids, why });
  }

  /** Takes a claim back, e.g. because the device's own sums deny it. */
  withdraw(path: CountPath | TextPath, code: ErrorCode, why: string): void {
    const claims: Map<string, Claim> = path.startsWith('counters.') ? this.#counts : this.#texts;
    const claim = claims.get(path);
    if (claim === undefined) return;
    claims.delete(path);
    this.reject(path, String(claim.value), claim.source.oids, why);
    this.untold(path, code);
  }

  /** Takes a text back that was not to be asked, as if it had not been told. */
  forget(path: TextPath): void {
    this.#texts.delete(path);
  }

  /** Adds to a count's source the sum that confirms it. */
  confirm(path: CountPath, check: string): void {
    const claim = this.#counts.get(path);
    if (claim === undefined || claim.source.check !== undefined) return;
    this.#counts.set(path, { ...claim, source: { ...claim.source, check } });
  }

  /** Says that a path was asked and stays unknown. */
  untold(path: string, code: ErrorCode = 'notTold'): void {
    if (!this.#untold.has(path)) this.#untold.set(path, code);
  }

  textOf(path: TextPath): string | null {
    return this.#texts.get(path)?.value ?? null;
  }

  countOf(path: CountPath): Counter | null {
    return this.#counts.get(path)?.value ?? null;
  }

  get counts(): ReadonlyMap<CountPath, Claim<Counter>> {
    return this.#counts;
  }

  get texts(): ReadonlyMap<TextPath, Claim<string>> {
    return this.#texts;
  }

  get kinds(): readonly { readonly kind: DeviceKind; readonly why: string }[] {
    return this.#kinds;
  }

  get untoldPaths(): ReadonlyMap<string, ErrorCode> {
    return this.#untold;
  }
}

/** The contract takes 500; a device that names more counters than this is broken. */
const MOST_OTHERS = 200;
