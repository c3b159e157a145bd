/** The box's local API on what left the building: payloads with their receipts, what waits, objects asked. */
import Type, { type Static } from 'typebox';
import { KeepSent, Withhold } from '../disclosure.ts';
import { ITEM_KINDS, type ItemKind, ReceiptLine } from '../item.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const KindCounts = Type.Unsafe<Readonly<Partial<Record<ItemKind, number>>>>(
  Type.Record(Type.String(), Type.Integer(), { description: `Items by kind: ${ITEM_KINDS.join(', ')}` }),
);

/** One report as it left, in the list. */
export const SentPayloadView = Type.Object({
  id: Type.Integer(),
  sentAt: Type.String(),
  /** When central's receipt came. */
  settledAt: Type.String(),
  /** Where it went. */
  url: Type.String(),
  items: Type.Integer(),
  kinds: KindCounts,
  /** Machines that it tells of. */
  machines: Type.Integer(),
  /** Bytes on the line, compressed; and of the JSON inside. */
  bytes: Type.Integer(),
  jsonBytes: Type.Integer(),
  /** Items by what central said of them. */
  results: Type.Record(Type.String(), Type.Integer()),
  /** How often the same items had left before without a receipt. */
  triesBefore: Type.Integer(),
});
export type SentPayloadView = Static<typeof SentPayloadView>;

/** GET /sent?search=&before=&limit=&days= */
export const SentList = Type.Object({
  payloads: Type.Array(SentPayloadView),
  /** Id below which the next page begins; null where there is no more. */
  next: Nullable(Type.Integer()),
  /** How many match in all; null where the search stopped before it had seen all that is kept. */
  total: Nullable(Type.Integer()),
  /** Moment of the oldest payload that was looked at. */
  searchedTo: Nullable(Type.String()),
});
export type SentList = Static<typeof SentList>;

/** GET /sent/:id → the payload itself and its receipt. */
export const SentPayload = Type.Object({
  payload: SentPayloadView,
  /** The JSON text exactly as it stood in the request. */
  text: Type.String(),
  /** RFC 9530, over the bytes as sent. */
  contentDigest: Type.String(),
  receipt: Type.Object({
    results: Type.Array(ReceiptLine),
    signature: Type.String(),
    /** Checked anew each time this is looked at, with the key that was pinned when it came. */
    isValid: Type.Boolean(),
    /** Whether that key is the one pinned today. */
    isPinnedKey: Type.Boolean(),
    keyFingerprint: Type.String(),
  }),
});
export type SentPayload = Static<typeof SentPayload>;

/** GET /sent/summary */
export const SentSummary = Type.Object({
  today: Type.Object({ payloads: Type.Integer(), bytes: Type.Integer(), items: Type.Integer() }),
  kept: Type.Object({
    payloads: Type.Integer(),
    bytes: Type.Integer(),
    oldest: Nullable(Type.String()),
  }),
  keep: KeepSent,
  withhold: Withhold,
  /** Of the settings: a change of what may leave names it. */
  revision: Type.Integer(),
  /** Where it goes; null where no central is set. */
  url: Nullable(Type.String()),
  waiting: Type.Object({
    items: Type.Integer(),
    bytes: Type.Integer(),
    kinds: KindCounts,
    oldest: Nullable(Type.String()),
  }),
  quarantined: Type.Integer(),
  /** Items of the time before enrolment that went to keep the disk free; never any afterwards. */
  droppedBeforeEnrolment: Type.Integer(),
});
export type SentSummary = Static<typeof SentSummary>;

/** GET /sent/waiting?before=&limit= → what has not left yet, or what central put aside; newest first. */
export const WaitingItem = Type.Object({
  place: Type.Integer(),
  kind: Type.String(),
  at: Type.String(),
  epoch: Type.String(),
  seq: Type.Integer(),
  bytes: Type.Integer(),
  state: Type.Enum(['waiting', 'quarantined'] as const),
  code: Nullable(Type.String()),
  body: Type.String(),
});
export type WaitingItem = Static<typeof WaitingItem>;
export const WaitingList = Type.Object({ items: Type.Array(WaitingItem), next: Nullable(Type.Integer()) });
export type WaitingList = Static<typeof WaitingList>;

/** GET /objects → every object ever asked, of the allow-list. */
export const AskedObjectView = Type.Object({
  object: Type.String(),
  name: Type.String(),
  purpose: Type.String(),
  source: Type.String(),
  firstAsked: Type.String(),
  lastAsked: Type.String(),
  /** Printers that it was asked of. */
  machines: Type.Integer(),
  times: Type.Integer(),
});
export type AskedObjectView = Static<typeof AskedObjectView>;
export const AskedObjectList = Type.Object({
  objects: Type.Array(AskedObjectView),
  /** Length of the allow-list. */
  allowed: Type.Integer(),
});
export type AskedObjectList = Static<typeof AskedObjectList>;
