/** The box's local API on its own health: line, clock, storage, versions, self-test, log. */
import Type, { type Static } from 'typebox';
import { UnreachedRange } from '../item.ts';
import { FaultView } from './box.ts';
import { LINE_STEPS } from './line-check.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** `heard`: the port is open. Traps are counted, what they say is not looked at. */
export const TrapsView = Type.Object({
  state: Type.Enum(['off', 'heard', 'failed'] as const),
  port: Type.Integer(),
  /** Why the port could not be opened, in the system's word. */
  code: Nullable(Type.String()),
  traps: Type.Integer(),
  /** Machines that were read sooner because of one. */
  looks: Type.Integer(),
});
export type TrapsView = Static<typeof TrapsView>;

/** GET /health */
export const HealthView = Type.Object({
  now: Type.String(),
  startedAt: Type.String(),
  central: Type.Object({
    url: Nullable(Type.String()),
    state: Type.Enum(['notSet', 'notEnrolled', 'waiting', 'reached', 'notReached'] as const),
    since: Nullable(Type.String()),
    lastReached: Nullable(Type.String()),
    waiting: Type.Integer(),
    waitingBytes: Type.Integer(),
    oldestWaiting: Nullable(Type.String()),
    quarantined: Type.Integer(),
    fault: Nullable(FaultView),
    droppedBeforeEnrolment: Type.Integer(),
  }),
  clock: Type.Object({
    zone: Type.String(),
    /** Seconds by which the box is ahead of central's Date header; null where central has not answered yet. */
    offset: Nullable(Type.Number()),
    /** When that was measured. */
    measuredAt: Nullable(Type.String()),
  }),
  storage: Type.Object({
    /** null where the system does not tell. */
    freeBytes: Nullable(Type.Integer()),
    totalBytes: Nullable(Type.Integer()),
    storeBytes: Nullable(Type.Integer()),
    sentBytes: Type.Integer(),
    state: Type.Enum(['ok', 'low', 'full', 'unknown'] as const),
  }),
  versions: Type.Object({
    box: Type.String(),
    node: Type.String(),
    sqlite: Nullable(Type.String()),
    system: Type.String(),
  }),
  ping: Type.Enum(['socket', 'fping', 'none'] as const),
  lastScan: Nullable(Type.Object({ finishedAt: Type.String(), printers: Type.Integer(), complete: Type.Boolean() })),
  nextScan: Nullable(Type.String()),
  lastRead: Nullable(Type.String()),
  nextRead: Nullable(Type.String()),
  /** Ranges whose machines could not be asked the last time. */
  unreached: Type.Array(UnreachedRange),
  traps: TrapsView,
  machines: Type.Object({
    known: Type.Integer(),
    monitored: Type.Integer(),
    answering: Type.Integer(),
    asleep: Type.Integer(),
    silent: Type.Integer(),
  }),
  memoryBytes: Type.Integer(),
});
export type HealthView = Static<typeof HealthView>;

export const CHECKS = ['node', 'ping', 'port', 'storage', ...LINE_STEPS] as const;
/** `skipped`: there is nothing to look at, or an earlier step failed. `fails`: the box would not start, or would keep no data. `limits`: it works, with less. */
export const Finding = Type.Object({
  check: Type.Enum(CHECKS),
  state: Type.Enum(['ok', 'limits', 'fails', 'skipped'] as const),
  /** In the language that was asked for. */
  text: Type.String(),
});
export type Finding = Static<typeof Finding>;

/** POST /health/test */
export const SelfTest = Type.Object({ at: Type.String(), findings: Type.Array(Finding) });
export type SelfTest = Static<typeof SelfTest>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevelName = (typeof LOG_LEVELS)[number];

/** GET /health/log?level= → newest first. */
export const LogLine = Type.Object({
  at: Type.String(),
  level: Type.Enum(LOG_LEVELS),
  event: Type.String(),
  fields: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
});
export type LogLine = Static<typeof LogLine>;
export const LogList = Type.Object({
  lines: Type.Array(LogLine),
  /** Lines that the box keeps at most, since it started. */
  most: Type.Integer(),
});
export type LogList = Static<typeof LogList>;
