/** Alerts at central (`/api/v1/...`): rules as data, alerts with their life, channels that tell of them, what was delivered. */
import Type, { type Static } from 'typebox';
import { parserOf } from '../parse.ts';
import { AlertSeverity, STATUS_ERRORS, StatusError, StatusState, SupplyColor, SupplyType } from '../reading.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 20 });
const Ids = Type.Array(Id, { maxItems: 500, uniqueItems: true });

export const ALERT_SEVERITIES = ['critical', 'warning', 'info'] as const;

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
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

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
        agencies: Ids,
        customers: Ids,
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

/** GET and PUT /alert-rules, the PUT with If-Match */
export const AlertRulesRequest = Type.Object({ rules: Type.Array(AlertRule, { maxItems: MOST_RULES }) }, closed);
export const AlertRules = Type.Object({ revision: Type.Integer(), rules: Type.Array(AlertRule) });
export type AlertRules = Static<typeof AlertRules>;

/** POST /alert-rules/preview { rule } */
export const AlertPreviewRequest = Type.Object({ rule: AlertRule }, closed);
export const AlertPreview = Type.Object({
  wouldOpen: Type.Integer(),
  examined: Type.Integer(),
  /** False: there are more than were looked at. */
  complete: Type.Boolean(),
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
  Type.Object({ kind: kind('silentMachine'), since: Type.String() }),
  Type.Object({ kind: kind('silentBox'), since: Type.String() }),
  Type.Object({ kind: kind('event'), event: Type.String(), at: Type.String() }),
  Type.Object({ kind: kind('question'), why: Type.String(), at: Type.String() }),
  Type.Object({ kind: kind('billing'), day: Type.String(), since: Type.String() }),
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

/** GET /customers/:customer/alerts/:alert */
export const AlertDetail = Type.Object({
  alert: CentralAlert,
  steps: Type.Array(
    Type.Object({
      at: Type.String(),
      step: Type.Enum(ALERT_STEPS),
      /** null: central itself. */
      by: Nullable(Type.String()),
      note: Nullable(Type.String()),
    }),
  ),
});
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

const When = Type.Enum(['atOnce', 'daily'] as const);
const channelWhole = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  on: Type.Boolean(),
  /** Empty: of all. */
  severities: Type.Array(AlertSeverity, { maxItems: 3, uniqueItems: true }),
  customers: Ids,
  /** Whether the end of an alert is told too. */
  tellResolved: Type.Boolean(),
};
export const MailChannel = Type.Object(
  {
    kind: kind('mail'),
    ...channelWhole,
    to: Type.Array(Type.String({ minLength: 3, maxLength: 254 }), { minItems: 1, maxItems: 20 }),
    language: Type.Enum(['en', 'fr', 'de'] as const),
    when: When,
    /** Of the daily digest, in `zone`. */
    dailyAt: TimeOfDay,
    zone: Type.String({ minLength: 1, maxLength: 64 }),
  },
  closed,
);
export const WebhookChannel = Type.Object(
  {
    kind: kind('webhook'),
    ...channelWhole,
    url: Type.String({ minLength: 8, maxLength: 2000 }),
    /** The dealer says that this address in its own network may be called. */
    allowPrivate: Type.Boolean(),
  },
  closed,
);
export const AlertChannel = Type.Union([MailChannel, WebhookChannel]);
export type AlertChannel = Static<typeof AlertChannel>;

/** GET /alert-channels, POST, PUT /alert-channels/:channel (If-Match) */
export const AlertChannelView = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  channel: AlertChannel,
  waiting: Type.Integer(),
  lastDelivered: Nullable(Type.String()),
  lastProblem: Nullable(Type.String()),
});
export type AlertChannelView = Static<typeof AlertChannelView>;
/** Answer to POST, and to POST /alert-channels/:channel/secret: the signing secret of a webhook is told here once. */
export const AlertChannelMade = Type.Object({ ...AlertChannelView.properties, secret: Nullable(Type.String()) });
export type AlertChannelMade = Static<typeof AlertChannelMade>;

/** GET and PUT /mail-server (If-Match); `password` is write-only: absent keeps it, null takes it away. */
export const MailServer = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 255 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    /** `tls` from the first byte; `startTls` required; `none` in a dealer's own network. */
    security: Type.Enum(['tls', 'startTls', 'none'] as const),
    /** PEM of an authority of the dealer's own. */
    authority: Nullable(Type.String({ maxLength: 20_000 })),
    user: Nullable(Type.String({ minLength: 1, maxLength: 255 })),
    password: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 255 }))),
    from: Type.String({ minLength: 3, maxLength: 254 }),
  },
  closed,
);
export type MailServer = Static<typeof MailServer>;
export const MailServerView = Type.Object({
  revision: Type.Integer(),
  server: Nullable(Type.Omit(MailServer, ['password'])),
  passwordSet: Type.Boolean(),
});
export type MailServerView = Static<typeof MailServerView>;

export const DELIVERY_STATES = ['waiting', 'sending', 'delivered', 'gaveUp'] as const;
/** GET /deliveries?channel&cursor: newest first */
export const DeliveryView = Type.Object({
  id: Type.String(),
  channel: Nullable(Type.String()),
  channelName: Type.String(),
  kind: Type.Enum(['mail', 'webhook'] as const),
  madeAt: Type.String(),
  state: Type.Enum(DELIVERY_STATES),
  attempts: Type.Integer(),
  /** When it is tried again. */
  nextAt: Nullable(Type.String()),
  deliveredAt: Nullable(Type.String()),
  /** What the other side said at the last attempt. */
  answer: Nullable(Type.String()),
  alerts: Type.Integer(),
  test: Type.Boolean(),
  summary: Type.String(),
});
export type DeliveryView = Static<typeof DeliveryView>;
export const DeliveryPage = Type.Object({ deliveries: Type.Array(DeliveryView), next: Nullable(Type.String()) });
export type DeliveryPage = Static<typeof DeliveryPage>;

/** POST /alert-channels/:channel/test: sent at once, and how that went. */
export const ChannelTest = Type.Object({ delivered: Type.Boolean(), answer: Type.String() });
export type ChannelTest = Static<typeof ChannelTest>;
