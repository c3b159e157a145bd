/** What an answer tells of the objects that were asked: each by its own name, or by the name just before it. */
import type { Asked } from './asked.ts';
import { askedIn, type Chunk } from './chunk.ts';
import type { SnmpFailure } from './engine.ts';
import { nameBefore, takeNext } from './name-before.ts';
import type { Names } from './names.ts';
import type { EncodedName } from './oid-octets.ts';
import type { SnmpValue } from './value.ts';
import { decodeValue } from './value-octets.ts';
import { decodeVarbindFrames, type ResponseFrame, type VarbindTable } from './varbinds.ts';

/** Below this many, GETNEXT saves nothing. */
const FEWEST_BY_NEXT = 3;

const NO_SUCH_OBJECT: SnmpValue = { type: 'noSuchObject' };

/** Of an object that asking again will not tell. */
type GiveUp = (asked: Asked, failure: SnmpFailure) => void;

/**
 * Takes the asked objects out of an answer; others are dropped undecoded. Some devices tell only a part at a time. A text
 * says why the answer is none.
 */
export function takeAsked(table: VarbindTable, frame: ResponseFrame, chunk: Chunk, giveUp: GiveUp): string | null {
  const fault = table.read(frame);
  if (fault !== null) return `varbinds: ${fault.problem} at ${fault.at}`;
  const { bytes } = frame;
  let taken = 0;
  for (let place = 0; place < table.count; place += 1) {
    const asked = askedIn(chunk, place, bytes, table.nameStart(place), table.nameEnd(place));
    if (asked === undefined) continue;
    taken += 1;
    const value = decodeValue(table.valueTag(place), bytes, table.valueStart(place), table.valueEnd(place));
    if (typeof value === 'string') giveUp(asked, { kind: 'malformed', detail: `${asked.oid}: ${value}` });
    else asked.told = value;
  }
  return taken > 0 ? null : 'no asked object in the answer';
}

/** Names just before those of the chunk; null where one has none, or where GETNEXT left one open. */
export function namesBefore(names: Names, chunk: Chunk): readonly EncodedName[] | null {
  if (chunk.length < FEWEST_BY_NEXT || chunk.some(({ unclear }) => unclear)) return null;
  const befores = chunk.map(({ oid }) => nameBefore(names, oid)).filter((name) => name !== undefined);
  return befores.length === chunk.length ? befores : null;
}

/** The same as `takeAsked` of an answer to the names before. */
export function takeNexts(frame: ResponseFrame, chunk: Chunk, giveUp: GiveUp): string | null {
  const frames = decodeVarbindFrames(frame);
  if (!frames.ok) return `varbinds: ${frames.error.problem} at ${frames.error.at}`;
  if (frames.value.length === 0) return 'no varbinds';
  for (const [place, asked] of chunk.entries()) {
    const told = frames.value[place];
    const next = told === undefined ? 'unclear' : takeNext(asked, frame.bytes, told);
    if (next === 'absent') asked.told = NO_SUCH_OBJECT;
    else if (next === 'unclear') asked.unclear = true;
    else if (next !== 'told') giveUp(asked, next);
  }
  return null;
}
