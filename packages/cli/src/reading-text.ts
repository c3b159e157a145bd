/** A reading for people at a terminal. */
import type { Counter, CounterSplit, Counters, Reading } from '@rsb/contract';
import { type Locale, m } from '@rsb/messages';
import { wordAlert, wordReason, wordStatus, wordSupply } from '@rsb/messages/reading-words';
import { wordKind, wordPath, wordUnit } from '@rsb/messages/value-words';
import { textTable } from './text-table.ts';

type Row = readonly string[];

export function wordReading(reading: Reading, locale: Locale): string {
  const { identity, counters, supplies, status, alerts } = reading;
  const who = [identity?.manufacturer, identity?.model].filter((text) => text).join(' ');
  const title = [
    who || '?',
    reading.kind ? `(${wordKind(reading.kind, locale)})` : '',
    `${reading.address}:${reading.port}`,
  ];
  const rows: Row[] = [
    ...identityRows(reading, locale),
    ...(counters ? counterRows(counters, locale) : []),
    ...listRows(m.supplies({}, { locale }), supplies?.map((supply) => wordSupply(supply, locale)) ?? []),
    ...(status ? [[m.state({}, { locale }), wordStatus(status, locale)]] : []),
    ...listRows(m.alerts({}, { locale }), alerts?.map((alert) => wordAlert(alert, locale)) ?? []),
    ...listRows(m.cli_read_missing({}, { locale }), missingLines(reading, locale)),
    ...costRow(reading, locale),
  ];
  return `${title.filter((text) => text).join('  ')}\n${textTable(rows, '  ')}`;
}

function identityRows({ identity, driver }: Reading, locale: Locale): Row[] {
  const told: readonly (readonly [string, string | null | undefined])[] = [
    [wordPath('identity.serialNumber', locale), identity?.serialNumber],
    [wordPath('identity.macAddress', locale), identity?.macAddress],
    [wordPath('identity.hostName', locale), identity?.hostName],
    [wordPath('identity.location', locale), identity?.location],
    [wordPath('identity.assetNumber', locale), identity?.assetNumber],
    [wordPath('identity.firmware', locale), identity?.firmware],
  ];
  const rows = told.flatMap(([label, text]): Row[] => (text ? [[label, text]] : []));
  if (!driver) return rows;
  const name = driver.generic ? m.cli_read_driver_generic({ name: driver.name }, { locale }) : driver.name;
  return [...rows, [m.cli_read_driver({}, { locale }), name]];
}

function counterRows(counters: Counters, locale: Locale): Row[] {
  const unit = counters.lifeUnit ? ` ${wordUnit(counters.lifeUnit, locale)}` : '';
  const single: readonly (readonly [string, Counter | null, string])[] = [
    [wordPath('counters.life', locale), counters.life, unit],
    [wordPath('counters.vendorLife', locale), counters.vendorLife, ''],
  ];
  const after: readonly (readonly [string, Counter | null, string])[] = [
    [wordPath('counters.duplex', locale), counters.duplex, ''],
    [wordPath('counters.largeFormat', locale), counters.largeFormat, ''],
    ...counters.other.map(
      ({ name, value, unit: own }) => [name, value, ` ${wordUnit(own, locale)}`.trimEnd()] as const,
    ),
  ];
  const splits: readonly (readonly [string, CounterSplit])[] = [
    [wordPath('counters.total', locale), counters.total],
    [wordPath('counters.print', locale), counters.print],
    [wordPath('counters.copy', locale), counters.copy],
    [wordPath('counters.fax', locale), counters.fax],
    [wordPath('counters.scan', locale), counters.scan],
  ];
  const row = ([label, count, of]: readonly [string, Counter | null, string]): Row[] =>
    count === null ? [] : [[label, `${wordCount(count, locale)}${of}`]];
  return [
    ...single.flatMap(row),
    ...splits.flatMap(([label, split]): Row[] => {
      const words = wordSplit(split, locale);
      return words === '' ? [] : [[label, words]];
    }),
    ...after.flatMap(row),
  ];
}

function wordSplit({ all, mono, color }: CounterSplit, locale: Locale): string {
  const parts = [
    all === null ? '' : wordCount(all, locale),
    mono === null ? '' : `${m.counter_mono({}, { locale })} ${wordCount(mono, locale)}`,
    color === null ? '' : `${m.counter_color({}, { locale })} ${wordCount(color, locale)}`,
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** Exact also beyond 2^53. */
const wordCount = (count: Counter, locale: Locale): string => new Intl.NumberFormat(locale).format(BigInt(count));

/** What is missing for one reason stands in one line behind it. */
function missingLines({ completeness, address }: Reading, locale: Locale): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const path of completeness.missing) {
    const reason = wordReason(completeness.reasons[path] ?? '?', { address }, locale);
    byReason.set(reason, [...(byReason.get(reason) ?? []), wordPath(path, locale)]);
  }
  return [...byReason].map(([reason, paths]) =>
    m.cli_read_pair({ name: reason.replace(/\.$/, ''), value: paths.join('; ') }, { locale }),
  );
}

/** The label stands at the first line only. */
const listRows = (label: string, lines: readonly string[]): Row[] =>
  lines.map((line, index) => [index === 0 ? label : '', line]);

function costRow({ wire }: Reading, locale: Locale): Row[] {
  if (!wire) return [];
  const { packets, bytes } = wire;
  return [[m.cli_read_cost({}, { locale }), m.cli_read_cost_value({ packets, bytes }, { locale })]];
}
