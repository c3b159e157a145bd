/** hrPrinterStatus with hrDeviceStatus and the error bits (RFC 2790, RFC 3805). */
import { STATUS_ERRORS, type StatusError, type StatusState } from '@rsb/contract';
import { childOf } from '@rsb/snmp/oid';
import type { AskedObject, Block } from '../definition.ts';
import { integerOf } from './count.ts';
import { hrDeviceStatus, hrPrinterDetectedErrorState, hrPrinterStatus } from './standard-objects.ts';
import { unitRow } from './unit-row.ts';

const RUNNING = 2;
const DOWN = 5;

export const hrStatus: Block = {
  name: 'hrStatus',
  asks: [hrDeviceStatus, hrPrinterStatus, hrPrinterDetectedErrorState],
  read(answers, draft) {
    const row = (object: AskedObject) => unitRow(answers, object.oid, draft.context) ?? String(draft.context.unit);
    const printer = row(hrPrinterStatus);
    const device = row(hrDeviceStatus);
    const bits = row(hrPrinterDetectedErrorState);
    const printerStatus = integerOf(answers.value(hrPrinterStatus.oid, printer));
    const deviceStatus = integerOf(answers.value(hrDeviceStatus.oid, device));
    const errors = answers.value(hrPrinterDetectedErrorState.oid, bits);

    draft.status = {
      state: stateOf(printerStatus, deviceStatus),
      errors: errors?.type === 'octets' ? errorsOf(errors.value) : [],
    };
    if (printerStatus === null && deviceStatus !== DOWN) draft.untold('status.state');
    else {
      draft.provenanceOfLists.set('status.state', {
        oids: [childOf(hrPrinterStatus.oid, printer), childOf(hrDeviceStatus.oid, device)],
        how: 'join',
        evidence: 'mib',
      });
    }
    if (errors?.type === 'octets') {
      draft.provenanceOfLists.set('status.errors', {
        oids: [childOf(hrPrinterDetectedErrorState.oid, bits)],
        how: 'value',
        evidence: 'mib',
      });
    } else draft.untold('status.errors');
  },
};

/** RFC 2790 hrPrinterStatus: *other* while the device runs is standby; a device that is down is down whatever it was doing. */
export function stateOf(printerStatus: number | null, deviceStatus: number | null): StatusState {
  if (deviceStatus === DOWN) return 'down';
  switch (printerStatus) {
    case 1:
      return deviceStatus === RUNNING ? 'sleep' : 'unknown';
    case 3:
      return 'idle';
    case 4:
      return 'printing';
    case 5:
      return 'warmup';
    default:
      return 'unknown';
  }
}

/** Bits from the most significant of the first octet; devices send none, one or two octets, a printable one is no text. */
export function errorsOf(octets: Uint8Array): StatusError[] {
  return STATUS_ERRORS.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}
