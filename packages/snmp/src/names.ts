/** Object names in the form that the wire needs, encoded and checked against the allow-list once. */
import type { AllowList } from './engine.ts';
import type { Oid } from './oid.ts';
import { type EncodedName, encodeOid } from './oid-octets.ts';

export interface Name extends EncodedName {
  readonly allowed: boolean;
}

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
    const made = { oid, octets: encodeOid(oid), allowed: this.#allow.allows(oid) };
    this.#known.set(oid, made);
    return made;
  }
}
