/** Central's API for people (`/api/v1/...`), as the dashboard uses it. */
import Type, { type Static } from 'typebox';
import { UnreachedRange } from '../item.ts';
import { Alert, Completeness, Counters, Identity, Status, Supply } from '../reading.ts';
import { AccountRole } from './central-people.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** POST /setup: makes the first account, with the code that `rsb central` printed. */
export const CentralSetupRequest = Type.Object({
  code: Type.String({ maxLength: 64 }),
  dealer: Type.String({ minLength: 1, maxLength: 255 }),
  user: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ maxLength: 255 }),
});
/** POST /session */
export const CentralSignInRequest = Type.Object({
  user: Type.String({ maxLength: 64 }),
  password: Type.String({ maxLength: 255 }),
});
/** GET /session, POST /session, POST /setup */
export const CentralSession = Type.Object({
  setup: Type.Enum(['codeNeeded', 'done'] as const),
  user: Nullable(Type.String()),
  account: Nullable(Type.String()),
  role: Nullable(AccountRole),
  /** The one customer that a reader sees. */
  customer: Nullable(Type.String()),
  dealer: Nullable(Type.String()),
  csrfToken: Nullable(Type.String()),
  version: Type.String(),
  /** Central's clock: ages are told by it, whatever the reader's computer thinks. */
  now: Type.String(),
});
export type CentralSession = Static<typeof CentralSession>;

/** GET /customers, POST /customers { name } */
export const CustomerRequest = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255 }),
  number: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
  agency: Type.Optional(Nullable(Type.String({ maxLength: 20 }))),
});
export const CustomerView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** The dealer's own number of the customer. */
  number: Nullable(Type.String()),
  agency: Nullable(Type.String()),
  revision: Type.Integer(),
  boxes: Type.Integer(),
  devices: Type.Integer(),
  lastHeard: Nullable(Type.String()),
});
export type CustomerView = Static<typeof CustomerView>;

/** POST /customers/:customer/codes { days, site } → the code, shown once. Without `site` the one that every customer has. */
export const CodeRequest = Type.Object({
  days: Type.Integer({ minimum: 1, maximum: 30 }),
  site: Type.Optional(Type.String({ maxLength: 20 })),
});
/** POST /customers/:customer/boxes/:agent/replacement { days } */
export const ReplacementRequest = Type.Object({ days: Type.Integer({ minimum: 1, maximum: 30 }) });
export const CodeView = Type.Object({ code: Type.String(), expiresAt: Type.String() });
export type CodeView = Static<typeof CodeView>;

/** A range that a box does not reach; its name is null where the customer withholds addresses. */
export const UnreachedShown = Type.Object({
  range: Nullable(Type.String()),
  reason: UnreachedRange.properties.reason,
  since: Type.String(),
});
export type UnreachedShown = Static<typeof UnreachedShown>;
/** Such a range as it bears on one machine. Not certain: without addresses nobody can say that the machine stands in it. */
export const UnreachedHere = Type.Object({ ...UnreachedShown.properties, certain: Type.Boolean() });
export type UnreachedHere = Static<typeof UnreachedHere>;

/** GET /customers/:customer/boxes */
export const CentralBoxView = Type.Object({
  agent: Type.String(),
  customer: Type.String(),
  enrolledAt: Type.String(),
  lastHeard: Nullable(Type.String()),
  version: Nullable(Type.String()),
  zone: Nullable(Type.String()),
  devices: Type.Integer(),
  waiting: Nullable(Type.Integer()),
  quarantined: Type.Integer(),
  revokedAt: Nullable(Type.String()),
  site: Type.String(),
  /** When it was moved to another customer; its readings until then stay here. */
  leftAt: Nullable(Type.String()),
  /** After so many hours without a report it is silent: what the settings at its place say. */
  silentHours: Type.Integer(),
  /** What it said last that it does not reach: a silent machine there is not its own fault. */
  unreached: Type.Array(UnreachedShown),
});
export type CentralBoxView = Static<typeof CentralBoxView>;

/** GET /customers/:customer/boxes/:agent/devices; GET /customers/:customer/devices/:device */
export const CentralDeviceView = Type.Object({
  id: Type.String(),
  customer: Type.String(),
  box: Type.String(),
  address: Nullable(Type.String()),
  kind: Nullable(Type.String()),
  identity: Nullable(Identity),
  serviceId: Nullable(Type.String()),
  group: Nullable(Type.String()),
  locationNote: Nullable(Type.String()),
  counters: Nullable(Type.Object({ takenAt: Type.String(), value: Counters })),
  supplies: Nullable(Type.Object({ takenAt: Type.String(), value: Type.Array(Supply) })),
  status: Nullable(Type.Object({ takenAt: Type.String(), value: Status })),
  alerts: Nullable(Type.Object({ takenAt: Type.String(), value: Type.Array(Alert) })),
  completeness: Nullable(Completeness),
  readings: Type.Integer(),
  firstHeard: Type.String(),
  lastHeard: Type.String(),
  /** Percent at or below which a supply is low: what the settings at its place say. */
  supplyMark: Type.Integer(),
  /** From when on it counts as silent; null before its first reading was worked through. */
  silentAt: Nullable(Type.String()),
  /** When somebody took it from the box's list; null where nobody did, or where it was read again since. */
  removedAt: Nullable(Type.String()),
});
export type CentralDeviceView = Static<typeof CentralDeviceView>;

/** GET /customers/:customer/devices/:device/series?from&to → values over time as they were read, oldest first. */
export const DeviceSeries = Type.Object({
  from: Type.String(),
  to: Type.String(),
  zone: Type.String(),
  /** Counters are exact: a number, or a decimal string beyond 2^53 − 1; null where not told. */
  counters: Type.Array(
    Type.Object({
      takenAt: Type.String(),
      life: Nullable(Type.Union([Type.Integer(), Type.String()])),
      total: Nullable(Type.Union([Type.Integer(), Type.String()])),
      mono: Nullable(Type.Union([Type.Integer(), Type.String()])),
      color: Nullable(Type.Union([Type.Integer(), Type.String()])),
    }),
  ),
  supplies: Type.Array(
    Type.Object({
      /** `type/color`, `type` alone where it has no color, `#2` for a second alike. */
      supply: Type.String(),
      points: Type.Array(
        Type.Object({ takenAt: Type.String(), percent: Nullable(Type.Integer()), state: Type.String() }),
      ),
    }),
  ),
});
export type DeviceSeries = Static<typeof DeviceSeries>;

/**
 * GET /customers/:customer/devices/:device/readings?before&limit → raw readings, newest first. `before` is `EPOCH:SEQ` of the
 * last one seen.
 */
export const RawReading = Type.Object({
  epoch: Type.String(),
  seq: Type.Integer(),
  takenAt: Type.String(),
  receivedAt: Type.String(),
  reading: Type.Unknown(),
});
export type RawReading = Static<typeof RawReading>;
