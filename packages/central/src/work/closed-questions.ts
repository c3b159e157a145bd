/** Questions that nobody has to answer any more, because readings that came later explain the counter: it is told as an event. */
import { instant, isoInstant } from '@rsb/runtime';
import type { Timed } from '../processing/timed.ts';
import type { AskedRow, FindingRow } from '../store/customer-results.ts';

const KIND = 'questionClosed';

type Interval = Pick<AskedRow, 'from_at' | 'to_at'>;

/** Of the open questions that are asked no more, those about pages of which nothing is asked now. */
export function closedQuestions(
  gone: readonly AskedRow[],
  asked: readonly AskedRow[],
  readings: readonly Timed[],
): FindingRow[] {
  return gone.flatMap(({ key, why, from_at, to_at }): FindingRow[] => {
    const explains = readings.find(({ at }) => at > to_at);
    if (!explains || isAsked({ from_at, to_at }, asked)) return [];
    const [from, to] = [from_at, to_at].map((at) => isoInstant(instant(at)));
    return [{ key: `${KIND} ${key}`, at: explains.at, kind: KIND, detail: JSON.stringify({ why, from, to }) }];
  });
}

/** No reading tells it again: it stays, unless the same pages are asked about once more. */
export function staysClosed({ kind, detail }: FindingRow, asked: readonly AskedRow[]): boolean {
  if (kind !== KIND) return false;
  const { from, to } = JSON.parse(detail);
  return !isAsked({ from_at: Date.parse(from), to_at: Date.parse(to) }, asked);
}

const isAsked = ({ from_at, to_at }: Interval, asked: readonly Interval[]): boolean =>
  asked.some((other) => other.from_at < to_at && other.to_at > from_at);
