/** Pages of a list behind each other: the cursors of those passed and of this one. Another question begins at the first page. */
import { useState } from 'preact/hooks';

export type Cursors = readonly (string | null)[];

const FIRST: Cursors = [null];

export function useCursors(asked: string): readonly [Cursors, (next: Cursors) => void] {
  const [held, setHeld] = useState({ asked, cursors: FIRST });
  const cursors = held.asked === asked ? held.cursors : FIRST;
  return [cursors, (next) => setHeld({ asked, cursors: next })];
}
