/** What leaves the box and what comes back: items, the report that carries them, the receipt (CONTRACT §3). */
import Type, { type Static } from 'typebox';
import { parserOf } from './parse.ts';
import { CONTRACT_VERSION, DriverName, InstantText, Provenance, Reading } from './reading.ts';
import { CredentialId, RangeSetting, SettingsInput, SNMP_VERSIONS } from './settings.ts';

const { snmpPort, packetsPerSecond, kilobytesPerHour, times, language, zone, supplyMark } = SettingsInput.properties;

/** `sha-256=` and the digest in hex, over the canonical JSON of the body as stored on the box. */
export const Digest = Type.String({ pattern: '^sha-256=[0-9a-f]{64}$' });
/** Nine digits, given by central, never reused. */
export const AgentNumber = Type.String({ pattern: '^[0-9]{9}$' });
export type AgentNumber = Static<typeof AgentNumber>;

/** The box's own name for a device: manufacturer + serial, else MAC, else address#hrDeviceIndex. */
export const LocalDeviceId = Type.String({ minLength: 1, maxLength: 300 });
export type LocalDeviceId = Static<typeof LocalDeviceId>;

/** What central is told of the driver and the objects asked, once for a device and driver plan. */
export const Plan = Type.Object({
  device: LocalDeviceId,
  driver: DriverName,
  objects: Type.Array(Type.String({ maxLength: 512 }), { maxItems: 2000 }),
  provenance: Provenance,
});
export type Plan = Static<typeof Plan>;

/** A reading as it travels: without provenance and wire, with the digest of its plan. */
export const SentReading = Type.Object({
  device: LocalDeviceId,
  plan: Type.Union([Digest, Type.Null()]),
  reading: Type.Object({
    ...Type.Omit(Reading, ['provenance', 'wire', 'address']).properties,
    /** null where the customer withholds it; the reason stands in `completeness.reasons`. */
    address: Type.Union([Reading.properties.address, Type.Null()]),
  }),
});
export type SentReading = Static<typeof SentReading>;

export const DeviceEvent = Type.Object({
  device: LocalDeviceId,
  event: Type.Enum(['new', 'moved', 'replaced', 'clash', 'silent', 'back', 'removed'] as const),
  detail: Type.Record(Type.String({ maxLength: 64 }), Type.Union([Type.String({ maxLength: 300 }), Type.Null()])),
});
export type DeviceEvent = Static<typeof DeviceEvent>;

export const NoteField = Type.Enum(['serviceId', 'group', 'location', 'note', 'monitored'] as const);
export type NoteField = Static<typeof NoteField>;
export const DeviceNote = Type.Object({
  device: LocalDeviceId,
  field: NoteField,
  value: Type.Union([Type.String({ maxLength: 255 }), Type.Boolean(), Type.Null()]),
  revision: Type.Integer({ minimum: 1 }),
});
export type DeviceNote = Static<typeof DeviceNote>;

export const ScanSummary = Type.Object({
  startedAt: InstantText,
  finishedAt: InstantText,
  complete: Type.Boolean(),
  addresses: Type.Integer(),
  alive: Type.Integer(),
  snmp: Type.Integer(),
  printers: Type.Integer(),
  ignored: Type.Integer(),
  answersPingOnly: Type.Integer(),
  packets: Type.Integer(),
  bytes: Type.Integer(),
  seconds: Type.Number(),
});
export type ScanSummary = Static<typeof ScanSummary>;

/**
 * `noWay`: the box itself has no way there. `allSilent`: all machines of a range, which answered before, are silent at once.
 * Their silence says nothing of each of them.
 */
export const UnreachedReason = Type.Enum(['noWay', 'allSilent'] as const);
export type UnreachedReason = Static<typeof UnreachedReason>;
export const UnreachedRange = Type.Object({
  range: Type.String({ maxLength: 300 }),
  reason: UnreachedReason,
  since: InstantText,
});
export type UnreachedRange = Static<typeof UnreachedRange>;
/** How a range is named where the customer withholds addresses: tells it from others and nothing else. */
export const isRangeAlias = (range: string): boolean => /^range-[0-9a-f]{24}$/.test(range);

/** A box's settings as far as central may propose them, without secrets and without proxy. */
export const ToldSettings = Type.Object({
  ranges: Type.Array(RangeSetting, { maxItems: 500 }),
  credentials: Type.Array(
    Type.Object({ id: CredentialId, version: Type.Enum(SNMP_VERSIONS), isPublic: Type.Boolean() }),
    { maxItems: 50 },
  ),
  snmpPort,
  packetsPerSecond,
  kilobytesPerHour,
  times,
  language,
  zone,
  supplyMark,
  /** Whether a proxy is set: which one, and its password, stay on the box. */
  proxy: Type.Boolean(),
});
export type ToldSettings = Static<typeof ToldSettings>;

export const BoxState = Type.Object({
  version: Type.String({ maxLength: 64 }),
  node: Type.String({ maxLength: 64 }),
  zone: Type.String({ maxLength: 64 }),
  clock: InstantText,
  storageFreeBytes: Type.Union([Type.Integer(), Type.Null()]),
  waiting: Type.Integer(),
  quarantined: Type.Integer(),
  load: Type.Array(
    Type.Object({ range: Type.String({ maxLength: 300 }), packets: Type.Integer(), bytes: Type.Integer() }),
    {
      maxItems: 1000,
    },
  ),
  /** Ranges that the box cannot reach; left out by boxes that do not judge it. */
  unreached: Type.Optional(Type.Array(UnreachedRange, { maxItems: 500 })),
  /** What a machine in its place would need, without a secret; left out by boxes that do not tell it. */
  settings: Type.Optional(ToldSettings),
});
export type BoxState = Static<typeof BoxState>;

/** A capture as JSON, at most: with the rest of a report it stays below a mebibyte. */
export const MOST_CAPTURE_BYTES = 512 * 1024;

/** What became of a proposal of central. `settings`: the box's switch decided, nobody was asked. */
export const ProposalResult = Type.Object({
  proposal: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  result: Type.Enum(['done', 'refused', 'failed'] as const),
  /** Of the error catalogue; null where it is done. */
  code: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
  decidedBy: Type.Enum(['person', 'settings'] as const),
  detail: Type.Record(
    Type.String({ maxLength: 64 }),
    Type.Union([Type.String({ maxLength: 300 }), Type.Number(), Type.Null()]),
  ),
  /** The redacted `.snmprec` that was asked for: ASCII, an object a line. */
  capture: Type.Optional(Type.String({ maxLength: MOST_CAPTURE_BYTES })),
});
export type ProposalResult = Static<typeof ProposalResult>;

const itemHead = {
  epoch: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  /** Without holes within an epoch, from 1. */
  seq: Type.Integer({ minimum: 1 }),
  /** The box's clock: never decides order or acceptance. */
  at: InstantText,
  digest: Digest,
};
export const Item = Type.Union([
  Type.Object({ ...itemHead, kind: Type.Literal('reading'), body: SentReading }),
  Type.Object({ ...itemHead, kind: Type.Literal('plan'), body: Plan }),
  Type.Object({ ...itemHead, kind: Type.Literal('deviceEvent'), body: DeviceEvent }),
  Type.Object({ ...itemHead, kind: Type.Literal('deviceNote'), body: DeviceNote }),
  Type.Object({ ...itemHead, kind: Type.Literal('scan'), body: ScanSummary }),
  Type.Object({ ...itemHead, kind: Type.Literal('boxState'), body: BoxState }),
  Type.Object({ ...itemHead, kind: Type.Literal('proposalResult'), body: ProposalResult }),
]);
export type Item = Static<typeof Item>;
export type ItemKind = Item['kind'];
export const ITEM_KINDS: readonly ItemKind[] = [
  'reading',
  'plan',
  'deviceEvent',
  'deviceNote',
  'scan',
  'boxState',
  'proposalResult',
];
export const parseItem = parserOf(Item);

/** What every item must have before its kind is looked at: enough to name it in a receipt. */
export const ItemHead = Type.Object({ ...itemHead, kind: Type.String({ maxLength: 64 }), body: Type.Unknown() });
export type ItemHead = Static<typeof ItemHead>;
export const parseItemHead = parserOf(ItemHead);

export const LONGEST_REPORT_ITEMS = 500;
export const Report = Type.Object({
  contract: Type.Literal(CONTRACT_VERSION),
  box: AgentNumber,
  sentAt: InstantText,
  /** Each is judged by itself, so that one poisoned item does not stop the others. */
  items: Type.Array(Type.Unknown(), { minItems: 1, maxItems: LONGEST_REPORT_ITEMS }),
});
export type Report = Static<typeof Report>;
export const parseReport = parserOf(Report);

export const ItemResult = Type.Enum(['stored', 'duplicate', 'quarantined', 'keep'] as const);
export type ItemResult = Static<typeof ItemResult>;
export const ReceiptLine = Type.Object({
  epoch: Type.String({ maxLength: 64 }),
  seq: Type.Integer(),
  digest: Type.String({ maxLength: 100 }),
  result: ItemResult,
  /** A code of the error catalogue, null where stored or duplicate. */
  code: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
});
export type ReceiptLine = Static<typeof ReceiptLine>;
export const Receipt = Type.Object({
  box: AgentNumber,
  results: Type.Array(ReceiptLine, { maxItems: LONGEST_REPORT_ITEMS }),
  /** Ed25519 by central's key over the UTF-8 of `receiptText`, base64. */
  signature: Type.String({ maxLength: 200 }),
});
export type Receipt = Static<typeof Receipt>;
export const parseReceipt = parserOf(Receipt);

/** The exact text that a receipt's signature covers: a line for the box, then a line for each result. */
export function receiptText(receipt: Pick<Receipt, 'box' | 'results'>): string {
  const lines = receipt.results.map((line) =>
    [line.epoch, line.seq, line.digest, line.result, line.code ?? '-'].join(' '),
  );
  return ['rsb-receipt-1', receipt.box, ...lines].join('\n');
}

export const EnrolmentRequest = Type.Object({
  contract: Type.Literal(CONTRACT_VERSION),
  code: Type.String({ minLength: 1, maxLength: 64 }),
  /** Ed25519 public key, SPKI in PEM. */
  publicKey: Type.String({ maxLength: 1000 }),
  version: Type.String({ maxLength: 64 }),
});
export type EnrolmentRequest = Static<typeof EnrolmentRequest>;
export const parseEnrolmentRequest = parserOf(EnrolmentRequest);

export const EnrolmentAnswer = Type.Object({
  contract: Type.Literal(CONTRACT_VERSION),
  box: AgentNumber,
  /** Central's Ed25519 public key, SPKI in PEM: pinned, receipts are checked with it. */
  centralKey: Type.String({ maxLength: 1000 }),
  dealer: Type.Object({
    name: Type.String({ maxLength: 255 }),
    hotline: Type.Union([Type.String({ maxLength: 255 }), Type.Null()]),
  }),
  customer: Type.Object({ name: Type.String({ maxLength: 255 }) }),
});
export type EnrolmentAnswer = Static<typeof EnrolmentAnswer>;
export const parseEnrolmentAnswer = parserOf(EnrolmentAnswer);
