/** What processing says of a device as rows of the store. */
import { type Line, type Pages, questionKey, USAGE_COUNTS, type UsageCount } from '../processing/index.ts';
import type { LocalDays } from '../processing/local-days.ts';
import { COUNTS } from '../processing/observation.ts';
import { printed } from '../processing/quantity.ts';
import type { Timed } from '../processing/timed.ts';
import type { DayPages, DayUsage } from '../processing/usage.ts';
import type { AskedRow, DeviceDayRow, FindingRow } from '../store/customer-results.ts';

/** What a device told last on a day, as it stands in `device_day.last`. */
export interface DayEnd {
  readonly counters?: Readonly<Record<'life' | 'total' | 'mono' | 'color', number | string | null>>;
  /** By name: percent and state. */
  readonly supplies?: Readonly<Record<string, readonly [number | null, string]>>;
}

type DayColumn = Exclude<keyof DeviceDayRow, 'day' | 'beyond' | 'hours' | 'last'>;
export const columnOf = (count: UsageCount): DayColumn => (count === 'all' ? 'all_pages' : count);

const HOUR = 3_600_000;

/** `opening`: the stored row of the first day, whose readings are not all seen again. */
export function dayRows(
  usage: DayUsage,
  readings: readonly Timed[],
  days: LocalDays,
  from: number,
  opening: DeviceDayRow | undefined,
): DeviceDayRow[] {
  const ends = dayEnds(readings, days);
  const rows = new Map<number, DeviceDayRow>();
  const none = { all_pages: null, mono: null, color: null, print: null, copy: null, fax: null, scan: null };
  const rowOf = (day: number): DeviceDayRow => {
    const last = JSON.stringify(ends.get(day) ?? {});
    return {
      day,
      ...none,
      beyond: null,
      hours: null,
      last: day === from && !ends.has(day) ? (opening?.last ?? last) : last,
    };
  };
  for (const day of ends.keys()) if (day >= from) rows.set(day, rowOf(day));
  if (opening && !rows.has(opening.day)) rows.set(opening.day, rowOf(opening.day));
  for (const [day, { counts, hours }] of usage) {
    const beyond: Partial<Record<UsageCount, string>> = {};
    const columns: Partial<Record<DayColumn, number | null>> = {};
    for (const count of USAGE_COUNTS) {
      const pages = counts[count];
      if (typeof pages === 'bigint') beyond[count] = pages.toString();
      columns[columnOf(count)] = typeof pages === 'number' ? pages : null;
    }
    const large = Object.keys(beyond).length > 0 ? JSON.stringify(beyond) : null;
    rows.set(day, { ...(rows.get(day) ?? rowOf(day)), ...columns, beyond: large, hours: hoursText(hours) });
  }
  return [...rows.values()].sort((one, other) => one.day - other.day);
}

/** `[hours since 1970, pages of each count …]` for each hour with pages; null where there is none. */
function hoursText(hours: DayPages['hours']): string | null {
  const list = [...hours]
    .sort(([one], [other]) => one - other)
    .map(([hour, counts]) => [
      hour / HOUR,
      ...USAGE_COUNTS.map((count) => {
        const pages = counts[count];
        return pages === null ? null : printed(pages);
      }),
    ]);
  return list.length > 0 ? JSON.stringify(list) : null;
}

/** The pages of each hour of a day, as `hoursText` wrote them. */
export function hoursOf({ hours }: DeviceDayRow): { readonly at: number; readonly pages: readonly (Pages | null)[] }[] {
  const list: [number, ...(Pages | null)[]][] = hours === null ? [] : JSON.parse(hours);
  return list.map(([hour, ...pages]) => ({ at: hour * HOUR, pages }));
}

function dayEnds(readings: readonly Timed[], days: LocalDays): ReadonlyMap<number, DayEnd> {
  const ends = new Map<number, DayEnd>();
  for (const { seen, at } of readings) {
    const day = days.numberOf(at);
    const end: DayEnd = { ...ends.get(day) };
    const value = (count: (typeof COUNTS)[number]) => {
      const told = seen.counts?.[COUNTS.indexOf(count)] ?? null;
      return told === null ? null : printed(told);
    };
    ends.set(day, {
      ...end,
      ...(seen.counts
        ? { counters: { life: value('life'), total: value('all'), mono: value('mono'), color: value('color') } }
        : {}),
      ...(seen.supplies ? { supplies: levelsOf(seen.supplies) } : {}),
    });
  }
  return ends;
}

export function levelsOf(supplies: NonNullable<Timed['seen']['supplies']>): NonNullable<DayEnd['supplies']> {
  const levels: Record<string, readonly [number | null, string]> = {};
  for (const { name, percent, state } of supplies) levels[freeName(name, levels)] = [percent, state];
  return levels;
}

/** `#2` for a second alike. */
function freeName(name: string, taken: object): string {
  let free = name;
  for (let ordinal = 2; Object.hasOwn(taken, free); ordinal += 1) free = `${name}#${ordinal}`;
  return free;
}

export function findingRows(lines: readonly Line[]): FindingRow[] {
  return lines.flatMap((line) => {
    if (line.line !== 'event') return [];
    const { kind, at, detail } = line;
    // What tells two events of one kind and moment apart; the rest of the detail may change with what is known later.
    const own = detail['supply'] ?? detail['counts'] ?? detail['otherAddress'] ?? '';
    return [{ key: `${kind} ${at} ${String(own)}`, at: Date.parse(at), kind, detail: JSON.stringify(detail) }];
  });
}

export function questionRows(lines: readonly Line[]): AskedRow[] {
  return lines.flatMap((line) => {
    if (line.line !== 'decide') return [];
    const [at, from_at, to_at] = [line.at, line.from, line.to].map((text) => Date.parse(text));
    return [
      {
        key: questionKey(line),
        why: line.why,
        at: at ?? 0,
        from_at: from_at ?? 0,
        to_at: to_at ?? 0,
        counts: JSON.stringify(line.counts),
      },
    ];
  });
}
