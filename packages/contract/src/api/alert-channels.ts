/** Who is told of alerts (`/api/v1/alerts/channels`, `/mail-server`, `/deliveries`): channels, the mail server, what was delivered. */
import Type, { type Static } from 'typebox';
import { AlertSeverity } from '../reading.ts';
import { PlaceIds, TimeOfDay } from './alert-rules.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;
const kind = <const K extends string>(name: K) => Type.Literal(name);

const When = Type.Enum(['atOnce', 'daily'] as const);
const channelWhole = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  on: Type.Boolean(),
  /** Empty: of all. */
  severities: Type.Array(AlertSeverity, { maxItems: 3, uniqueItems: true }),
  customers: PlaceIds,
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

/** GET /alerts/channels, POST, PUT /alerts/channels/:channel (If-Match) */
export const AlertChannelView = Type.Object({
  id: Type.String(),
  revision: Type.Integer(),
  channel: AlertChannel,
  waiting: Type.Integer(),
  lastDelivered: Nullable(Type.String()),
  lastProblem: Nullable(Type.String()),
});
export type AlertChannelView = Static<typeof AlertChannelView>;
/** Answer to POST, and to POST /alerts/channels/:channel/secret: the signing secret of a webhook is told here once. */
export const AlertChannelMade = Type.Object({ ...AlertChannelView.properties, secret: Nullable(Type.String()) });
export type AlertChannelMade = Static<typeof AlertChannelMade>;

/** GET and PUT /alerts/mail-server (If-Match); `password` is write-only: absent keeps it, null takes it away. */
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
/** GET /alerts/deliveries?channel&cursor: newest first */
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

/** POST /alerts/channels/:channel/test: sent at once, and how that went. */
export const ChannelTest = Type.Object({ delivered: Type.Boolean(), answer: Type.String() });
export type ChannelTest = Static<typeof ChannelTest>;
