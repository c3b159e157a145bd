/**
 * The tables as Kysely sees them. Instants are milliseconds since 1970. Every table of customer data has a key that
 * begins with `customer_id`, so that customers can be spread over machines later and no query can cross them unseen.
 */

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
}

/** A short number for (box, epoch), in the order in which central first heard of them. */
export interface EpochTable {
  customer_id: number;
  no: number;
  agent: string;
  epoch: string;
}

/** Every accepted item as its bytes arrived; the key is what makes a repeat a duplicate, so rows are never removed. */
export interface ItemTable {
  customer_id: number;
  epoch_no: number;
  seq: number;
  kind: string;
  digest: string;
  received_at: number;
  device_id: number | null;
  /** How `raw` is kept: as it came, or in zstd. */
  packing: 'plain' | 'zstd';
  raw: Uint8Array;
}

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
  packing: 'plain' | 'zstd';
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

/** Columns of counters, in the order of the table. */
export const COUNTER_COLUMNS = [
  'life',
  'vendor_life',
  'total_all',
  'total_mono',
  'total_color',
  'print_all',
  'print_mono',
  'print_color',
  'copy_all',
  'copy_mono',
  'copy_color',
  'fax_all',
  'fax_mono',
  'fax_color',
  'scan_all',
  'scan_mono',
  'scan_color',
  'duplex',
  'large_format',
] as const;
export type CounterColumn = (typeof COUNTER_COLUMNS)[number];

/** A device's counters at one moment. What exceeds 2^53 − 1 stands as decimal text in `beyond`, by column. */
export type CounterPointTable = {
  customer_id: number;
  device_id: number;
  at: number;
  epoch_no: number;
  seq: number;
  beyond: string | null;
} & { [column in CounterColumn]: number | null };

export interface SupplyPointTable {
  customer_id: number;
  device_id: number;
  at: number;
  epoch_no: number;
  seq: number;
  /** `type/color`, `type` alone without color, `#2` for a second alike. */
  supply: string;
  percent: number | null;
  state: string;
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

export interface Tables {
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
  counter_point: CounterPointTable;
  supply_point: SupplyPointTable;
  event: EventTable;
  note: NoteTable;
  plan: PlanTable;
  scan: ScanTable;
}
