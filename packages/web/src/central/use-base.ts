/** What a form began with, while others may save the same thing: nothing that somebody typed is taken away without a word. */
import { useEffect, useState } from 'preact/hooks';

interface Revised {
  readonly revision: number;
}

export interface Base<T> {
  /** The form is a change of this. */
  readonly base: T;
  /** Saved by somebody else since then, while the form holds changes of its own. */
  readonly newer: T | null;
  /** The form goes on from here. */
  begin(from: T): void;
}

/** `onBegin` fills the form anew; without changes of its own it follows what is saved. */
export function useBase<T extends Revised>(
  saved: T,
  isChanged: (base: T) => boolean,
  onBegin: (from: T) => void,
): Base<T> {
  const [base, setBase] = useState(saved);
  const isOutdated = saved.revision > base.revision;
  const keeps = isChanged(base);
  const begin = (from: T) => {
    setBase(from);
    onBegin(from);
  };
  useEffect(() => {
    if (isOutdated && !keeps) begin(saved);
  }, [saved, isOutdated, keeps]);
  return { base, newer: isOutdated && keeps ? saved : null, begin };
}
