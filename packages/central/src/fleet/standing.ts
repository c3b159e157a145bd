/** How a device stands, from what it told last, its notes and its days. Pure. */
import type { Alert, Counters, Identity, Status, Supply } from '@rsb/contract';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { DeviceDayRow } from '../store/customer-results.ts';
import type { StandingRow } from '../store/customer-standings.ts';
import { lowestPercent, lowSupplies, toldByStatus } from './low-supplies.ts';
import { searchText } from './search-text.ts';
import { troubleOf } from './trouble.ts';

export interface StandingFacts {
  readonly device: DeviceRow;
  readonly identity: Identity | null;
  readonly counters: Counters | null;
  readonly supplies: readonly Supply[];
  readonly status: Status | null;
  readonly alerts: readonly Alert[];
  /** When any of these was told last; 0: never. */
  readonly readAt: number;
  readonly notes: Readonly<Record<'serviceId' | 'group' | 'location', string | null>> & { readonly monitored: boolean };
  /** What an import says of the machine with its serial number. */
  readonly imported?: { readonly serial: string; readonly service_id: string | null; readonly contract: string | null };
  /** Another machine stands in its place. */
  readonly isReplaced: boolean;
  readonly isRemoved: boolean;
  readonly mark: number;
  readonly silentHours: number;
  readonly billingDay: number;
  /** The last twelve weeks of days, and the local day that is today. */
  readonly days: readonly Pick<DeviceDayRow, 'day' | 'all_pages' | 'mono' | 'color'>[];
  readonly today: number;
}

const HOUR = 3_600_000;
/** All of a row but what follows from the rest of it. */
export type StandingFound = Omit<StandingRow, 'trouble_rank'>;
export const WEEKS = 12;
const MONTH = 30;
const UNKNOWN = -1;

export function standingOf(facts: StandingFacts, before: StandingRow | undefined): StandingFound {
  const { device, identity, notes, imported, readAt, status, alerts, supplies, today } = facts;
  const trouble = troubleOf(status, alerts);
  const low = lowSupplies(supplies, facts.mark);
  const [worst] = low;
  const rank = worst?.rank ?? toldByStatus(status);
  const serial = identity?.serialNumber ?? null;
  const name = identity?.hostName || device.address || serial || String(device.id);
  const location = notes.location ?? identity?.location ?? null;
  const address = device.address || null;
  return {
    device_id: device.id,
    agent: device.agent,
    name,
    manufacturer: identity?.manufacturer ?? null,
    model: identity?.model ?? '',
    // What was typed in at the machine counts; else the number that the dealer's ERP has.
    service_id: notes.serviceId ?? imported?.service_id ?? null,
    group_name: notes.group,
    location,
    search: searchText({
      numbers: [
        ...[name, serial, notes.serviceId, address, identity?.macAddress, identity?.assetNumber, device.agent],
        ...[imported?.service_id, imported?.contract, imported?.serial],
      ],
      words: [identity?.manufacturer, identity?.model, location, notes.group],
    }),
    watched: notes.monitored && !facts.isReplaced && !facts.isRemoved ? 1 : 0,
    severity: trouble?.severity ?? 0,
    trouble: trouble?.what ?? null,
    trouble_detail: trouble?.detail ?? null,
    trouble_since: trouble && (before?.trouble === trouble.what ? before.trouble_since : readAt),
    supply_rank: rank,
    supply_percent: lowestPercent(supplies),
    supply: worst?.supply ?? null,
    supply_since: rank === 0 ? null : before && before.supply_rank > 0 ? before.supply_since : readAt,
    supplies_low: JSON.stringify(low),
    read_at: readAt,
    silent_at: readAt + facts.silentHours * HOUR,
    billing_day: facts.billingDay,
    supply_mark: facts.mark,
    total_pages: totalOf(facts.counters),
    month_pages: monthOf(facts),
    weeks: JSON.stringify(weeksOf(facts)),
    weeks_to: today,
  };
}

/** The count to bill, as far as a number holds it: it only sorts and fills a short cell. */
function totalOf(counters: Counters | null): number {
  if (counters === null) return UNKNOWN;
  const { billing, total, vendorLife, life } = counters;
  const value = billing === 'vendorLife' ? vendorLife : billing === 'life' ? life : (total.all ?? vendorLife ?? life);
  if (value === null) return UNKNOWN;
  return typeof value === 'number' ? value : Number.MAX_SAFE_INTEGER;
}

function monthOf({ days, today }: StandingFacts): number {
  const told = days.flatMap(({ day, all_pages, mono, color }) =>
    day > today - MONTH && (all_pages !== null || mono !== null) ? [all_pages ?? (mono ?? 0) + (color ?? 0)] : [],
  );
  return told.length === 0 ? UNKNOWN : told.reduce((sum, pages) => sum + pages, 0);
}

/** `[mono, color]`; of a machine that tells no split all pages stand as mono, and what was not told is null. */
export type Week = readonly [number, number] | null;

function weeksOf({ days, today }: StandingFacts): Week[] {
  const weeks: ([number, number] | null)[] = Array(WEEKS).fill(null);
  for (const { day, all_pages, mono, color } of days) {
    const week = WEEKS - 1 - Math.floor((today - day) / 7);
    if (week < 0 || week >= WEEKS || (all_pages === null && mono === null)) continue;
    const sum = weeks[week] ?? [0, 0];
    weeks[week] = [sum[0] + (mono ?? all_pages ?? 0), sum[1] + (mono === null ? 0 : (color ?? 0))];
  }
  return weeks;
}
