/**
 * `--explain`: each value with the objects it came from and what proves it, then what was told and not used, and why: to
 * hold against the printer's own status page.
 */
import type { Counters, Reading } from '@rsb/contract';
import type { Interpretation } from '@rsb/drivers';
import { type Locale, m } from '@rsb/messages';
import { errorWord, stateWord } from '@rsb/messages/alert-words';
import { wordCheck, wordRefusal } from '@rsb/messages/driver-words';
import { wordAlert, wordReason, wordSupply } from '@rsb/messages/reading-words';
import { wordEvidence, wordHow, wordKind, wordPath } from '@rsb/messages/value-words';
import { textTable } from './text-table.ts';

type Draft = Interpretation['draft'];

export function explain(reading: Reading, draft: Draft | undefined, locale: Locale): string {
  const unused = draft === undefined ? [] : unusedRows(reading, draft, locale);
  const usedTable = textTable([usedHead(locale), ...usedRows(reading, locale)]);
  if (unused.length === 0) return usedTable;
  const head = [
    m.cli_read_not_used({}, { locale }),
    m.cli_read_value({}, { locale }),
    m.cli_read_object({}, { locale }),
    m.cli_read_why({}, { locale }),
  ];
  return `${usedTable}\n${textTable([head, ...unused])}`;
}

const usedHead = (locale: Locale): readonly string[] => [
  '',
  m.cli_read_value({}, { locale }),
  m.cli_read_how({}, { locale }),
  m.cli_read_evidence({}, { locale }),
  m.cli_read_check({}, { locale }),
  m.cli_read_object({}, { locale }),
];

const usedRows = (reading: Reading, locale: Locale): readonly (readonly string[])[] =>
  Object.entries(reading.provenance ?? {}).map(([path, { oids, how, evidence, check }]) => [
    nameOf(reading, path, locale),
    wordedAt(reading, path, locale),
    wordHow(how, oids.length, locale),
    wordEvidence(evidence, locale),
    check === undefined ? '' : wordCheck(check, locale),
    shorten(oids),
  ]);

/** A device may tell a thousand things that are not used; these are enough to see why. */
const MOST_UNUSED = 100;
/** A whole IEEE 1284 id would push the reason off the screen. */
const LONGEST_VALUE = 48;

function unusedRows(reading: Reading, draft: Draft, locale: Locale): readonly (readonly string[])[] {
  const passedOver = draft.passedOver.map(({ path, value, source }) => [
    nameOf(reading, path, locale),
    cut(String(value)),
    shorten(source.oids),
    reasonOf(reading, path, String(value), locale),
  ]);
  const rejected = draft.rejections.map(({ path, value, oids, why }) => [
    nameOf(reading, path, locale),
    cut(value),
    shorten(oids),
    wordRefusal(why, locale),
  ]);
  return [...passedOver, ...rejected].slice(0, MOST_UNUSED);
}

/** The first claim of a path goes before the others: what it was is what the reader wants to know. */
function reasonOf(reading: Reading, path: string, value: string, locale: Locale): string {
  const used = valueAt(reading, path, locale);
  // What went before was taken back, and its own row says why.
  const { reasons } = reading.completeness;
  if (used === '') return wordReason(reasons[path] ?? '', { address: reading.address }, locale);
  if (used === value) return m.cli_read_says_the_same({}, { locale });
  return m.cli_read_passed_over(
    { value: cut(used), objects: shorten(reading.provenance?.[path]?.oids ?? []) },
    { locale },
  );
}

const cut = (text: string): string => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text);

/** Many objects behind one value are a table's rows: the first tells which. */
const MOST_OIDS = 3;

function shorten(oids: readonly string[]): string {
  const shown = oids.slice(0, MOST_OIDS).join(' ');
  return oids.length > MOST_OIDS ? `${shown} … (${oids.length})` : shown;
}

/** What a value is called; the machine's own counters by its own words. */
function nameOf({ counters }: Reading, path: string, locale: Locale): string {
  return otherAt(counters, path)?.name ?? wordPath(path, locale);
}

function otherAt(counters: Counters | undefined, path: string) {
  const [, at] = /^counters\.other\.(\d+)$/.exec(path) ?? [];
  return at === undefined ? undefined : counters?.other[Number(at)];
}

/** As the table above it says it. */
function wordedAt(reading: Reading, path: string, locale: Locale): string {
  const { kind, status } = reading;
  if (path === 'kind' && kind !== null) return wordKind(kind, locale);
  if (path === 'status.state' && status) return stateWord(status.state, locale);
  if (path === 'status.errors' && status) return status.errors.map((error) => errorWord(error, locale)).join(', ');
  const value = valueAt(reading, path, locale);
  return path.startsWith('counters.') && /^\d+$/.test(value)
    ? new Intl.NumberFormat(locale).format(BigInt(value))
    : value;
}

function valueAt(reading: Reading, path: string, locale: Locale): string {
  const [part, ...steps] = path.split('.');
  if (part === 'supplies') {
    const supply = reading.supplies?.find(({ index }) => index === steps.join('.'));
    return supply ? wordSupply(supply, locale) : '';
  }
  if (part === 'alerts') {
    const alert = reading.alerts?.[Number(steps[0])];
    return alert ? wordAlert(alert, locale) : '';
  }
  const other = otherAt(reading.counters, path);
  if (other) return String(other.value);
  let value: unknown = reading;
  for (const step of path.split('.')) {
    value =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
