/** Tables of what is proposed to boxes, as Kysely sees them. */

export interface ProposalTable {
  customer_id: number;
  agent: string;
  id: string;
  kind: 'settings' | 'command';
  /** JSON without secrets: a view of the settings, or the command. */
  shown: string;
  /** The settings with their secrets, sealed under central's own key; null for commands. */
  sealed: Uint8Array | null;
  proposed_at: number;
  proposed_by: string;
  ends_at: number;
  /** Of which preparation of its site it was made; null for what somebody proposed to this box. */
  prepared_at: number | null;
  fetched_at: number | null;
  withdrawn_at: number | null;
  answered_at: number | null;
  result: 'done' | 'refused' | 'failed' | null;
  code: string | null;
  detail: string;
}

/** What the next box of a site is offered. */
export interface PreparedTable {
  customer_id: number;
  site_id: number;
  shown: string;
  sealed: Uint8Array;
  prepared_at: number;
  prepared_by: string;
}

/** What a box captured on a proposal: redacted there, zstd here. */
export interface CaptureTable {
  customer_id: number;
  agent: string;
  proposal_id: string;
  /** Of the text. */
  bytes: number;
  packed: Uint8Array;
}

export interface ProposalTables {
  capture: CaptureTable;
  proposal: ProposalTable;
  prepared: PreparedTable;
}
