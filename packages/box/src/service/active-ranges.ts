/** The ranges that are switched on, ready for asking: which one an address is in, and what may be tried there. */
import type { Instant } from '@rsb/runtime';
import { type AddressRange, parseRange } from '../range/index.ts';
import type { SettingsDocument } from '../settings/index.ts';

export interface ActiveRange {
  /** As the settings say it: the name under which load is counted. */
  readonly name: string;
  readonly addresses: AddressRange;
  readonly credentials: readonly string[];
  readonly packetsPerSecond: number;
  readonly kilobytesPerHour: number | null;
  readonly ping: boolean;
  /** Hours of the day, for each weekday from Monday; null = always. */
  readonly hours: readonly (readonly number[])[] | null;
}

export function activeRanges(document: SettingsDocument): readonly ActiveRange[] {
  return document.ranges.flatMap((setting): ActiveRange[] => {
    const parsed = parseRange(setting.range);
    if (!setting.on || !parsed.ok) return [];
    return [
      {
        name: setting.range,
        addresses: parsed.value,
        credentials: setting.credentials,
        packetsPerSecond: setting.packetsPerSecond,
        kilobytesPerHour: setting.kilobytesPerHour,
        ping: setting.ping,
        hours: setting.hours,
      },
    ];
  });
}

/** Those of the settings as they are now: put together anew only where they were changed, since each read asks for them. */
export function activeRangesOf(settings: { readonly document: SettingsDocument }): () => readonly ActiveRange[] {
  let made: { readonly of: SettingsDocument; readonly ranges: readonly ActiveRange[] } | null = null;
  return () => {
    const { document } = settings;
    if (made?.of !== document) made = { of: document, ranges: activeRanges(document) };
    return made.ranges;
  };
}

export function isPermitted(range: ActiveRange, zone: string, at: Instant): boolean {
  if (range.hours === null) return true;
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
  return range.hours[local.dayOfWeek - 1]?.includes(local.hour) ?? false;
}

export const rangeOf = (ranges: readonly ActiveRange[], address: string): ActiveRange | undefined =>
  ranges.find(({ addresses }) => addresses.has(address));
