/** The box's local API (`/api/v1/...`), as the Device Manager uses it. */
import Type, { type Static } from 'typebox';
import type { ErrorCode, ErrorParams } from '../errors.ts';
import { UnreachedRange } from '../item.ts';
import { Alert, Completeness, Counters, DeviceKind, DriverName, Reading, Status, Supply } from '../reading.ts';
import { Language, NumberFormat } from '../settings.ts';
import { WhatToRead } from '../what-to-read.ts';
import { BOX_ROLES } from './access.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** Whether the device answers: the box's own knowledge, apart from what the machine says of itself. */
export const Presence = Type.Object({
  state: Type.Enum(['answering', 'asleep', 'silent'] as const),
  since: Type.String(),
});
export type Presence = Static<typeof Presence>;

/** GET /devices → { revision, devices }; a device as the Machines page shows it. */
export const DeviceView = Type.Object({
  id: Type.String(),
  address: Type.String(),
  port: Type.Integer(),
  monitored: Type.Boolean(),
  kind: Nullable(DeviceKind),
  manufacturer: Nullable(Type.String()),
  model: Nullable(Type.String()),
  serialNumber: Nullable(Type.String()),
  macAddress: Nullable(Type.String()),
  hostName: Nullable(Type.String()),
  /** The machine's own sysLocation. */
  location: Nullable(Type.String()),
  /** Typed in on the box or at central; shown instead of `location` where set. */
  locationNote: Nullable(Type.String()),
  group: Nullable(Type.String()),
  serviceId: Nullable(Type.String()),
  note: Nullable(Type.String()),
  assetNumber: Nullable(Type.String()),
  firmware: Nullable(Type.String()),
  presence: Presence,
  /** Each part with the moment it was read; null where never read. */
  counters: Nullable(Type.Object({ takenAt: Type.String(), value: Counters })),
  supplies: Nullable(Type.Object({ takenAt: Type.String(), value: Type.Array(Supply) })),
  status: Nullable(Type.Object({ takenAt: Type.String(), value: Status })),
  alerts: Nullable(Type.Object({ takenAt: Type.String(), value: Type.Array(Alert) })),
  driver: Nullable(DriverName),
  completeness: Nullable(Completeness),
  firstSeen: Type.String(),
  lastSeen: Type.String(),
  reading: Type.Boolean({ description: 'true while a read of this device is running' }),
});
export type DeviceView = Static<typeof DeviceView>;
export const DeviceList = Type.Object({
  revision: Type.Integer(),
  /** Of a whole list: up to here it holds every change; `GET /events?since=` tells those that came after. */
  mark: Type.Optional(Type.String()),
  devices: Type.Array(DeviceView),
});
export type DeviceList = Static<typeof DeviceList>;

/** GET /devices/:id/readings/latest → the last full readings as stored, with provenance. */
export const LatestReadings = Type.Object({ readings: Type.Array(Reading) });
export type LatestReadings = Static<typeof LatestReadings>;

export const FaultView = Type.Object({
  code: Type.Unsafe<ErrorCode>(Type.String()),
  params: Type.Unsafe<ErrorParams>(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
});
export type FaultView = Static<typeof FaultView>;

export const ScanProgress = Type.Object({
  startedAt: Type.String(),
  /** The range being swept. */
  range: Type.String(),
  addresses: Type.Integer(),
  done: Type.Integer(),
  alive: Type.Integer(),
  printers: Type.Integer(),
  read: Type.Integer(),
  secondsLeft: Nullable(Type.Integer()),
});
export type ScanProgress = Static<typeof ScanProgress>;

/** GET /state, and the SSE event `state`. */
export const BoxView = Type.Object({
  version: Type.String(),
  /** Nine digits, null until enrolled. */
  agent: Nullable(Type.String()),
  dealer: Nullable(Type.Object({ name: Type.String(), hotline: Nullable(Type.String()) })),
  customer: Nullable(Type.String()),
  now: Type.String(),
  zone: Type.String(),
  language: Language,
  numberFormat: NumberFormat,
  /** What is switched off is shown as such where its values would stand. */
  whatToRead: WhatToRead,
  supplyMark: Type.Integer(),
  /** codeNeeded: first start is not done and this session has not shown the code. */
  setup: Type.Enum(['codeNeeded', 'done'] as const),
  signedIn: Type.Boolean(),
  openReading: Type.Boolean(),
  /** How echo requests are sent. */
  ping: Type.Enum(['socket', 'fping', 'none'] as const),
  central: Type.Object({
    url: Nullable(Type.String()),
    state: Type.Enum(['notSet', 'notEnrolled', 'waiting', 'reached', 'notReached'] as const),
    since: Nullable(Type.String()),
    lastReached: Nullable(Type.String()),
    /** Items not yet acknowledged, and put aside. */
    waiting: Type.Integer(),
    quarantined: Type.Integer(),
    fault: Nullable(FaultView),
  }),
  ranges: Type.Integer(),
  scan: Nullable(ScanProgress),
  lastScan: Nullable(
    Type.Object({
      finishedAt: Type.String(),
      printers: Type.Integer(),
      complete: Type.Boolean(),
      arrived: Type.Integer(),
    }),
  ),
  nextScan: Nullable(Type.String()),
  lastRead: Nullable(Type.String()),
  nextRead: Nullable(Type.String()),
  /** Ranges whose machines could not be asked the last time. */
  unreached: Type.Array(UnreachedRange),
  /** IP bytes and packets of the running hour, both directions. */
  load: Type.Object({ bytes: Type.Integer(), packets: Type.Integer() }),
});
export type BoxView = Static<typeof BoxView>;

/** POST /setup */
export const SetupRequest = Type.Object({
  code: Type.String({ maxLength: 64 }),
  password: Type.String({ maxLength: 255 }),
  language: Type.Optional(Language),
});
/** POST /session */
export const SignInRequest = Type.Object({
  /** Left out: the first account. */
  name: Type.Optional(Type.String({ maxLength: 64 })),
  password: Type.String({ maxLength: 255 }),
});
/** GET /session, POST /session, POST /setup → the token that every change must carry as `x-csrf-token`. */
export const SessionView = Type.Object({
  signedIn: Type.Boolean(),
  csrfToken: Nullable(Type.String()),
  person: Nullable(Type.Object({ name: Type.String(), role: Type.Enum(BOX_ROLES) })),
  /** Null where this connection may carry secrets; else where the same page answers over TLS. */
  secureUrl: Nullable(Type.String()),
});
export type SessionView = Static<typeof SessionView>;
/** PUT /password */
export const PasswordRequest = Type.Object({
  current: Type.String({ maxLength: 255 }),
  next: Type.String({ maxLength: 255 }),
});
/** POST /enrolment */
export const EnrolRequest = Type.Object({
  url: Type.String({ maxLength: 500 }),
  code: Type.String({ minLength: 1, maxLength: 64 }),
});
/** PATCH /devices: many at once; null clears. */
export const DevicePatch = Type.Object({
  ids: Type.Array(Type.String({ maxLength: 300 }), { minItems: 1, maxItems: 10_000 }),
  set: Type.Object({
    monitored: Type.Optional(Type.Boolean()),
    serviceId: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    group: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    locationNote: Type.Optional(Nullable(Type.String({ maxLength: 128 }))),
    note: Type.Optional(Nullable(Type.String({ maxLength: 255 }))),
  }),
});
export type DevicePatch = Static<typeof DevicePatch>;

/** POST /ranges/check { range } → what it would mean; nothing is sent. */
export const RangeCheckRequest = Type.Object({ range: Type.String({ maxLength: 1000 }) });
export const RangeCheck = Type.Object({
  addresses: Type.Integer(),
  first: Type.String(),
  last: Type.String(),
  normalized: Type.String(),
});
export type RangeCheck = Static<typeof RangeCheck>;

/** GET /networks: this machine's own networks, as proposals. Virtual and container interfaces are left out. */
export const NetworkProposal = Type.Object({
  interface: Type.String(),
  address: Type.String(),
  range: Type.String(),
  addresses: Type.Integer(),
});
export type NetworkProposal = Static<typeof NetworkProposal>;
export const NetworkList = Type.Object({ networks: Type.Array(NetworkProposal) });
export type NetworkList = Static<typeof NetworkList>;

/** GET /changes → who changed what and when, newest first; secrets are never among the values. */
export const ChangeView = Type.Object({
  at: Type.String(),
  /** Address of the signed-in reader, or `setup`, `file`. */
  who: Type.String(),
  /** JSON pointer into the settings, or below `/devices/ID`. */
  path: Type.String(),
  /** Empty where nothing was set. */
  old: Type.String(),
  new: Type.String(),
});
export type ChangeView = Static<typeof ChangeView>;
export const ChangeList = Type.Object({ changes: Type.Array(ChangeView) });
export type ChangeList = Static<typeof ChangeList>;

/** POST /devices/:id/read → the reading's outcome. */
export const ReadNowResult = Type.Object({ completeness: Completeness, device: DeviceView });
export type ReadNowResult = Static<typeof ReadNowResult>;

/** Names and payloads of the server-sent events of GET /events. */
export type BoxEvent =
  | { readonly event: 'state'; readonly data: BoxView }
  | { readonly event: 'device'; readonly data: DeviceView }
  | { readonly event: 'removed'; readonly data: { readonly id: string } }
  | { readonly event: 'settings'; readonly data: { readonly revision: number } }
  /** Up to here every change was told. */
  | { readonly event: 'mark'; readonly data: { readonly mark: string } }
  /** What changed since the page's mark is not known here: the list is to be asked for anew. */
  | { readonly event: 'reload'; readonly data: Record<string, never> };
