/** Alert rules as data (`/api/v1/alerts/rules`): when, where, for how long, who is spared; and what one would open now. */
import Type, { type Static } from 'typebox';
import { parserOf } from '../parse.ts';
import { AlertSeverity, STATUS_ERRORS, StatusError, StatusState, SupplyColor, SupplyType } from '../reading.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 20 });
/** Customers, agencies: as rules and channels name them. */
export const PlaceIds = Type.Array(Id, { maxItems: 500, uniqueItems: true });

/** Events of a machine's history that a rule may be about. */
export const ALERT_EVENTS = [
  'counterReset',
  'counterJump',
  'counterStuck',
  'counterExchanged',
  'counterRebased',
  'counterWrapped',
  'clash',
  'replaced',
  'moved',
  'firmwareChanged',
  'supplyReplaced',
  'supplyReplacedEarly',
] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

const Hours = Nullable(Type.Integer({ minimum: 1, maximum: 8760 }));
const Percent = Nullable(Type.Integer({ minimum: 0, maximum: 100 }));
const kind = <const K extends string>(name: K) => Type.Literal(name);
const some = <const S extends Type.TSchema>(schema: S, most: number) =>
  Type.Array(schema, { minItems: 1, maxItems: most, uniqueItems: true });

export const AlertCondition = Type.Union([
  /** What the machine says of itself. */
  Type.Object({ kind: kind('state'), states: some(StatusState, 6) }, closed),
  Type.Object({ kind: kind('error'), errors: some(StatusError, STATUS_ERRORS.length) }, closed),
  /** Empty lists: all. `raiseAt` null: the mark that the settings say. `clearAt` null: five above. Of waste the space left. */
  Type.Object(
    {
      kind: kind('supply'),
      types: Type.Array(SupplyType, { maxItems: 20, uniqueItems: true }),
      colors: Type.Array(SupplyColor, { maxItems: 20, uniqueItems: true }),
      raiseAt: Percent,
      clearAt: Percent,
    },
    closed,
  ),
  /** No reading of a machine whose box reports. null: the hours that the settings say. */
  Type.Object({ kind: kind('silentMachine'), hours: Hours }, closed),
  /** No report of a box. */
  Type.Object({ kind: kind('silentBox'), hours: Hours }, closed),
  /** Something that happened once: the alert ends by itself after so many days. */
  Type.Object(
    {
      kind: kind('event'),
      events: some(Type.Enum(ALERT_EVENTS), ALERT_EVENTS.length),
      days: Type.Integer({ minimum: 1, maximum: 90 }),
    },
    closed,
  ),
  /** A count that only a person can decide. */
  Type.Object({ kind: kind('question') }, closed),
  /** From so many days before the billing day on: no reading for so many hours. */
  Type.Object(
    {
      kind: kind('billing'),
      days: Type.Integer({ minimum: 1, maximum: 20 }),
      hours: Type.Integer({ minimum: 1, maximum: 720 }),
    },
    closed,
  ),
]);
export type AlertCondition = Static<typeof AlertCondition>;
export type AlertConditionKind = AlertCondition['kind'];

const Wait = Type.Object(
  { minutes: Type.Integer({ minimum: 0, maximum: 43_200 }), readings: Type.Integer({ minimum: 1, maximum: 100 }) },
  closed,
);
export const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

export const AlertRule = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
    /** Own name; null: what the condition is called in the reader's language. */
    name: Nullable(Type.String({ minLength: 1, maxLength: 120 })),
    on: Type.Boolean(),
    severity: AlertSeverity,
    when: AlertCondition,
    /** Empty lists: everywhere. Within one list any, between lists all. `models` match a part of the model's name. */
    scope: Type.Object(
      {
        agencies: PlaceIds,
        customers: PlaceIds,
        sites: Type.Array(Type.String({ pattern: '^\\d{1,20}/\\d{1,20}$' }), { maxItems: 500, uniqueItems: true }),
        groups: Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100, uniqueItems: true }),
        models: Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100, uniqueItems: true }),
      },
      closed,
    ),
    /** How long, and over how many readings, it must hold before the alert opens. */
    hold: Wait,
    /** How long, and over how many readings, it must be gone before the alert is resolved. */
    clear: Wait,
    /** Local times of the site at which nobody is told; what is still open at the end is told then. 1 = Monday. */
    quiet: Nullable(
      Type.Object(
        {
          from: TimeOfDay,
          to: TimeOfDay,
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
        },
        closed,
      ),
    ),
    /** What is told together: each machine by itself, all of a customer, all of the rule. */
    group: Type.Enum(['machine', 'customer', 'rule'] as const),
    /** An alert that comes back within this time is the old one again. */
    reopenMinutes: Type.Integer({ minimum: 0, maximum: 43_200 }),
  },
  closed,
);
export type AlertRule = Static<typeof AlertRule>;
export const MOST_RULES = 100;
export const parseAlertRule = parserOf(AlertRule);

/** GET and PUT /alerts/rules, the PUT with If-Match */
export const AlertRulesRequest = Type.Object({ rules: Type.Array(AlertRule, { maxItems: MOST_RULES }) }, closed);
export const AlertRules = Type.Object({ revision: Type.Integer(), rules: Type.Array(AlertRule) });
export type AlertRules = Static<typeof AlertRules>;

/** POST /alerts/rules/preview { rule, after }: what it would open now, a slice of the fleet at a time. */
export const AlertPreviewRequest = Type.Object(
  {
    rule: AlertRule,
    /** `next` of the slice before; left out: from the beginning. */
    after: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  closed,
);
export const AlertPreview = Type.Object({
  /** Of this slice. */
  wouldOpen: Type.Integer(),
  /** Machines, or for a rule about boxes boxes, that were looked at in this slice. */
  examined: Type.Integer(),
  /** How many there are to look at in all, at the places that the rule names. */
  total: Type.Integer(),
  /** Where the next slice begins; null: all were looked at. */
  next: Nullable(Type.String()),
  /** The first ones of this slice. */
  examples: Type.Array(
    Type.Object({
      customer: Type.String(),
      customerName: Type.String(),
      device: Nullable(Type.String()),
      label: Type.String(),
    }),
  ),
});
export type AlertPreview = Static<typeof AlertPreview>;
