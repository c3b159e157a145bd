/** The first requests of a walk: which columns go into one, and how a device that is known to lack GETBULK is asked. */
import { type Call, type EngineParts, messageBytesTo, messageFrameSize } from './call.ts';
import { instanceOf, type Oid } from './oid.ts';
import { compareNames } from './oid-octets.ts';
import { requestSizeOfName } from './request.ts';
import type { WalkColumn } from './walk-column.ts';
import type { Ahead, Group, Walked } from './walk-group.ts';
import type { WalkOptions } from './walk-limits.ts';
import { firstGroup, MOST_REPETITIONS, survey } from './walk-plan.ts';

/** Instance, value and tags of a varbind before any was seen. */
export const EXPECTED_VARBIND_BYTES = 18;
/** More names than this before anything was seen cost more than they save. */
const MOST_AHEAD = 6;

export function firstGroups(
  parts: EngineParts,
  call: Call,
  walked: readonly WalkColumn[],
  options: WalkOptions,
): readonly Group[] {
  const { expectedRows, hasRows = [] } = options;
  const { objectsPerGet } = parts.limits;
  const messageBytes = messageBytesTo(parts, call);
  const byNext = call.target.credential.version === 'v1' || call.device.bulk === 'broken';
  const frame = messageFrameSize(call);
  const groups: Group[] = [];
  let columns: Walked[] = [];
  let size = frame;
  // In order, so that the first column at which a device's knowledge ends is the lowest.
  const bulk = expectedRows === undefined ? survey(walked, hasRows) : walked;
  const close = () => {
    if (columns.length > 0) groups.push(byNext ? nextGroup(columns) : bulkGroup(parts, columns, options));
    columns = [];
    size = frame;
  };
  for (const column of byNext ? walked.toSorted(compareNames) : bulk) {
    const more = requestSizeOfName(column.octets) + EXPECTED_VARBIND_BYTES;
    if (columns.length >= objectsPerGet || size + more > messageBytes) close();
    columns.push(column);
    size += more;
  }
  close();
  return groups;
}

const nextGroup = (columns: readonly Walked[]): Group => ({
  columns,
  pdu: 'getNext',
  mostRepetitions: MOST_REPETITIONS,
});

function bulkGroup(parts: EngineParts, columns: readonly Walked[], options: WalkOptions): Group {
  const { expectedRows, hasRows = [], likelyRows = [] } = options;
  if (expectedRows === undefined) {
    const group = firstGroup(columns, hasRows);
    return { ...group, ahead: aheadOf(parts, group, likelyRows) };
  }
  // One more than expected: the row beyond shows that it was the last.
  return { columns, pdu: 'getBulk', mostRepetitions: MOST_REPETITIONS, likely: expectedRows + 1 };
}

function aheadOf(parts: EngineParts, { riders = [] }: Group, likelyRows: readonly Oid[]): readonly Ahead[] {
  return likelyRows.slice(0, MOST_AHEAD).flatMap((row) => {
    const of = riders.find(({ oid }) => instanceOf(oid, row) !== undefined);
    const last = parts.names.name(row);
    return of && last.allowed ? [{ last, of }] : [];
  });
}
