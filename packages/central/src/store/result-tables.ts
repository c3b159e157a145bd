/** What is kept of a device's readings once they were worked through: closed months, days, events, questions, and where to read on. */

/** A closed month of one device and epoch: its items as their bytes arrived, together in zstd. */
export interface ArchiveBlockTable {
  customer_id: number;
  /** 0: the box's own items, which belong to no device. */
  device_id: number;
  /** 202611 */
  month: number;
  epoch_no: number;
  /** Items that came after the month was closed stand in parts of their own. */
  part: number;
  first_seq: number;
  last_seq: number;
  items: number;
  /** SHA-256 of the items' bytes, so that a damaged block is known. */
  digest: string;
  /** Which seqs are in it: what makes a repeat a duplicate, for ever. */
  keys: Uint8Array;
  packed: Uint8Array;
}

/** A device's day: pages by function, and what it told last on that day. */
export interface DeviceDayTable {
  customer_id: number;
  device_id: number;
  /** Days since 1970-01-01, of the local date. */
  day: number;
  all_pages: number | null;
  mono: number | null;
  color: number | null;
  print: number | null;
  copy: number | null;
  fax: number | null;
  scan: number | null;
  /** Pages beyond 2^53 − 1 as decimal text, by column. */
  beyond: string | null;
  /** Pages by hour, as JSON. */
  hours: string | null;
  /** Counters and supply levels at the end of the day, as JSON. */
  last: string;
}

/** What processing found: events of a device. */
export interface FindingTable {
  customer_id: number;
  device_id: number;
  /** The same event has the same key each time that the history is read. */
  key: string;
  at: number;
  kind: string;
  detail: string;
}

/** What processing asks a person, and what was answered. */
export interface QuestionTable {
  customer_id: number;
  device_id: number;
  key: string;
  why: string;
  at: number;
  from_at: number;
  to_at: number;
  /** Counters at both ends, and what each answer would count, as JSON. */
  counts: string;
  answer: string | null;
  answered_by: string | null;
  reason: string | null;
  answered_at: number | null;
}

/** Where a device's settled past ends: processing reads on from there. */
export interface CheckpointTable {
  customer_id: number;
  device_id: number;
  at: number;
  until: number;
  /** Zone, settings and version of the rules it was made with. */
  made_with: string;
  value: Uint8Array;
}

/** How far the observations of a device go back; before that its raw items are read. */
export interface DeviceWorkTable {
  customer_id: number;
  device_id: number;
  observed_from: number;
}

export interface ResultTables {
  archive_block: ArchiveBlockTable;
  device_day: DeviceDayTable;
  finding: FindingTable;
  question: QuestionTable;
  checkpoint: CheckpointTable;
  device_work: DeviceWorkTable;
}
