/**
 * What central is told once of how a device is read. Polls ask for fewer parts than a full read; one plan that grows
 * spares a new one at every other poll.
 */
import type { Plan, Reading } from '@rsb/contract';

/** The contract's limit. */
const MOST_OBJECTS = 2000;

export function mergePlan(
  known: Plan | null,
  device: string,
  reading: Reading,
  objects: readonly string[],
): Plan | null {
  const { driver, provenance } = reading;
  if (!driver) return known;
  const sameDriver = known !== null && known.driver.name === driver.name && known.driver.version === driver.version;
  const before = sameDriver ? known : null;
  return {
    device,
    driver,
    objects: [...new Set([...(before?.objects ?? []), ...objects])].sort().slice(0, MOST_OBJECTS),
    provenance: { ...before?.provenance, ...provenance },
  };
}
