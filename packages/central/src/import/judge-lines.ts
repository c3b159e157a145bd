/** Lines of a table into machines that are expected, or the reason why not; each line by itself and against the others. */
import { type Fault, fault, type ImportColumn } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { findSerial } from '../archive/device-names.ts';
import { storable } from '../store/storable-text.ts';
import { type DateOrder, dateOrderOf, readCount, readDay } from './read-field.ts';
import { type FieldOf, fieldsOf, type ImportTable } from './read-table.ts';

export interface ImportedMachine {
  readonly line: number;
  readonly customer: string;
  readonly customerNumber: string | null;
  readonly serial: string;
  readonly serialKey: string;
  /** undefined: the file has no such column, and what is known stays. */
  readonly site: string | null | undefined;
  readonly manufacturer: string | null | undefined;
  readonly model: string | null | undefined;
  readonly serviceId: string | null | undefined;
  readonly contract: string | null | undefined;
  readonly counter: string | null | undefined;
  readonly counterAt: string | null | undefined;
}

export interface RefusedLine {
  readonly line: number;
  readonly fault: Fault;
}

const LONGEST: Partial<Record<ImportColumn, number>> = { serial: 64, customerNumber: 64 };
const LONGEST_TEXT = 255;

export function judgeLines(table: ImportTable): {
  readonly machines: readonly ImportedMachine[];
  readonly refused: readonly RefusedLine[];
} {
  const machines: ImportedMachine[] = [];
  const refused: RefusedLine[] = [];
  const serials = new Map<string, number>();
  const serviceIds = new Map<string, string>();
  const order = dateOrderOf(
    table.lines.flatMap(({ fields }) => (fields ? [fieldsOf(table, fields)('counterAt') ?? ''] : [])),
  );
  for (const { line, fields } of table.lines) {
    const judged = fields ? judgeLine(table, line, fields, order) : failure(fault('lineQuoteOpen'));
    const machine = judged.ok ? judged.value : null;
    const before = machine && serials.get(machine.serialKey);
    const holder = machine?.serviceId ? serviceIds.get(machine.serviceId) : undefined;
    if (!judged.ok) refused.push({ line, fault: judged.error });
    else if (before)
      refused.push({ line, fault: fault('lineSerialTwice', { serial: judged.value.serial, line: before }) });
    else if (holder !== undefined)
      refused.push({
        line,
        fault: fault('lineServiceIdTwice', { serviceId: judged.value.serviceId ?? '', serial: holder }),
      });
    else {
      machines.push(judged.value);
      serials.set(judged.value.serialKey, line);
      if (judged.value.serviceId) serviceIds.set(judged.value.serviceId, judged.value.serial);
    }
  }
  return { machines, refused };
}

function judgeLine(
  table: ImportTable,
  line: number,
  fields: readonly string[],
  order: DateOrder,
): Outcome<ImportedMachine, Fault> {
  const more = fields.slice(table.heads.length).some((field) => field.trim() !== '');
  if (more) return failure(fault('lineTooManyFields', { fields: fields.length, expected: table.heads.length }));
  const field = fieldsOf(table, fields);
  const long = findTooLong(field);
  if (long) return failure(long);
  const serial = storable(field('serial') ?? '');
  if (serial === '') return failure(fault('lineSerialMissing'));
  const serialKey = findSerial(serial);
  // Eleven digits and an E: a spreadsheet has made a number of it, and its last digits are lost.
  if (serialKey === null || /^\d[.,]\d+E\+\d+$/i.test(serial)) return failure(fault('lineSerialInvalid', { serial }));
  const customer = storable(field('customer') ?? '');
  const customerNumber = storable(field('customerNumber') ?? '') || null;
  if (customer === '' && customerNumber === null) return failure(fault('lineCustomerMissing'));
  const optional = (column: ImportColumn): string | null | undefined => {
    const text = field(column);
    return text === undefined ? undefined : storable(text) || null;
  };
  const counterText = field('counter');
  const counter = counterText ? readCount(counterText) : null;
  if (counter === undefined) return failure(fault('lineCounterInvalid', { value: counterText ?? '' }));
  const dayText = field('counterAt');
  const counterAt = dayText ? readDay(dayText, order) : null;
  if (counterAt === undefined) return failure(fault('lineDateInvalid', { value: dayText ?? '' }));
  return success({
    line,
    customer,
    customerNumber,
    serial,
    serialKey,
    site: optional('site'),
    manufacturer: optional('manufacturer'),
    model: optional('model'),
    serviceId: optional('serviceId'),
    contract: optional('contract'),
    counter: counterText === undefined ? undefined : counter,
    counterAt: dayText === undefined ? undefined : counterAt,
  });
}

const TEXTS = [
  'customer',
  'customerNumber',
  'contract',
  'site',
  'manufacturer',
  'model',
  'serial',
  'serviceId',
] as const;

function findTooLong(field: FieldOf): Fault | undefined {
  for (const column of TEXTS) {
    const most = LONGEST[column] ?? LONGEST_TEXT;
    if ((field(column) ?? '').length > most) return fault('lineTextTooLong', { column, most });
  }
  return undefined;
}
