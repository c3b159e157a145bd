/** The box's settings: one document with a revision; a file is only backup, restore or `--settings` (CONTRACT §4). */
import Type, { type Static } from 'typebox';
import { parserOf } from './parse.ts';

export const CredentialId = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });

/** Shape on the way in: a secret is set by `community`, kept by leaving it out. Never sent back. */
export const CredentialInput = Type.Object({
  id: CredentialId,
  version: Type.Enum(['v1', 'v2c'] as const),
  community: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
});
export type CredentialInput = Static<typeof CredentialInput>;

/** Shape on the way out. */
export const CredentialView = Type.Object({
  id: CredentialId,
  version: Type.Enum(['v1', 'v2c'] as const),
  /** True for the well-known "public", which is no secret and may be said. */
  isPublic: Type.Boolean(),
  setAt: Type.Union([Type.String(), Type.Null()]),
});
export type CredentialView = Static<typeof CredentialView>;

export const RangeSetting = Type.Object({
  /** CIDR, first–last, single address or a list of these with commas, IPv4; IPv6 single or ≤ /112. */
  range: Type.String({ minLength: 1, maxLength: 1000 }),
  note: Type.String({ maxLength: 255 }),
  /** Tried in this order. */
  credentials: Type.Array(CredentialId, { minItems: 1, maxItems: 10 }),
  /** Packets sent per second at most; 0 = no limit of its own. */
  packetsPerSecond: Type.Number({ minimum: 0, maximum: 1000 }),
  kilobytesPerHour: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  hours: Type.Union([
    Type.Array(Type.Array(Type.Integer({ minimum: 0, maximum: 23 })), { minItems: 7, maxItems: 7 }),
    Type.Null(),
  ]),
  /** false: SNMP is asked without a ping first. */
  ping: Type.Boolean(),
  on: Type.Boolean(),
});
export type RangeSetting = Static<typeof RangeSetting>;

export const Language = Type.Enum(['en', 'fr', 'de'] as const);
export type Language = Static<typeof Language>;
export const LANGUAGES: readonly Language[] = ['en', 'fr', 'de'];

const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

const settings = {
  ranges: Type.Array(RangeSetting, { maxItems: 500 }),
  snmpPort: Type.Integer({ minimum: 1, maximum: 65535 }),
  /** Packets sent per second for the whole box at most; 0 = no limit. */
  packetsPerSecond: Type.Number({ minimum: 0, maximum: 1000 }),
  times: Type.Object({
    /** Local time of the daily scan. */
    scan: TimeOfDay,
    /** Minutes between two counter reads, and between two state reads. */
    counters: Type.Integer({ minimum: 5, maximum: 1440 }),
    state: Type.Integer({ minimum: 5, maximum: 1440 }),
  }),
  language: Language,
  /** IANA zone of the site. */
  zone: Type.String({ minLength: 1, maxLength: 64 }),
  /** Warning mark of supplies in percent. */
  supplyMark: Type.Integer({ minimum: 0, maximum: 50 }),
  /** Whether the pages may be read on the LAN without signing in. */
  openReading: Type.Boolean(),
  /** Host names beside addresses and `localhost` that the page answers to. */
  hostNames: Type.Array(Type.String({ pattern: '^[A-Za-z0-9.-]{1,253}$' }), { maxItems: 20 }),
  central: Type.Object({
    url: Type.Union([Type.String({ maxLength: 500 }), Type.Null()]),
    proxy: Type.Union([
      Type.Object({
        url: Type.String({ maxLength: 500 }),
        user: Type.Union([Type.String({ maxLength: 255 }), Type.Null()]),
        /** Host names that are reached without the proxy. */
        exceptions: Type.Array(Type.String({ maxLength: 253 }), { maxItems: 100 }),
      }),
      Type.Null(),
    ]),
    /** PEM of an own certificate authority, beside the system's. */
    ca: Type.Union([Type.String({ maxLength: 100_000 }), Type.Null()]),
  }),
};

export const SettingsInput = Type.Object({
  ...settings,
  credentials: Type.Array(CredentialInput, { minItems: 1, maxItems: 50 }),
  /** Left out: kept as it is. */
  proxyPassword: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
});
export type SettingsInput = Static<typeof SettingsInput>;
export const parseSettingsInput = parserOf(SettingsInput);

export const SettingsView = Type.Object({
  ...settings,
  credentials: Type.Array(CredentialView),
  proxyPasswordSet: Type.Boolean(),
  revision: Type.Integer(),
});
export type SettingsView = Static<typeof SettingsView>;
