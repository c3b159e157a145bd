/** Exact counters, written as the reader's language writes numbers, or as the box's settings say. */
import { NUMBER_TAGS, type Numbers, numberTag } from '@rsb/messages/number-tag';

/** A JSON number up to 2^53 − 1, beyond that a decimal string (CONTRACT §1). */
export type Count = number | string;
type Locale = 'en' | 'fr' | 'de';

interface Writing {
  readonly locale: Locale;
  /** Left out: as the language does. */
  readonly numbers?: Numbers;
}

const FORMATS: ReadonlyMap<string, Intl.NumberFormat> = new Map(
  NUMBER_TAGS.map((tag) => [tag, new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })]),
);

function formatIn({ locale, numbers }: Writing): Intl.NumberFormat {
  const format = FORMATS.get(numberTag(locale, numbers));
  if (!format) throw new Error(`no number format for ${locale}`);
  return format;
}

/** 28,536 · 28 536 (narrow no-break space) · 28.536 · 28’536 */
export function formatCount(value: Count, lang: Writing): string {
  return formatIn(lang).format(typeof value === 'string' ? BigInt(value) : value);
}

/** Order of two counters, exact beyond 2^53. */
export function compareCounts(a: Count, b: Count): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Bytes by thousands: 840 B, 41 kB, 1.1 MB, 79.6 GB. */
export function formatBytes(bytes: number, lang: Writing): string {
  const numbers = formatIn(lang);
  if (bytes < 1000) return `${numbers.format(bytes)}\u00a0B`;
  if (bytes < 1_000_000) return `${numbers.format(bytes < 10_000 ? bytes / 1000 : Math.round(bytes / 1000))}\u00a0kB`;
  if (bytes < 1_000_000_000) return `${numbers.format(bytes / 1_000_000)}\u00a0MB`;
  return `${numbers.format(bytes / 1_000_000_000)}\u00a0GB`;
}
