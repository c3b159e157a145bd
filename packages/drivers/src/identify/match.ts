/** Which driver speaks for a device: longest sysObjectID prefix, then sysDescr; a tie is a mistake that a test finds. */
import type { Oid } from '@rsb/snmp';
import { isWithin } from '@rsb/snmp/oid';
import type { DriverDefinition, Match } from '../definition.ts';

export interface Matched {
  readonly driver: DriverDefinition;
  readonly match: Match;
}

/** Best first. */
export function matching(
  drivers: readonly DriverDefinition[],
  sysObjectId: Oid | null,
  sysDescr: string | null,
): readonly Matched[] {
  const found: Matched[] = [];
  for (const driver of drivers) {
    for (const match of driver.match) if (fits(match, sysObjectId, sysDescr)) found.push({ driver, match });
  }
  return found.sort((a, b) => compareRank(b.match, a.match));
}

function fits(match: Match, sysObjectId: Oid | null, sysDescr: string | null): boolean {
  if (match.sysObjectId === undefined && match.sysDescr === undefined) return false;
  if (match.sysObjectId !== undefined && (sysObjectId === null || !isWithin(match.sysObjectId, sysObjectId)))
    return false;
  return match.sysDescr === undefined || (sysDescr !== null && match.sysDescr.test(sysDescr));
}

/** More arcs of sysObjectID are more specific; of equal ones, the match that also looks at sysDescr. */
export function compareRank(a: Match, b: Match): number {
  const arcs = (match: Match) => match.sysObjectId?.split('.').length ?? 0;
  return arcs(a) - arcs(b) || Number(a.sysDescr !== undefined) - Number(b.sysDescr !== undefined);
}
