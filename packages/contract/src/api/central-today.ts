/** The dealer's morning: what is in trouble, low, silent, missing or doubtful, and what somebody does about it. */
import Type, { type Static } from 'typebox';
import { STATUS_ERRORS, Supply } from '../reading.ts';
import { UnreachedHere } from './central.ts';
import { HeardHours } from './central-fleet.ts';
import { DeviceQuestion } from './central-history.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** Counts while the cause is the same; a new cause is a new case. */
export const Attention = Type.Object({
  acknowledged: Nullable(Type.Object({ by: Type.String(), at: Type.String() })),
  assigned: Nullable(Type.Object({ to: Type.String(), by: Type.String(), at: Type.String() })),
  snoozedUntil: Nullable(Type.String()),
});
export type Attention = Static<typeof Attention>;

/** `subject` and `cause` name the line in POST /today/attention. */
const line = {
  subject: Type.String(),
  cause: Type.String(),
  customer: Type.String(),
  customerName: Type.String(),
  siteName: Type.String(),
  attention: Attention,
};
const machine = {
  ...line,
  device: Type.String(),
  box: Type.String(),
  name: Type.String(),
  model: Nullable(Type.String()),
};

export const TroubleLine = Type.Object({
  ...machine,
  severity: Type.Enum(['warning', 'critical'] as const),
  what: Type.Enum([...STATUS_ERRORS, 'down'] as const),
  detail: Nullable(Type.String()),
  since: Type.String(),
});
export type TroubleLine = Static<typeof TroubleLine>;
export const SupplyLine = Type.Object({
  ...machine,
  since: Type.String(),
  /** Percent at or below which its supplies are low. */
  mark: Type.Integer(),
  /** Worst first; empty where the machine says only that toner is low. */
  supplies: Type.Array(
    Type.Object({
      supply: Type.String(),
      type: Supply.properties.type,
      color: Supply.properties.color,
      percent: Nullable(Type.Integer()),
      rank: Type.Enum([1, 2] as const),
    }),
  ),
});
export type SupplyLine = Static<typeof SupplyLine>;
export const SilentMachineLine = Type.Object({ ...machine, lastRead: Nullable(Type.String()) });
export type SilentMachineLine = Static<typeof SilentMachineLine>;
/** A range that a box does not reach, with its machines that fell silent. What is done about it is done about each of them. */
export const NetworkLine = Type.Object({
  ...line,
  box: Type.String(),
  unreached: UnreachedHere,
  machines: Type.Integer(),
  /** Of its machines, the last. */
  lastRead: Nullable(Type.String()),
});
export type NetworkLine = Static<typeof NetworkLine>;
export const SilentBoxLine = Type.Object({
  ...line,
  box: Type.String(),
  machines: Type.Integer(),
  lastHeard: Nullable(Type.String()),
  hours: HeardHours,
});
export type SilentBoxLine = Static<typeof SilentBoxLine>;
export const QuestionLine = Type.Object({ ...machine, question: DeviceQuestion });
export type QuestionLine = Static<typeof QuestionLine>;

const listOf = <const S extends Type.TSchema>(schema: S) =>
  Type.Object({ total: Type.Integer(), lines: Type.Array(schema) });

/** GET /today?mine=true */
export const TodayView = Type.Object({
  at: Type.String(),
  trouble: listOf(TroubleLine),
  supplies: listOf(SupplyLine),
  silentBoxes: listOf(SilentBoxLine),
  networks: listOf(NetworkLine),
  /** Those that no silent box and no network out of reach stands before. */
  silentMachines: listOf(SilentMachineLine),
  readings: Type.Object({
    /** The next day by which counters of any machine are read off, and how those machines stand. */
    billingDay: Type.String(),
    watched: Type.Integer(),
    /** Machines whose last reading is too old for it. */
    missing: Type.Integer(),
    /** Silent or revoked boxes, with how many of these machines stand behind each. */
    boxes: Type.Array(
      Type.Object({
        customer: Type.String(),
        customerName: Type.String(),
        box: Type.String(),
        machines: Type.Integer(),
        lastHeard: Nullable(Type.String()),
      }),
    ),
    /** Networks out of reach, with how many of them stand in each. */
    networks: Type.Array(NetworkLine),
    /** The others. */
    lines: Type.Array(SilentMachineLine),
    /** Days that come after it: of machines whose settings say another day. */
    later: Type.Array(Type.Object({ billingDay: Type.String(), watched: Type.Integer(), missing: Type.Integer() })),
  }),
  questions: listOf(QuestionLine),
  /** To whom a line can be given. */
  people: Type.Array(Type.String()),
});
export type TodayView = Static<typeof TodayView>;

/** GET /customers/:customer/today/network?subject= */
export const NetworkMachines = Type.Object({ total: Type.Integer(), machines: Type.Array(SilentMachineLine) });
export type NetworkMachines = Static<typeof NetworkMachines>;

/** POST /today/attention; `clear` takes all of it back. */
export const AttentionRequest = Type.Object(
  {
    customer: Type.String({ maxLength: 20 }),
    subject: Type.String({ maxLength: 200 }),
    cause: Type.String({ maxLength: 40 }),
    step: Type.Enum(['acknowledge', 'assign', 'snooze', 'wake', 'clear'] as const),
    /** Of `assign`; null: to nobody. */
    to: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    /** Of `snooze`. */
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 * 90 })),
  },
  { additionalProperties: false },
);
export type AttentionRequest = Static<typeof AttentionRequest>;

/** GET /customers/:customer/attention?subject= → who did what, latest first. */
export const AttentionStep = Type.Object({
  at: Type.String(),
  by: Type.String(),
  step: Type.String(),
  detail: Nullable(Type.String()),
});
export type AttentionStep = Static<typeof AttentionStep>;
