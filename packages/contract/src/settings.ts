/** The box's settings: one document with a revision; a file is only backup, restore or `--settings` (CONTRACT §4). */
import Type, { type Static } from 'typebox';
import { disclosureInput, disclosureView } from './disclosure.ts';
import { parserOf } from './parse.ts';
import { WhatToRead } from './what-to-read.ts';

/** The community that everybody knows: no secret, it may be said. */
export const PUBLIC_COMMUNITY = 'public';

export const CredentialId = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });

export const SNMP_VERSIONS = ['v1', 'v2c', 'v3'] as const;
export const AUTH_PROTOCOLS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
/** `c`: the longer keys are made as Cisco does (Reeder's draft); without it by Blumenthal's. */
export const PRIVACY_PROTOCOLS = ['des', 'aes128', 'aes192', 'aes256', 'aes192c', 'aes256c'] as const;
export type AuthProtocolName = (typeof AUTH_PROTOCOLS)[number];
export type PrivacyProtocolName = (typeof PRIVACY_PROTOCOLS)[number];
/** Broken or nearly so: kept for machines that know nothing better, and said to be weak. */
export const WEAK_PROTOCOLS: readonly (AuthProtocolName | PrivacyProtocolName)[] = ['md5', 'des'];
/** RFC 3414 §11.2. */
export const SHORTEST_PASSPHRASE = 8;
export const LONGEST_PASSPHRASE = 255;
/** RFC 3414 §5 (usmUserName), RFC 3415 §4 (vacmContextName): SnmpAdminString of 32 octets at most. */
export const LONGEST_USER_NAME = 32;

const Passphrase = Type.String({ maxLength: LONGEST_PASSPHRASE });
const AuthProtocol = Type.Enum(AUTH_PROTOCOLS);
const PrivacyProtocol = Type.Enum(PRIVACY_PROTOCOLS);

/**
 * Shape on the way in: a secret is set by `community` or `passphrase`, kept by leaving it out. Never sent back. What a v3
 * user leaves out stays as it is; `null` for `auth` or `privacy` takes it away.
 */
export const CredentialInput = Type.Object({
  id: CredentialId,
  version: Type.Enum(SNMP_VERSIONS),
  community: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  user: Type.Optional(Type.String({ maxLength: LONGEST_USER_NAME })),
  context: Type.Optional(Type.String({ maxLength: LONGEST_USER_NAME })),
  auth: Type.Optional(
    Type.Union([Type.Object({ protocol: AuthProtocol, passphrase: Type.Optional(Passphrase) }), Type.Null()]),
  ),
  privacy: Type.Optional(
    Type.Union([Type.Object({ protocol: PrivacyProtocol, passphrase: Type.Optional(Passphrase) }), Type.Null()]),
  ),
});
export type CredentialInput = Static<typeof CredentialInput>;

const SetAt = Type.Union([Type.String(), Type.Null()]);

/** Shape on the way out. */
export const CredentialView = Type.Union([
  Type.Object({
    id: CredentialId,
    version: Type.Enum(['v1', 'v2c'] as const),
    /** True for the well-known "public", which is no secret and may be said. */
    isPublic: Type.Boolean(),
    setAt: SetAt,
  }),
  Type.Object({
    id: CredentialId,
    version: Type.Literal('v3'),
    user: Type.String(),
    context: Type.String(),
    /** `setAt` null: the key is gone, the passphrase must be typed in again. */
    auth: Type.Union([Type.Object({ protocol: AuthProtocol, setAt: SetAt }), Type.Null()]),
    privacy: Type.Union([Type.Object({ protocol: PrivacyProtocol, setAt: SetAt }), Type.Null()]),
  }),
]);
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

/** How numbers are written on pages and sheets: as the language does, or 1 234 · 1,234 · 1.234 · 1’234 whatever the language. */
export const NUMBER_FORMATS = ['language', 'space', 'comma', 'point', 'apostrophe'] as const;
export const NumberFormat = Type.Enum(NUMBER_FORMATS);
export type NumberFormat = Static<typeof NumberFormat>;

const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

const settings = {
  ranges: Type.Array(RangeSetting, { maxItems: 500 }),
  snmpPort: Type.Integer({ minimum: 1, maximum: 65535 }),
  /** Packets sent per second for the whole box at most; 0 = no limit. */
  packetsPerSecond: Type.Number({ minimum: 0, maximum: 1000 }),
  /** Of the whole box, both directions; null or left out = no limit. */
  kilobytesPerHour: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), Type.Null()])),
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

/** Milliseconds between two SNMP requests to one device. */
export const DevicePause = Type.Integer({ minimum: 0, maximum: 5000 });

/** Traps and informs that devices send on their own: they only make the box look sooner. Off unless somebody switches them on. */
export const TrapSetting = Type.Object({ on: Type.Boolean(), port: Type.Integer({ minimum: 1, maximum: 65535 }) });
export type TrapSetting = Static<typeof TrapSetting>;

export const SettingsInput = Type.Object({
  ...settings,
  ...disclosureInput,
  /** Left out: stays as it is, so that a page or file of an older version changes nothing. */
  whatToRead: Type.Optional(WhatToRead),
  numberFormat: Type.Optional(NumberFormat),
  devicePause: Type.Optional(DevicePause),
  traps: Type.Optional(TrapSetting),
  credentials: Type.Array(CredentialInput, { minItems: 1, maxItems: 50 }),
  /** Left out: kept as it is. */
  proxyPassword: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
});
export type SettingsInput = Static<typeof SettingsInput>;
export const parseSettingsInput = parserOf(SettingsInput);

export const SettingsView = Type.Object({
  ...settings,
  ...disclosureView,
  whatToRead: WhatToRead,
  numberFormat: NumberFormat,
  devicePause: DevicePause,
  traps: TrapSetting,
  credentials: Type.Array(CredentialView),
  proxyPasswordSet: Type.Boolean(),
  revision: Type.Integer(),
});
export type SettingsView = Static<typeof SettingsView>;
