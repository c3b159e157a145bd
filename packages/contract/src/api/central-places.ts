/** Places at central: agencies of the dealer, sites of a customer, and the settings that each level hands down. */
import Type, { type Static } from 'typebox';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Name = Type.String({ minLength: 1, maxLength: 255 });
const Id = Type.String({ maxLength: 20 });

/** GET /agencies, POST /agencies { name } */
export const AgencyRequest = Type.Object({ name: Name }, { additionalProperties: false });
export const AgencyView = Type.Object({ id: Type.String(), name: Type.String(), customers: Type.Integer() });
export type AgencyView = Static<typeof AgencyView>;

/** PATCH /customers/:customer with If-Match */
export const CustomerChange = Type.Object(
  {
    name: Type.Optional(Name),
    /** The dealer's own number of the customer, as the ERP has it. */
    number: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    agency: Type.Optional(Nullable(Id)),
  },
  { additionalProperties: false },
);
export type CustomerChange = Static<typeof CustomerChange>;

/** GET and POST /customers/:customer/sites, PATCH …/sites/:site */
export const SiteRequest = Type.Object(
  { name: Name, address: Nullable(Type.String({ maxLength: 255 })) },
  { additionalProperties: false },
);
export const SiteView = Type.Object({
  id: Type.String(),
  customer: Type.String(),
  /** Empty for the site that every customer has from the start, until somebody names it. */
  name: Type.String(),
  address: Nullable(Type.String()),
  boxes: Type.Integer(),
  devices: Type.Integer(),
});
export type SiteView = Static<typeof SiteView>;

/** PATCH /customers/:customer/boxes/:agent { site }; PUT …/devices/:device/site { site }: null = where its box stands. */
export const BoxChange = Type.Object({ site: Id }, { additionalProperties: false });
export const DeviceSiteRequest = Type.Object({ site: Nullable(Id) }, { additionalProperties: false });
export const DeviceSiteView = Type.Object({ site: Type.String(), byHand: Type.Boolean() });
export type DeviceSiteView = Static<typeof DeviceSiteView>;

/** POST /customers/:customer/boxes/:agent/move { customer, site } */
export const BoxMove = Type.Object({ customer: Id, site: Nullable(Id) }, { additionalProperties: false });

export const SETTING_LEVELS = ['dealer', 'agency', 'customer', 'site', 'box', 'device'] as const;
export type SettingLevel = (typeof SETTING_LEVELS)[number];

/** What can be set at each level. Absent: the level above says it. */
export const HandedDown = Type.Object(
  {
    /** Percent at which a supply is shown as low. */
    supplyMark: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    /** Hours without a reading after which a machine counts as silent. */
    silentHours: Type.Optional(Type.Integer({ minimum: 2, maximum: 720 })),
    /** Hours without a report after which a box counts as silent. */
    boxSilentHours: Type.Optional(Type.Integer({ minimum: 2, maximum: 720 })),
    /** Days from the order to the parcel. */
    leadDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 60 })),
    /** Day of the month at whose end counters are read off; 31 is the last day of any month. */
    billingDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
    language: Type.Optional(Type.Enum(['en', 'fr', 'de'] as const)),
    zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);
export type HandedDown = Static<typeof HandedDown>;
export const HANDED_DOWN = Object.keys(HandedDown.properties) as readonly (keyof HandedDown)[];

const ValueFrom = Type.Object({
  value: Nullable(Type.Union([Type.Integer(), Type.String()])),
  /** `told`: the box's own word. `default`: nobody has said anything. */
  from: Type.Enum([...SETTING_LEVELS, 'told', 'default'] as const),
  /** Name of the agency, customer, site … that says so; null where `from` tells it all. */
  name: Nullable(Type.String()),
});
export type ValueFrom = Static<typeof ValueFrom>;

/** GET and PUT …/settings at each level; the PUT with If-Match, and `own` as its body. */
export const SettingsHere = Type.Object({
  level: Type.Enum(SETTING_LEVELS),
  revision: Type.Integer(),
  own: HandedDown,
  effective: Type.Object({
    supplyMark: ValueFrom,
    silentHours: ValueFrom,
    boxSilentHours: ValueFrom,
    leadDays: ValueFrom,
    billingDay: ValueFrom,
    language: ValueFrom,
    zone: ValueFrom,
  }),
});
export type SettingsHere = Static<typeof SettingsHere>;
