/**
 * The tables as Kysely sees them. Instants are milliseconds since 1970. Every table of customer data has a key that
 * begins with `customer_id`, so that customers can be spread over machines later and no query can cross them unseen.
 */

import type { AccountRole } from '@rsb/contract';
import type { Generated } from 'kysely';
import type { AlertTables } from './alert-tables.ts';
import type { PeopleAndPlaceTables } from './people-and-place-tables.ts';
import type { ProposalTables } from './proposal-tables.ts';
import type { ResultTables } from './result-tables.ts';
import type { StandingTables } from './standing-tables.ts';

/** One row: the dealer whose central this is. */
export interface DealerTable {
  id: 1;
  name: string;
  hotline: string | null;
  created_at: number;
}

/** One row until the first account is made. */
export interface SetupTable {
  id: 1;
  code_hash: string;
}

export interface AccountTable {
  id: number;
  name: string;
  /** Lower case, unique: how the name is looked up. */
  name_key: string;
  password_hash: string;
  created_at: number;
  role: AccountRole;
  /** The one customer that a reader sees; null for the dealer's own people. */
  customer_id: number | null;
  disabled_at: number | null;
  last_seen: number | null;
}

export interface SessionTable {
  /** SHA-256 of the id that the cookie carries. */
  id_hash: string;
  account_id: number;
  data: string;
  expires_at: number;
}

export interface CustomerTable {
  id: number;
  name: string;
  created_at: number;
  /** The dealer's own number of the customer; unique. */
  number: string | null;
  agency_id: number | null;
  revision: Generated<number>;
  /** What its name is searched by: `foldText` of it. */
  search: Generated<string>;
  /** What it is sorted by: bytes of `sortKey`. */
  sort_key: Generated<string>;
}

/** Whose an agent number is. A number once given is never given again. */
export interface AgentOwnerTable {
  agent: string;
  customer_id: number;
}

export interface CodeOwnerTable {
  code_hash: string;
  customer_id: number;
}

export interface EnrolmentCodeTable {
  customer_id: number;
  code_hash: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  agent: string | null;
  /** The number that it gives to the box in place of a dead one. */
  replaces: string | null;
  /** Where the box will stand; null: at the site that every customer has. */
  site_id: number | null;
}

export interface BoxTable {
  customer_id: number;
  agent: string;
  /** Ed25519, SPKI in PEM. */
  public_key: string;
  enrolled_at: number;
  revoked_at: number | null;
  last_heard: number | null;
  version: string | null;
  zone: string | null;
  /** Items that wait on the box, by its last boxState. */
  waiting: number | null;
  /** Place of that boxState, so that a late one changes nothing. */
  state_epoch_no: number | null;
  state_seq: number | null;
  site_id: Generated<number>;
  /** When it was moved to another customer. */
  left_at: number | null;
  /** What the settings at its place say: after so many hours without a report it is silent. */
  silent_hours: Generated<number>;
  /** Its settings without secrets, as it told them last; JSON. */
  told_settings: Generated<string | null>;
  /** Ranges that it does not reach, by its last boxState, as JSON; null where all are reached, or where it does not tell. */
  unreached: Generated<string | null>;
}

/** A short number for (box, epoch), in the order in which central first heard of them. */
export interface EpochTable {
  customer_id: number;
  no: number;
  agent: string;
  epoch: string;
}

/**
 * Accepted items as their bytes arrived, until their month is closed and they stand in a block; here or there, the key is
 * what makes a repeat a duplicate.
 */
export interface ItemTable {
  customer_id: number;
  epoch_no: number;
  seq: number;
  kind: string;
  digest: string;
  received_at: number;
  device_id: number | null;
  /** When it was read or made, as it is believed. */
  at: number;
  packing: Packing;
  raw: Uint8Array;
}

/** How `raw` is kept: as it came, in zstd, or in zstd with the dictionary of that number. */
export type Packing = 'plain' | 'zstd' | 'zstd1';

/** What could not be accepted, as its bytes arrived, with the reason. */
export interface QuarantineTable {
  customer_id: number;
  agent: string;
  raw_digest: string;
  epoch: string;
  seq: number;
  digest: string;
  kind: string | null;
  code: string;
  received_at: number;
  packing: Packing;
  raw: Uint8Array;
}

export interface DeviceTable {
  customer_id: number;
  id: number;
  /** Where it was read last. */
  agent: string;
  local_id: string;
  address: string;
  kind: string | null;
  manufacturer_key: string | null;
  serial_key: string | null;
  mac: string | null;
  completeness: string | null;
  readings: number;
  first_heard: number;
  last_heard: number;
  /** Place of the reading that the columns above come from. */
  epoch_no: number;
  seq: number;
  at: number;
}

/** What names a device: `serial`, `mac`, or a box's own `local` id. */
export interface DeviceKeyTable {
  customer_id: number;
  kind: 'serial' | 'mac' | 'local';
  key: string;
  device_id: number;
}

/** The latest value of each part of a device, as JSON. */
export interface DevicePartTable {
  customer_id: number;
  device_id: number;
  part: 'identity' | 'counters' | 'supplies' | 'status' | 'alerts';
  taken_at: string;
  value: string;
  epoch_no: number;
  seq: number;
  at: number;
}

/** What processing takes from a reading, as JSON, while its time is not settled. */
export interface ObservationTable {
  customer_id: number;
  device_id: number;
  /** The reading's moment as it is believed: the box's clock, or when it arrived where that cannot be. */
  at: number;
  epoch_no: number;
  seq: number;
  /** What the box's clock said. */
  taken_at: number;
  /** Address, serial, driver …: equal for nearly all readings of a device. */
  identity: string;
  counts: string | null;
  supplies: string | null;
}

/** What is to be done later: once for each subject, by whoever holds the lease. */
export interface JobTable {
  customer_id: number;
  kind: string;
  subject: string;
  due_at: number;
  /** Of a device: the earliest moment at which something changed. */
  since: number;
  /** Grows with each demand, so that one that comes while the job runs is not lost. */
  version: number;
  token: string | null;
  leased_until: number;
  attempts: number;
}

/** Events, notes, plans keep the box's local id: they may arrive before the first reading of their device. */
export interface EventTable {
  customer_id: number;
  epoch_no: number;
  seq: number;
  agent: string;
  local_id: string;
  event: string;
  detail: string;
  at: number;
}

export interface NoteTable {
  customer_id: number;
  agent: string;
  local_id: string;
  field: string;
  /** JSON: text, true, false or null. */
  value: string;
  revision: number;
  epoch_no: number;
  seq: number;
  /** Typed at central and not yet confirmed by the box; null where the box said it last. */
  typed_at: number | null;
  typed_by: string | null;
}

export interface PlanTable {
  customer_id: number;
  digest: string;
  epoch_no: number;
  seq: number;
  agent: string;
  local_id: string;
}

export interface ScanTable {
  customer_id: number;
  epoch_no: number;
  seq: number;
  agent: string;
  finished_at: number;
  printers: number;
  complete: number;
  summary: string;
}

export interface Tables extends AlertTables, PeopleAndPlaceTables, ProposalTables, ResultTables, StandingTables {
  dealer: DealerTable;
  setup: SetupTable;
  account: AccountTable;
  session: SessionTable;
  customer: CustomerTable;
  agent_owner: AgentOwnerTable;
  code_owner: CodeOwnerTable;
  enrolment_code: EnrolmentCodeTable;
  box: BoxTable;
  epoch: EpochTable;
  item: ItemTable;
  quarantine: QuarantineTable;
  device: DeviceTable;
  device_key: DeviceKeyTable;
  device_part: DevicePartTable;
  observation: ObservationTable;
  job: JobTable;
  event: EventTable;
  note: NoteTable;
  plan: PlanTable;
  scan: ScanTable;
}
