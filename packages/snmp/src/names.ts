/** Object names in the form that the wire needs, encoded and checked against the allow-list once. */
import type { AllowList } from './engine.ts';
import type { Oid } from './oid.ts';
import { type EncodedName, encodeOid } from './oid-octets.ts';

export interface Name extends EncodedName {
  readonly allowed: boolean;
  /** The list that it was the first of when it was asked last: devices of a model are asked the same. */
  list: readonly Name[];
}

const NOTHING: readonly Name[] = [];

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
  list(oids: readonly Oid[]): readonly Name[] {
    const [first] = oids;
    if (first === undefined) return NOTHING;
    const name = this.name(first);
    const known = name.list;
    let same = known.length === oids.length;
    for (let place = 1; same && place < oids.length; place += 1) same = known[place]?.oid === oids[place];
    if (!same) name.list = oids.map((oid) => this.name(oid));
    return name.list;
  }
}
