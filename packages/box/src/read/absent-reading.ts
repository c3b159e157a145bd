/** The reading of a device that gave none: why, for every part that was asked. */
import {
  CONTRACT_VERSION,
  type Completeness,
  type CompletenessState,
  type ErrorCode,
  type Part,
  type Reading,
} from '@rsb/contract';
import type { AddressedDevice } from './identify-device.ts';

/** What there can be instead of a reading. */
export type Absence = Extract<CompletenessState, 'unreachable' | 'refused' | 'notPrinter'>;

export function absentReading(
  device: AddressedDevice,
  state: Absence,
  reason: ErrorCode,
  asked: readonly Part[],
  takenAt: string,
): Reading {
  const completeness: Completeness = {
    state,
    missing: [...asked],
    reasons: Object.fromEntries(asked.map((part) => [part, reason])),
  };
  return {
    contract: CONTRACT_VERSION,
    address: device.address,
    port: device.port,
    unit: { hrDeviceIndex: 1 },
    takenAt,
    kind: null,
    asked: [...asked],
    driver: null,
    completeness,
  };
}
