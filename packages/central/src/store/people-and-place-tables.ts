/** Tables of people, places and the imported fleet, as Kysely sees them. */
import type { AccountRole } from '@rsb/contract';

/** A one-time code that makes an account, or gives the one of `account_id` a new password. */
export interface InvitationTable {
  id: number;
  code_hash: string;
  name: string;
  role: AccountRole;
  customer_id: number | null;
  account_id: number | null;
  created_by: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface ApiTokenTable {
  id: number;
  /** SHA-256 of the token. */
  token_hash: string;
  name: string;
  customer_id: number | null;
  /** Separated by spaces. */
  scopes: string;
  created_by: string;
  created_at: number;
  last_used: number | null;
  expires_at: number | null;
  revoked_at: number | null;
}

export interface PasskeyTable {
  /** The authenticator's credential id, in base64url. */
  id: string;
  account_id: number;
  name: string;
  public_key: Uint8Array;
  counter: number;
  transports: string;
  created_at: number;
  last_used: number | null;
}

/** A passkey's challenge that was answered: worth nothing until it ends, and forgotten then. */
export interface UsedChallengeTable {
  challenge_hash: string;
  expires_at: number;
}

/** A request with an Idempotency-Key and how it was answered, sealed under that key. */
export interface AnsweredRequestTable {
  key_hash: string;
  fingerprint: string;
  expires_at: number;
  /** null while it runs. */
  status: number | null;
  sealed: Uint8Array | null;
}

export interface AgencyTable {
  id: number;
  name: string;
  created_at: number;
}

export interface SiteTable {
  customer_id: number;
  /** 1: the site that every customer has from the start. */
  id: number;
  /** Empty until somebody names it. */
  name: string;
  address: string | null;
  created_at: number;
}

/** Where a machine stands by somebody's word; the others stand where their box does. */
export interface DevicePlaceTable {
  customer_id: number;
  device_id: number;
  site_id: number;
}

/** Settings of the dealer (owner 0) and of agencies, as JSON. */
export interface HouseSettingsTable {
  level: 'dealer' | 'agency';
  owner: number;
  value: string;
  revision: number;
}

/** Settings of a customer (owner ''), a site, a box or a device, as JSON. */
export interface PlaceSettingsTable {
  customer_id: number;
  level: 'customer' | 'site' | 'box' | 'device';
  owner: string;
  value: string;
  revision: number;
}

/** A key of a box that another one took the place of: known, and worth nothing. */
export interface RetiredKeyTable {
  customer_id: number;
  agent: string;
  public_key: string;
  retired_at: number;
}

/** Customers that a box reported for before: what it sent them is theirs, and a repeat of it is one. */
export interface FormerOwnerTable {
  agent: string;
  customer_id: number;
  until_at: number;
}

/** A machine as the dealer's ERP has it. */
export interface ExpectedMachineTable {
  customer_id: number;
  /** As in `device.serial_key`. */
  serial_key: string;
  serial: string;
  manufacturer: string | null;
  model: string | null;
  service_id: string | null;
  contract: string | null;
  site_id: number | null;
  /** Decimal text: exact, however long. */
  counter: string | null;
  counter_at: string | null;
  imported_at: number;
}

export interface PeopleAndPlaceTables {
  invitation: InvitationTable;
  api_token: ApiTokenTable;
  passkey: PasskeyTable;
  used_challenge: UsedChallengeTable;
  answered_request: AnsweredRequestTable;
  agency: AgencyTable;
  site: SiteTable;
  device_place: DevicePlaceTable;
  house_settings: HouseSettingsTable;
  place_settings: PlaceSettingsTable;
  retired_key: RetiredKeyTable;
  former_owner: FormerOwnerTable;
  expected_machine: ExpectedMachineTable;
}
