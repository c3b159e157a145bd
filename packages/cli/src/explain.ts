/** `--explain`: each value with the objects it came from and what proves it, to hold against the printer's own page. */
import type { Reading } from '@rsb/contract';
import { type Locale, m } from '@rsb/messages';
import { wordAlert, wordSupply } from './reading-text.ts';
import { textTable } from './text-table.ts';

export function explain(reading: Reading, locale: Locale): string {
  const head = [
    '',
    m.cli_read_value({}, { locale }),
    m.cli_read_object({}, { locale }),
    m.cli_read_driver({}, { locale }),
    m.cli_read_how({}, { locale }),
    m.cli_read_evidence({}, { locale }),
    m.cli_read_check({}, { locale }),
  ];
  const rows = Object.entries(reading.provenance ?? {}).map(([path, { oids, how, evidence, check }]) => [
    path,
    valueAt(reading, path),
    shorten(oids),
    reading.driver?.name ?? '',
    how,
    evidence,
    check ?? '',
  ]);
  return textTable([head, ...rows]);
}

/** Many objects behind one value are a table's rows: the first tells which. */
const MOST_OIDS = 3;

function shorten(oids: readonly string[]): string {
  const shown = oids.slice(0, MOST_OIDS).join(' ');
  return oids.length > MOST_OIDS ? `${shown} … (${oids.length})` : shown;
}

function valueAt(reading: Reading, path: string): string {
  const [part, ...steps] = path.split('.');
  if (part === 'supplies') {
    const supply = reading.supplies?.find(({ index }) => index === steps.join('.'));
    return supply ? wordSupply(supply) : '';
  }
  if (part === 'alerts') {
    const alert = reading.alerts?.[Number(steps[0])];
    return alert ? wordAlert(alert) : '';
  }
  let value: unknown = reading;
  for (const step of path.split('.')) {
    value =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
