/** Alerts at central (`/api/v1/alerts`): why one is open, with whom it is, every step of its life, what a person does about it. */
import Type, { type Static } from 'typebox';
import { AlertSeverity } from '../reading.ts';
import { UnreachedHere, UnreachedShown } from './central.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;
const kind = <const K extends string>(name: K) => Type.Literal(name);

/** Why the box does not read it, where it told that; left out by alerts from before that was kept. */
const Unreached = Type.Optional(Nullable(UnreachedHere));

/** One reason of an alert, as it stands now. */
export const AlertCause = Type.Union([
  Type.Object({ kind: kind('state'), state: Type.String() }),
  Type.Object({ kind: kind('error'), error: Type.String() }),
  Type.Object({
    kind: kind('supply'),
    supply: Type.String(),
    type: Type.String(),
    color: Nullable(Type.String()),
    percent: Nullable(Type.Integer()),
    state: Type.String(),
  }),
  Type.Object({ kind: kind('silentMachine'), since: Type.String(), unreached: Unreached }),
  /** Of a box: machines of this range are not told of one by one, as the rule groups them. */
  Type.Object({ kind: kind('unreached'), ...UnreachedShown.properties }),
  Type.Object({ kind: kind('silentBox'), since: Type.String() }),
  Type.Object({ kind: kind('event'), event: Type.String(), at: Type.String() }),
  Type.Object({ kind: kind('question'), why: Type.String(), at: Type.String() }),
  Type.Object({ kind: kind('billing'), day: Type.String(), since: Type.String(), unreached: Unreached }),
]);
export type AlertCause = Static<typeof AlertCause>;

export const AlertStatus = Type.Enum(['open', 'acknowledged', 'snoozed', 'resolved'] as const);
export type AlertStatus = Static<typeof AlertStatus>;

/** Another rule that a fault fits: it opens no alert of its own. */
export const AlertOther = Type.Object({
  rule: Type.String(),
  ruleName: Nullable(Type.String()),
  condition: Type.String(),
});
export type AlertOther = Static<typeof AlertOther>;

export const CentralAlert = Type.Object({
  id: Type.String(),
  customer: Type.String(),
  customerName: Type.String(),
  /** null: the alert is about the box. */
  device: Nullable(Type.String()),
  box: Type.String(),
  /** What the machine or box is called, and second words: model, Service ID. */
  label: Type.String(),
  model: Nullable(Type.String()),
  serviceId: Nullable(Type.String()),
  rule: Type.String(),
  ruleName: Nullable(Type.String()),
  condition: Type.String(),
  severity: AlertSeverity,
  status: AlertStatus,
  causes: Type.Array(AlertCause),
  /** Rules that this fault fits too: one fault is one alert. */
  also: Type.Array(AlertOther),
  openedAt: Type.String(),
  changedAt: Type.String(),
  resolvedAt: Nullable(Type.String()),
  acknowledgedBy: Nullable(Type.String()),
  assignedTo: Nullable(Type.String()),
  snoozedUntil: Nullable(Type.String()),
  revision: Type.Integer(),
});
export type CentralAlert = Static<typeof CentralAlert>;

/** GET /alerts?status&severity&rule&customer&assigned&q&cursor&limit */
export const AlertPage = Type.Object({
  alerts: Type.Array(CentralAlert),
  next: Nullable(Type.String()),
  /** Of everything that is not resolved. */
  counts: Type.Object({
    critical: Type.Integer(),
    warning: Type.Integer(),
    info: Type.Integer(),
    snoozed: Type.Integer(),
  }),
});
export type AlertPage = Static<typeof AlertPage>;

export const ALERT_STEPS = [
  'opened',
  'changed',
  'reopened',
  'acknowledged',
  'unacknowledged',
  'assigned',
  'snoozed',
  'woken',
  'resolved',
] as const;
export type AlertStepKind = (typeof ALERT_STEPS)[number];

/** Why central resolved an alert itself though its cause did not go away. */
export const RESOLVED_REASONS = ['deviceGone', 'partOf', 'ruleGone', 'ruleChanged'] as const;
export type ResolvedReason = (typeof RESOLVED_REASONS)[number];

export const AlertStep = Type.Object({
  at: Type.String(),
  step: Type.Enum(ALERT_STEPS),
  /** null: central itself. */
  by: Nullable(Type.String()),
  /** Of `assigned`: the account; null: to nobody. */
  to: Nullable(Type.String()),
  /** Of `snoozed`. */
  until: Nullable(Type.String()),
  /** Of `resolved` by central; null: the cause is gone. */
  reason: Nullable(Type.Enum(RESOLVED_REASONS)),
  /** A person's own words. */
  note: Nullable(Type.String()),
});
export type AlertStep = Static<typeof AlertStep>;

/** GET /customers/:customer/alerts/:alert */
export const AlertDetail = Type.Object({ alert: CentralAlert, steps: Type.Array(AlertStep) });
export type AlertDetail = Static<typeof AlertDetail>;

/** PATCH /customers/:customer/alerts/:alert: one of these at a time, with what is to be remembered of it. */
export const AlertChange = Type.Object(
  {
    acknowledged: Type.Optional(Type.Boolean()),
    /** Name of an account; null: nobody. */
    assignedTo: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 64 }))),
    /** Until when; null: wake it. */
    snoozedUntil: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
    /** true: what happened once needs nobody any more. */
    resolved: Type.Optional(Type.Literal(true)),
    note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  },
  closed,
);
export type AlertChange = Static<typeof AlertChange>;
