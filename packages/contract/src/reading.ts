/** A reading: what one device told at one moment (CONTRACT §2). `null` = asked and not told; absent = not asked. */
import Type, { type Static } from 'typebox';
import { parserOf } from './parse.ts';

/** An exact counter: a JSON number up to 2^53 − 1, beyond that a decimal string. */
export const Counter = Type.Union([
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  Type.String({ pattern: '^[1-9][0-9]{15,39}$' }),
]);
export type Counter = Static<typeof Counter>;

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const oneOf = <const V extends string[]>(values: readonly [...V]) => Type.Enum<V>(values);

/** Longest string that a device's answer may put into a reading, in UTF-16 units. */
export const LONGEST_TEXT = 255;
const Text = Type.String({ maxLength: LONGEST_TEXT });
/** ISO 8601 UTC with Z. */
export const InstantText = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' });

export const Part = oneOf(['identity', 'counters', 'supplies', 'status', 'alerts'] as const);
export type Part = Static<typeof Part>;
export const PARTS: readonly Part[] = ['identity', 'counters', 'supplies', 'status', 'alerts'];

export const DeviceKind = oneOf(['printer', 'mfp', 'labelPrinter', 'printServer'] as const);
export type DeviceKind = Static<typeof DeviceKind>;

export const Identity = Type.Object({
  manufacturer: Nullable(Text),
  model: Nullable(Text),
  serialNumber: Nullable(Text),
  macAddress: Nullable(Type.String({ pattern: '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' })),
  hostName: Nullable(Text),
  location: Nullable(Text),
  assetNumber: Nullable(Text),
  firmware: Nullable(Text),
  sysObjectId: Nullable(Type.String({ pattern: '^\\d+(\\.\\d+)*$', maxLength: 512 })),
});
export type Identity = Static<typeof Identity>;

export const CounterUnit = oneOf([
  'impressions',
  'sheets',
  'hours',
  'millimetres',
  'centimetres',
  'feet',
  'count',
] as const);
export type CounterUnit = Static<typeof CounterUnit>;

export const CounterSplit = Type.Object({
  all: Nullable(Counter),
  mono: Nullable(Counter),
  color: Nullable(Counter),
});
export type CounterSplit = Static<typeof CounterSplit>;

export const OtherCounter = Type.Object({ name: Text, value: Counter, unit: CounterUnit });
export type OtherCounter = Static<typeof OtherCounter>;

export const Counters = Type.Object({
  life: Nullable(Counter),
  lifeUnit: Nullable(CounterUnit),
  vendorLife: Nullable(Counter),
  /** The path of the count to bill: `total`, else `vendorLife`, else `life`; null where nothing is told. */
  billing: Nullable(oneOf(['total', 'vendorLife', 'life'] as const)),
  total: CounterSplit,
  print: CounterSplit,
  copy: CounterSplit,
  fax: CounterSplit,
  scan: CounterSplit,
  duplex: Nullable(Counter),
  largeFormat: Nullable(Counter),
  other: Type.Array(OtherCounter, { maxItems: 500 }),
});
export type Counters = Static<typeof Counters>;

export const SupplyType = oneOf([
  'toner',
  'ink',
  'ribbon',
  'drum',
  'waste',
  'fuser',
  'transfer',
  'developer',
  'maintenance',
  'staples',
  'other',
] as const);
export type SupplyType = Static<typeof SupplyType>;

export const SupplyColor = oneOf([
  'black',
  'cyan',
  'magenta',
  'yellow',
  'photoBlack',
  'matteBlack',
  'lightCyan',
  'lightMagenta',
  'gray',
] as const);
export type SupplyColor = Static<typeof SupplyColor>;

export const SupplyState = oneOf(['ok', 'low', 'empty', 'someRemaining', 'unknown', 'full'] as const);
export type SupplyState = Static<typeof SupplyState>;

export const Supply = Type.Object({
  /** hrDeviceIndex.prtMarkerSuppliesIndex, or the vendor table's own instance. */
  index: Type.String({ maxLength: 64 }),
  type: SupplyType,
  color: Nullable(SupplyColor),
  description: Nullable(Text),
  partNumber: Nullable(Text),
  serialNumber: Nullable(Text),
  /** 0 to 100; for waste the space left. */
  percent: Nullable(Type.Integer({ minimum: 0, maximum: 100 })),
  state: SupplyState,
  level: Nullable(Type.Integer()),
  capacity: Nullable(Type.Integer()),
  /** prtMarkerSuppliesSupplyUnit by name, e.g. percent, impressions. */
  unit: Nullable(Text),
});
export type Supply = Static<typeof Supply>;

export const StatusState = oneOf(['idle', 'printing', 'warmup', 'sleep', 'down', 'unknown'] as const);
export type StatusState = Static<typeof StatusState>;

/** Bits of hrPrinterDetectedErrorState, most significant first (RFC 2790, RFC 3805). */
export const STATUS_ERRORS = [
  'lowPaper',
  'noPaper',
  'lowToner',
  'noToner',
  'doorOpen',
  'jammed',
  'offline',
  'serviceRequested',
  'inputTrayMissing',
  'outputTrayMissing',
  'markerSupplyMissing',
  'outputNearFull',
  'outputFull',
  'inputTrayEmpty',
  'overduePreventMaint',
] as const;
export const StatusError = oneOf(STATUS_ERRORS);
export type StatusError = Static<typeof StatusError>;

export const Status = Type.Object({ state: StatusState, errors: Type.Array(StatusError, { maxItems: 15 }) });
export type Status = Static<typeof Status>;

export const AlertSeverity = oneOf(['critical', 'warning', 'info'] as const);
export type AlertSeverity = Static<typeof AlertSeverity>;

export const Alert = Type.Object({
  severity: AlertSeverity,
  /** PrtAlertGroupTC by name, e.g. markerSupplies. */
  group: Nullable(Text),
  /** PrtAlertCodeTC by name, e.g. markerTonerAlmostEmpty, or the vendor's own code. */
  code: Nullable(Text),
  text: Nullable(Text),
  location: Nullable(Type.Object({ group: Nullable(Text), index: Nullable(Type.Integer()), name: Nullable(Text) })),
});
export type Alert = Static<typeof Alert>;

export const DriverName = Type.Object({
  name: Type.String({ maxLength: 64 }),
  version: Type.Integer({ minimum: 1 }),
  generic: Type.Boolean(),
});
export type DriverName = Static<typeof DriverName>;

export const Evidence = oneOf(['mib', 'capture', 'reported'] as const);
export type Evidence = Static<typeof Evidence>;

export const ProvenanceEntry = Type.Object({
  oids: Type.Array(Type.String({ maxLength: 512 }), { maxItems: 200 }),
  how: oneOf(['value', 'sum', 'join'] as const),
  evidence: Evidence,
  /** The sum that the device's own numbers were held against, in words; absent where none was needed. */
  check: Type.Optional(Type.String({ maxLength: LONGEST_TEXT })),
});
export type ProvenanceEntry = Static<typeof ProvenanceEntry>;
/** By path into the reading, e.g. `counters.total.color`. */
export const Provenance = Type.Record(Type.String({ maxLength: 128 }), ProvenanceEntry);
export type Provenance = Static<typeof Provenance>;

export const CompletenessState = oneOf(['complete', 'partial', 'unreachable', 'refused', 'notPrinter'] as const);
export type CompletenessState = Static<typeof CompletenessState>;

export const Completeness = Type.Object({
  state: CompletenessState,
  /** Paths into the reading that were asked and are not told. */
  missing: Type.Array(Type.String({ maxLength: 128 }), { maxItems: 200 }),
  /** Why, by path: a code of the catalogue. */
  reasons: Type.Record(Type.String({ maxLength: 128 }), Type.String({ maxLength: 64 })),
});
export type Completeness = Static<typeof Completeness>;

/** IP packets and bytes in both directions that this reading cost. Never sent to central. */
export const Wire = Type.Object({ requests: Type.Integer(), packets: Type.Integer(), bytes: Type.Integer() });
export type Wire = Static<typeof Wire>;

export const CONTRACT_VERSION = 1;

export const Reading = Type.Object({
  contract: Type.Literal(CONTRACT_VERSION),
  address: Type.String({ maxLength: 64 }),
  port: Type.Integer({ minimum: 1, maximum: 65535 }),
  unit: Type.Object({ hrDeviceIndex: Type.Integer({ minimum: 0 }) }),
  takenAt: InstantText,
  kind: Nullable(DeviceKind),
  asked: Type.Array(Part),
  identity: Type.Optional(Identity),
  counters: Type.Optional(Counters),
  supplies: Type.Optional(Type.Array(Supply, { maxItems: 200 })),
  status: Type.Optional(Status),
  alerts: Type.Optional(Type.Array(Alert, { maxItems: 200 })),
  driver: Nullable(DriverName),
  provenance: Type.Optional(Provenance),
  completeness: Completeness,
  wire: Type.Optional(Wire),
});
export type Reading = Static<typeof Reading>;
export const parseReading = parserOf(Reading);
