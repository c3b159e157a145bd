/** Whose name stands on the case; the maker of the inside may be another. */

/** A name on the case and how the device's texts say it. */
export interface Brand {
  readonly name: string;
  readonly says: RegExp;
}
