/** The row of a machine in a table that is indexed by hrDeviceIndex. */
import type { Oid } from '@rsb/snmp';
import type { Answers } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { hrDeviceType, isPrinterDevice } from './standard-objects.ts';

/**
 * The instance whose first arc is the machine's index. Printer-MIB and HOST-RESOURCES do not always agree on that index
 * (0 in one, 1 in the other): for the only machine of a device its only row, or the row of its printer, stands in.
 */
export function unitRow(answers: Answers, object: Oid, { unit, alone }: Draft['context']): string | undefined {
  const rows = answers.column(object).map(({ instance }) => instance);
  const own = rows.find((instance) => instance.split('.')[0] === String(unit));
  if (own !== undefined || !alone) return own;
  const printer = answers.column(hrDeviceType.oid).find(({ value }) => isPrinterDevice(value))?.instance;
  return rows.find((instance) => instance === printer) ?? (rows.length === 1 ? rows[0] : undefined);
}
