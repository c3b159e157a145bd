/** What may leave the building and what is told of it afterwards: the part of the settings that is the customer's own. */
import Type, { type Static } from 'typebox';

/** Ticked: from now on it is null in everything that leaves, with the reason `withheld`. */
export const Withhold = Type.Object({
  address: Type.Boolean(),
  macAddress: Type.Boolean(),
  hostName: Type.Boolean(),
  location: Type.Boolean(),
});
export type Withhold = Static<typeof Withhold>;
export type WithheldField = keyof Withhold;
export const WITHHELD_FIELDS: readonly WithheldField[] = ['address', 'macAddress', 'hostName', 'location'];

/** How long, and up to which size, what was sent can still be looked at on the box. The older goes first. */
export const KeepSent = Type.Object({
  days: Type.Integer({ minimum: 1, maximum: 3650 }),
  megabytes: Type.Integer({ minimum: 1, maximum: 10_000 }),
});
export type KeepSent = Static<typeof KeepSent>;

export const FROM_CENTRAL = ['ask', 'allow', 'never'] as const;
/**
 * What the box does with what central proposes. `allow`: at once; `never`: refused; `ask`: a signed-in person says yes or no.
 * A first range always waits for a person.
 */
export const FromCentral = Type.Object({ settings: Type.Enum(FROM_CENTRAL), commands: Type.Enum(FROM_CENTRAL) });
export type FromCentral = Static<typeof FromCentral>;

/** Left out on the way in: stays as it is, so that a page of an older version switches nothing off. */
export const disclosureInput = {
  withhold: Type.Optional(Withhold),
  keepSent: Type.Optional(KeepSent),
  /** Whether `/metrics` answers. */
  metrics: Type.Optional(Type.Boolean()),
  fromCentral: Type.Optional(FromCentral),
};

export const disclosureView = {
  withhold: Withhold,
  keepSent: KeepSent,
  metrics: Type.Boolean(),
  fromCentral: FromCentral,
};

export interface Disclosure {
  readonly withhold: Withhold;
  readonly keepSent: KeepSent;
  readonly metrics: boolean;
  readonly fromCentral: FromCentral;
}

export const DEFAULT_DISCLOSURE: Disclosure = {
  withhold: { address: false, macAddress: false, hostName: false, location: false },
  keepSent: { days: 90, megabytes: 200 },
  metrics: false,
  fromCentral: { settings: 'ask', commands: 'never' },
};
