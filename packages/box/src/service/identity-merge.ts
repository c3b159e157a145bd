/** What is known of a device's identity after another reading told of it. */
import type { Identity, Reading } from '@rsb/contract';

export const UNKNOWN_IDENTITY: Identity = {
  manufacturer: null,
  model: null,
  serialNumber: null,
  macAddress: null,
  hostName: null,
  location: null,
  assetNumber: null,
  firmware: null,
  sysObjectId: null,
};

/** What a machine is does not change; what people set on it does, also to nothing. */
const LASTING = ['manufacturer', 'model', 'serialNumber', 'macAddress', 'sysObjectId'] as const;

export function mergeIdentity(known: Identity, reading: Reading): Identity {
  const fresh = reading.identity;
  if (!fresh) return known;
  const merged: Identity = { ...fresh };
  for (const field of LASTING) merged[field] = fresh[field] ?? known[field];
  for (const field of ['hostName', 'location', 'assetNumber', 'firmware'] as const) {
    const reason = reading.completeness.reasons[`identity.${field}`] ?? reading.completeness.reasons['identity'];
    // Nothing said of it, or nothing asked, against an answer that was lost.
    const isLost = reason !== undefined && reason !== 'notTold' && reason !== 'notAsked';
    if (fresh[field] === null && isLost) merged[field] = known[field];
  }
  return merged;
}
