/** What the box puts onto the network: reckoned before a range is saved, measured afterwards. */
import Type, { type Static } from 'typebox';
import { CredentialId } from '../settings.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/**
 * POST /ranges/estimate (session): a range in hand, as it is typed. Nothing is sent to find it out. What is left out is
 * taken from the settings, or from the defaults of a new range.
 */
export const EstimateRequest = Type.Object({
  range: Type.String({ maxLength: 1000 }),
  ping: Type.Optional(Type.Boolean()),
  credentials: Type.Optional(Type.Array(CredentialId, { maxItems: 10 })),
  /** Of the range, 0 = no limit of its own. */
  packetsPerSecond: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
  kilobytesPerHour: Type.Optional(Nullable(Type.Integer({ minimum: 1 }))),
  /** Of the box, where that is being changed too. */
  boxPacketsPerSecond: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
});
export type EstimateRequest = Static<typeof EstimateRequest>;

const reads = {
  /** Machines there that are known already and read, and what an hour of their reads costs, both ways. */
  machines: Type.Integer(),
  hourly: Type.Object({ packets: Type.Integer(), kilobytes: Type.Number() }),
};

export const RangeEstimate = Type.Object({
  addresses: Type.Integer(),
  /**
   * IP packets of one scan, both ways: known machines as their last full read went, of all others as if nobody answered,
   * which takes the longest.
   */
  packets: Type.Integer(),
  kilobytes: Type.Number(),
  /** Packets more at most, where addresses answer a ping and neither of the first two logins of several. */
  further: Type.Integer(),
  /** Null where nothing limits it: a matter of seconds. */
  minutes: Nullable(Type.Number()),
  /** What makes it last so long. */
  limitedBy: Nullable(Type.Enum(['range', 'box', 'kilobytes'] as const)),
  /** Part of the box's packets a second that this range may take, 0 to 1; null where the box has no limit. */
  boxShare: Nullable(Type.Number()),
  ...reads,
});
export type RangeEstimate = Static<typeof RangeEstimate>;

const traffic = {
  sentPackets: Type.Integer(),
  sentBytes: Type.Integer(),
  receivedPackets: Type.Integer(),
  receivedBytes: Type.Integer(),
  /** Of both directions, those that were pings; the others are SNMP. */
  echoPackets: Type.Integer(),
  /** Most packets sent in one second. */
  peakPerSecond: Type.Integer(),
};

/** What scans and reads found out of a range as a whole. */
export const RangeFinding = Type.Enum([
  /** Nothing in it answers a ping, but SNMP is answered: something on the way drops ICMP. */
  'echoFiltered',
  /** Pings are answered, SNMP nowhere: something on the way drops UDP 161, or no machine has it on. */
  'snmpFiltered',
  /** The box itself has no way there: no cable, no address, no route. */
  'noWay',
  /** All its machines, which answered before, are silent at once. */
  'allSilent',
] as const);
export type RangeFinding = Static<typeof RangeFinding>;

export const RangeLoad = Type.Object({
  range: Type.String(),
  on: Type.Boolean(),
  packetsPerSecond: Type.Number(),
  kilobytesPerHour: Nullable(Type.Integer()),
  /** Machines known at its addresses, read or not. */
  found: Type.Integer(),
  /** The hour that is running, IP packets and bytes of both directions. */
  hour: Type.Object({ packets: Type.Integer(), bytes: Type.Integer() }),
  /** Seconds until its kilobytes of an hour have room again; null where they have now. */
  waits: Nullable(Type.Integer()),
  finding: Nullable(RangeFinding),
  /** Milliseconds, smoothed, and the share of what was asked of living machines and needed asking again; null = not yet measured. */
  roundTrip: Nullable(Type.Number()),
  loss: Nullable(Type.Number()),
});
export type RangeLoad = Static<typeof RangeLoad>;

/** What the next scan of all ranges that are on costs, as a range's estimate says it, and the reads that follow it. */
export const WholeScan = Type.Object({
  addresses: Type.Integer(),
  packets: Type.Integer(),
  kilobytes: Type.Number(),
  minutes: Nullable(Type.Number()),
  ...reads,
});
export type WholeScan = Static<typeof WholeScan>;

/** GET /load?days=N (reading; 1 to 400, default 31): what was sent and received, by day of the site's zone and range. */
export const LoadView = Type.Object({
  hour: Type.Object({ packets: Type.Integer(), bytes: Type.Integer() }),
  packetsPerSecond: Type.Number(),
  kilobytesPerHour: Nullable(Type.Integer()),
  /** Null where no range is on. */
  scan: Nullable(WholeScan),
  ranges: Type.Array(RangeLoad),
  /** Oldest first; a day without traffic has no row. Ranges that are no longer in the settings keep theirs. */
  days: Type.Array(Type.Object({ day: Type.String(), range: Type.String(), ...traffic })),
});
export type LoadView = Static<typeof LoadView>;
