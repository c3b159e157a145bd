/** Objects that are asked in one request, and how they are taken apart. */
import type { Asked } from './asked.ts';
import { compareNames, octetsEqual } from './oid-octets.ts';
import { requestSizeOfName } from './request.ts';

export type Chunk = readonly Asked[];

export const isUntold = ({ told }: Asked): boolean => told === undefined;

/** As few as hold `wanted`: each of so many objects at most, with room for their names and values. */
export function chunksOf(wanted: Chunk, objects: number, room: number, valueBytes: number): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let left = room;
  for (let place = 0; place < wanted.length; place += 1) {
    const size = requestSizeOfName((wanted[place] as Asked).octets) + valueBytes;
    if (place > start && (place - start >= objects || size > left)) {
      chunks.push(wanted.slice(start, place));
      start = place;
      left = room;
    }
    left -= size;
  }
  if (start < wanted.length) chunks.push(start === 0 ? wanted : wanted.slice(start));
  return chunks;
}

export function halves(chunk: Chunk): readonly Chunk[] {
  const half = Math.ceil(chunk.length / 2);
  return [chunk.slice(0, half), chunk.slice(half)];
}

export function without(chunk: Chunk, asked: Asked): readonly Chunk[] {
  const rest = chunk.filter((each) => each !== asked);
  return rest.length > 0 ? [rest] : [];
}

/** So that the first name at which the agent's knowledge ends is the lowest. */
export const inOrder = (chunk: Chunk): Chunk => chunk.toSorted((a, b) => compareNames(a, b));

/** The asked object that has the name at `start`: as a rule the one at the same place. */
export function askedIn(chunk: Chunk, place: number, bytes: Uint8Array, start: number, end: number): Asked | undefined {
  if (start < 0) return undefined;
  const same = chunk[place];
  if (same !== undefined && isNamed(same, bytes, start, end)) return same;
  return chunk.find((asked) => isNamed(asked, bytes, start, end));
}

const isNamed = (asked: Asked, bytes: Uint8Array, start: number, end: number): boolean =>
  asked.told === undefined && octetsEqual(asked.octets, bytes, start, end);
