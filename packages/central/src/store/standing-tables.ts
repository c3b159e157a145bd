/** Tables of what stands now, as Kysely sees them: a short row for each device, what people do about it, when boxes were heard. */

/**
 * How a device stands by its last readings: what lists and the day's page filter and sort by. Kept by the work on the
 * device's history. Columns that are sorted by are never null: what is not known has a value that sorts last.
 */
export interface StandingTable {
  customer_id: number;
  device_id: number;
  agent: string;
  name: string;
  manufacturer: string | null;
  model: string;
  service_id: string | null;
  group_name: string | null;
  location: string | null;
  /** The words that it is found by, with a space before and after each: those of `standing_word`. */
  search: string;
  /** 1 while somebody wants to know of it: monitored, and no other machine in its place. */
  watched: number;
  /** 0: well. 1: somebody must look. 2: it stands still. */
  severity: number;
  /** What it is: an error of the status, or `down`. */
  trouble: string | null;
  /** The machine's own words, or where it is. */
  trouble_detail: string | null;
  trouble_since: number | null;
  /** Sorts by severity, then by age; 0 where nothing is wrong or nobody wants to know. */
  trouble_rank: number;
  /** 0: all above their mark. 1: one at or below. 2: one empty, or a waste container full. */
  supply_rank: number;
  /** Of the worst supply; 101 where none tells a percentage. */
  supply_percent: number;
  /** The worst one as `type/color`. */
  supply: string | null;
  supply_since: number | null;
  /** All supplies at or below their mark, as JSON. */
  supplies_low: string;
  /** Moment of the last reading that told anything; 0: never. */
  read_at: number;
  /** From when on it counts as silent. */
  silent_at: number;
  /** Day of the month on which its counters are read off, as the settings at its place say. */
  billing_day: number;
  /** Percent at or below which its supplies are low, as the settings at its place say. */
  supply_mark: number;
  /** −1: not told. */
  total_pages: number;
  /** Pages of the last 30 days; −1: not told. */
  month_pages: number;
  /** Pages of the last twelve weeks, `[mono, color]` each, oldest first, as JSON. */
  weeks: string;
  /** The local day that `weeks` ends with. */
  weeks_to: number;
}

/** Words of a machine, for ranges of their beginnings. */
export interface StandingWordTable {
  word: string;
  customer_id: number;
  device_id: number;
}

/** What somebody does about a line of the day's page. It counts while the line's cause is still the same. */
export interface AttentionTable {
  customer_id: number;
  subject: string;
  cause: string;
  acknowledged_by: string | null;
  acknowledged_at: number | null;
  assigned_to: string | null;
  assigned_by: string | null;
  assigned_at: number | null;
  snoozed_until: number | null;
  snoozed_by: string | null;
  snoozed_at: number | null;
}

/** Each step of that, for ever. */
export interface AttentionStepTable {
  customer_id: number;
  subject: string;
  no: number;
  cause: string;
  at: number;
  by_name: string;
  step: string;
  /** To whom, or until when. */
  detail: string | null;
}

/** Hours in which a box was heard: bit 0 is the hour `hour` (since 1970), bit 1 the one before. */
export interface BoxHoursTable {
  customer_id: number;
  agent: string;
  hour: number;
  heard: number;
}

/** A choice of the fleet that somebody keeps under a name. */
export interface SavedViewTable {
  account: string;
  id: number;
  name: string;
  /** The query of the page's address. */
  query: string;
}

export interface StandingTables {
  standing: StandingTable;
  standing_word: StandingWordTable;
  attention: AttentionTable;
  attention_step: AttentionStepTable;
  box_hours: BoxHoursTable;
  saved_view: SavedViewTable;
}
