/** The box's local API about one machine: what it reported before, what happened to it, where its values come from. */
import Type, { type Static } from 'typebox';
import { Alert, DriverName, ProvenanceEntry } from '../reading.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** GET /devices/:id/history?from → `DeviceSeries`, as central's. */
export const HistoryQuery = Type.Object({ from: Type.String({ maxLength: 40 }) });

/** An alert from the reading that showed it first to the one that no longer did. */
export const AlertSpell = Type.Object({
  alert: Alert,
  began: Type.String(),
  /** null: the last reading of alerts still shows it. */
  ended: Nullable(Type.String()),
});
export type AlertSpell = Static<typeof AlertSpell>;

/** The first six are told to central; the rest are read from two readings, and central finds them by itself. */
export const MACHINE_EVENTS = [
  'new',
  'moved',
  'replaced',
  'clash',
  'silent',
  'back',
  'firmware',
  'supplyReplaced',
  'counterBack',
] as const;
export const MachineEvent = Type.Object({
  at: Type.String(),
  event: Type.Enum<[...typeof MACHINE_EVENTS]>([...MACHINE_EVENTS]),
  detail: Type.Record(Type.String(), Nullable(Type.String())),
});
export type MachineEvent = Static<typeof MachineEvent>;

/** GET /devices/:id/log → newest first. */
export const MachineLog = Type.Object({ alerts: Type.Array(AlertSpell), events: Type.Array(MachineEvent) });
export type MachineLog = Static<typeof MachineLog>;

export const OriginObject = Type.Object({
  oid: Type.String(),
  /** As its MIB calls it; null where no driver of this version asks for it. */
  name: Nullable(Type.String()),
  /** MIB and object, or the capture, that proves it. */
  source: Nullable(Type.String()),
});
export type OriginObject = Static<typeof OriginObject>;

export const ValueOrigin = Type.Object({
  /** Path into the reading, e.g. `counters.total.color`. */
  path: Type.String(),
  objects: Type.Array(OriginObject),
  how: Type.Index(ProvenanceEntry, ['how']),
  evidence: Type.Index(ProvenanceEntry, ['evidence']),
  check: Nullable(Type.String()),
});
export type ValueOrigin = Static<typeof ValueOrigin>;

/** A value that the machine told and that is not used: another went before it, or a check refused it. */
export const UnusedValue = Type.Object({
  /** Where in the reading it would have stood. */
  path: Type.String(),
  value: Type.String(),
  objects: Type.Array(OriginObject),
  /** `same`: what is used says the same. `other`: what is used goes before it. `refused`: `detail` says why, in the driver's words. */
  why: Type.Enum(['same', 'other', 'refused'] as const),
  detail: Nullable(Type.String()),
});
export type UnusedValue = Static<typeof UnusedValue>;

/** GET /devices/:id/origins → where each value of the machine comes from. */
export const MachineOrigins = Type.Object({
  driver: Nullable(DriverName),
  /** How many objects the box asks of this machine. */
  asked: Type.Integer(),
  origins: Type.Array(ValueOrigin),
  unused: Type.Array(UnusedValue),
  /** What became of the last reading on its way to central; null where there is none. */
  sent: Nullable(
    Type.Object({
      epoch: Type.String(),
      seq: Type.Integer(),
      state: Type.Enum(['waiting', 'delivered', 'quarantined'] as const),
      settledAt: Nullable(Type.String()),
    }),
  ),
});
export type MachineOrigins = Static<typeof MachineOrigins>;
