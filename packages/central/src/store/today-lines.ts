/** What stands on Today, and what its lists have in common. */
import { type SqlBool, sql } from 'kysely';
import type { DeviceId } from './identifiers.ts';
import type { AttentionTable, StandingTable } from './standing-tables.ts';

type Attention = { [column in keyof Omit<AttentionTable, 'customer_id' | 'subject'>]: AttentionTable[column] | null };
interface Whose {
  readonly customer_id: number;
  readonly customer_name: string;
  readonly site_name: string;
}

export type MachineLine = Pick<
  StandingTable,
  | 'device_id'
  | 'agent'
  | 'name'
  | 'manufacturer'
  | 'model'
  | 'severity'
  | 'trouble'
  | 'trouble_detail'
  | 'trouble_since'
  | 'supply_rank'
  | 'supply_since'
  | 'supplies_low'
  | 'supply_mark'
  | 'read_at'
> &
  Whose &
  Attention;

/** A machine that is silent, with what may be the cause of it: where it stands, and what its box does not reach. */
export interface SilentLine extends MachineLine {
  readonly address: string;
  readonly unreached: string | null;
  readonly silent_at: number;
}

/** Machines without the reading that their billing day needs, because their box sends nothing. */
export interface BehindBox {
  readonly customer_id: number;
  readonly customer_name: string;
  readonly agent: string;
  readonly last_heard: number | null;
  readonly machines: number;
}

export interface BoxLine extends Whose, Attention {
  readonly agent: string;
  readonly last_heard: number | null;
  readonly enrolled_at: number;
  readonly machines: number;
  readonly hour: number | null;
  readonly heard: number | null;
}

export interface QuestionLine extends Whose, Attention {
  readonly device_id: DeviceId;
  readonly name: string;
  readonly key: string;
  readonly why: string;
  readonly at: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly counts: string;
  readonly agent: string;
}

export interface TodayMoment {
  readonly now: number;
  /** Only what is assigned to them. */
  readonly mine: string | null;
}

export interface Missing {
  readonly lines: SilentLine[];
  /** All whose box does not reach one of its ranges. */
  readonly unreached: SilentLine[];
  readonly boxes: BehindBox[];
}

export interface Today {
  trouble(moment: TodayMoment, limit: number): Promise<{ readonly lines: MachineLine[]; readonly total: number }>;
  supplies(moment: TodayMoment, limit: number): Promise<{ readonly lines: MachineLine[]; readonly total: number }>;
  silentBoxes(moment: TodayMoment, limit: number): Promise<{ readonly lines: BoxLine[]; readonly total: number }>;
  /** Machines that fell silent while their box is heard and reaches all its ranges. */
  silentMachines(moment: TodayMoment, limit: number): Promise<{ readonly lines: SilentLine[]; readonly total: number }>;
  /** All that fell silent while their box is heard but does not reach one of its ranges. */
  silentUnreached(moment: TodayMoment, put?: 'awake' | 'all'): Promise<SilentLine[]>;
  /** Machines of these billing days whose last reading is from before `before`, by what stands before them. */
  missing(moment: TodayMoment, before: number, billingDays: readonly number[], limit: number): Promise<Missing>;
  /** How many machines are read off on which day of the month, and how many of them have no reading since `before`. */
  readByBillingDay(
    before: number,
  ): Promise<{ readonly billing_day: number; readonly watched: number; readonly missing: number }[]>;
  questions(moment: TodayMoment, limit: number): Promise<{ readonly lines: QuestionLine[]; readonly total: number }>;
}

export const subjects = {
  trouble: (device: number) => `trouble:${device}`,
  supply: (device: number) => `supply:${device}`,
  silent: (device: number) => `silent:${device}`,
  box: (agent: string) => `box:${agent}`,
  network: (agent: string, key: string) => `network:${agent}:${key}`,
  question: (device: number, key: string) => `question:${device}:${key}`,
} as const;

/** What people do about a line. */
export const ATTENTION = [
  'attention.cause',
  'attention.acknowledged_by',
  'attention.acknowledged_at',
  'attention.assigned_to',
  'attention.assigned_by',
  'attention.assigned_at',
  'attention.snoozed_until',
  'attention.snoozed_by',
  'attention.snoozed_at',
] as const;

export const siteName =
  sql<string>`coalesce((select site.name from site where site.customer_id = standing.customer_id and site.id = coalesce(
  (select place.site_id from device_place as place
    where place.customer_id = standing.customer_id and place.device_id = standing.device_id),
  (select box.site_id from box where box.customer_id = standing.customer_id and box.agent = standing.agent), 1)), '')`.as(
    'site_name',
  );

/** What was put off comes back when its time is over. */
export const awake = (now: number) =>
  sql<SqlBool>`(attention.snoozed_until is null or attention.snoozed_until <= ${now})`;
