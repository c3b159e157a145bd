/** Which parts of a reading may take the place of the last values: a broken answer must not blank a whole one. */
import type { Reading } from '@rsb/contract';
import type { LastParts, PartValues, ValuePart } from '../store/readings.ts';

/** Reasons that say "ask again", against those by which the machine said all it will. */
const PASSING = new Set(['noAnswer', 'answerTruncated', 'answerMalformed', 'tookTooLong', 'partRefused', 'storeBusy']);

/** The value of a part to keep; undefined where the last one stays, with its age. */
export function partToKeep<P extends ValuePart>(reading: Reading, part: P, last: LastParts): PartValues[P] | undefined {
  const value = reading[part] as PartValues[P] | undefined;
  if (value === undefined) return undefined;
  const broken = Object.entries(reading.completeness.reasons).some(
    ([path, reason]) => (path === part || path.startsWith(`${part}.`)) && PASSING.has(reason),
  );
  return broken && last[part] !== null && told(value) < told(last[part].value) ? undefined : value;
}

/** How many single values something tells. */
function told(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'object') return value === 'unknown' ? 0 : 1;
  return Object.values(value).reduce<number>((sum, member) => sum + told(member), 0);
}
