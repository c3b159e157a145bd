/** The list of payloads as CSV, for a spreadsheet: what begins like a formula is made inert by the library. */
import type { SentPayloadView } from '@rsb/contract';
import { stringify } from 'csv-stringify/sync';

const COLUMNS = [
  'id',
  'sentAt',
  'receiptAt',
  'url',
  'items',
  'kinds',
  'machines',
  'bytes',
  'jsonBytes',
  'results',
  'triesBefore',
] as const;

export function sentCsv(payloads: readonly SentPayloadView[]): string {
  const rows = payloads.map(
    (payload): Record<(typeof COLUMNS)[number], string | number> => ({
      id: payload.id,
      sentAt: payload.sentAt,
      receiptAt: payload.settledAt,
      url: payload.url,
      items: payload.items,
      kinds: inWords(payload.kinds),
      machines: payload.machines,
      bytes: payload.bytes,
      jsonBytes: payload.jsonBytes,
      results: inWords(payload.results),
      triesBefore: payload.triesBefore,
    }),
  );
  // With a byte order mark, without which spreadsheets take UTF-8 for something else.
  return stringify(rows, {
    header: true,
    columns: [...COLUMNS],
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

const inWords = (counts: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
