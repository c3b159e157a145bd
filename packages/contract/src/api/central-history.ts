/** What central made of a device's readings: pages over time, events, questions and their answers, the readings behind. */
import Type, { type Static } from 'typebox';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
/** Exact: a number, or a decimal string beyond 2^53 − 1. */
const Pages = Type.Union([Type.Integer(), Type.String()]);
const Told = Nullable(Pages);

export const UsageStep = Type.Enum(['hour', 'day', 'month'] as const);
export type UsageStep = Static<typeof UsageStep>;

/** GET /customers/:customer/devices/:device/usage?from&to&step → pages by function and color; null where not told. */
export const DeviceUsage = Type.Object({
  step: UsageStep,
  /** In which days and months begin. */
  zone: Type.String(),
  points: Type.Array(
    Type.Object({
      /** `2026-11-24T08:00:00Z`, `2026-11-24` or `2026-11`. */
      time: Type.String(),
      pages: Type.Object({ all: Told, mono: Told, color: Told, print: Told, copy: Told, fax: Told, scan: Told }),
    }),
  ),
});
export type DeviceUsage = Static<typeof DeviceUsage>;

/** GET /customers/:customer/devices/:device/usage/:day → which reading gave which pages of a day. */
const UsageEnd = Type.Object({
  epoch: Type.String(),
  seq: Type.Integer(),
  takenAt: Type.String(),
  value: Pages,
});
export const UsageExplanation = Type.Object({
  day: Type.String(),
  steps: Type.Array(
    Type.Object({
      count: Type.String(),
      kind: Type.String(),
      /** Whether a person has said what it counts. */
      answered: Type.Boolean(),
      pages: Pages,
      from: UsageEnd,
      to: UsageEnd,
    }),
  ),
});
export type UsageExplanation = Static<typeof UsageExplanation>;

/** GET /customers/:customer/devices/:device/events?from&to → newest first. */
export const DeviceHistoryEvent = Type.Object({
  key: Type.String(),
  at: Type.String(),
  kind: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
});
export type DeviceHistoryEvent = Static<typeof DeviceHistoryEvent>;

export const QuestionAnswer = Type.Enum(['nothing', 'difference', 'sinceReset'] as const);
export type QuestionAnswer = Static<typeof QuestionAnswer>;

/** GET /customers/:customer/devices/:device/questions → open ones first. */
export const DeviceQuestion = Type.Object({
  key: Type.String(),
  why: Type.String(),
  at: Type.String(),
  from: Type.String(),
  to: Type.String(),
  counts: Type.Array(Type.Object({ count: Type.String(), before: Pages, after: Pages })),
  /** What each answer would count, and on which day. */
  answers: Type.Array(
    Type.Object({
      answer: QuestionAnswer,
      day: Type.String(),
      pages: Type.Record(Type.String(), Pages),
    }),
  ),
  answered: Nullable(
    Type.Object({
      answer: QuestionAnswer,
      by: Type.String(),
      reason: Type.String(),
      at: Type.String(),
    }),
  ),
});
export type DeviceQuestion = Static<typeof DeviceQuestion>;

/** PUT /customers/:customer/devices/:device/questions/:question; `answer` null takes it back. */
export const QuestionAnswerRequest = Type.Object({
  answer: Nullable(QuestionAnswer),
  reason: Type.String({ maxLength: 500 }),
});
export type QuestionAnswerRequest = Static<typeof QuestionAnswerRequest>;
