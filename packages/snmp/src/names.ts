/** Object names in the form that the wire needs, encoded and checked against the allow-list once. */
import type { AllowList } from './engine.ts';
import type { Oid } from './oid.ts';
import { type EncodedName, encodeOid } from './oid-octets.ts';
import { requestSizeOfName } from './request.ts';

export interface Name extends EncodedName {
  readonly allowed: boolean;
  /** The list that it was the first of when it was asked last: devices of a model are asked the same. */
  list: NameList;
}

/** Names that are asked together; never changed, so that the same one is the same request. */
export interface NameList {
  readonly oids: readonly Oid[];
  readonly names: readonly Name[];
  /** The first that is not on the allow-list. */
  readonly refused: Name | undefined;
  /** Bytes that all add to a request. */
  readonly requestBytes: number;
}

const NOTHING: NameList = { oids: [], names: [], refused: undefined, requestBytes: 0 };

/** All drivers together ask a few thousand objects; beyond that the memory starts anew. */
const MOST_NAMES = 10_000;

export class Names {
  readonly #known = new Map<Oid, Name>();
  readonly #allow: AllowList;

  constructor(allow: AllowList) {
    this.#allow = allow;
  }

  name(oid: Oid): Name {
    const known = this.#known.get(oid);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_NAMES) this.#known.clear();
    const made = { oid, octets: encodeOid(oid), allowed: this.#allow.allows(oid), list: NOTHING };
    this.#known.set(oid, made);
    return made;
  }

  /** The names of `oids`, looked up one by one only where others were asked last. */
  list(oids: readonly Oid[]): NameList {
    const [first] = oids;
    if (first === undefined) return NOTHING;
    const name = this.name(first);
    const known = name.list.oids;
    let same = known.length === oids.length;
    for (let place = 1; same && place < oids.length; place += 1) same = known[place] === oids[place];
    if (!same) name.list = this.#listOf([...oids]);
    return name.list;
  }

  #listOf(oids: readonly Oid[]): NameList {
    const names = oids.map((oid) => this.name(oid));
    return {
      oids,
      names,
      refused: names.find(({ allowed }) => !allowed),
      requestBytes: names.reduce((bytes, { octets }) => bytes + requestSizeOfName(octets), 0),
    };
  }
}
