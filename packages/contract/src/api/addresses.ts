/** Addresses that are no known machine: on the box alone, never sent. */
import Type, { type Static } from 'typebox';

/** One that answers a ping and no SNMP. */
export const PingOnlyView = Type.Object({
  address: Type.String(),
  /** The range it is in, as the settings say it. */
  range: Type.String(),
  /** When a scan met it so first, and last. */
  since: Type.String(),
  lastSeen: Type.String(),
});
export type PingOnlyView = Static<typeof PingOnlyView>;

/** GET /ping-only (session): what answered a ping and no SNMP in the last scan, by address. */
export const PingOnlyList = Type.Object({
  addresses: Type.Array(PingOnlyView),
  /** How many there are; the list ends at some thousands. */
  count: Type.Integer(),
});
export type PingOnlyList = Static<typeof PingOnlyList>;
