/**
 * A form of single fields that somebody else may save while it is filled in: what is typed stays, a field that nobody touched
 * follows what is saved, and the form can tell what the other changed.
 */
import { useEffect, useState } from 'preact/hooks';

interface Revised {
  readonly revision: number;
}

type Fields = object;

export interface Draft<T, D extends Fields> {
  readonly draft: D;
  set(change: Partial<D>): void;
  /** What is saved, as far as the form knows: its revision goes with a save. */
  readonly base: T;
  readonly isChanged: boolean;
  /** Fields that somebody else saved while the form held changes of its own. */
  readonly theirs: readonly (keyof D)[];
  /** The form goes on from here; what was typed is gone. */
  begin(from: T): void;
}

interface State<T, D> {
  readonly base: T;
  readonly draft: D;
  readonly theirs: readonly (keyof D)[];
}

const keysOf = <D extends Fields>(fields: D) => Object.keys(fields) as (keyof D)[];

/** Pure: the form after somebody else saved. */
export function merge<T, D extends Fields>(
  { base, draft, theirs }: State<T, D>,
  saved: T,
  fieldsOf: (saved: T) => D,
): State<T, D> {
  const before = fieldsOf(base);
  const after = fieldsOf(saved);
  const keys = keysOf(after);
  if (keys.every((key) => draft[key] === before[key])) return { base: saved, draft: after, theirs: [] };
  const untouched = keys.filter((key) => draft[key] === before[key]);
  const next = { ...draft, ...Object.fromEntries(untouched.map((key) => [key, after[key]])) };
  return { base: saved, draft: next, theirs: keys.filter((key) => theirs.includes(key) || after[key] !== before[key]) };
}

/** `fieldsOf` takes what is saved apart into fields that are compared by `===`. */
export function useDraft<T extends Revised, D extends Fields>(saved: T, fieldsOf: (saved: T) => D): Draft<T, D> {
  const [state, setState] = useState<State<T, D>>(() => ({ base: saved, draft: fieldsOf(saved), theirs: [] }));
  const isOutdated = saved.revision > state.base.revision;
  useEffect(() => {
    if (isOutdated) setState((held) => merge(held, saved, fieldsOf));
  }, [saved, isOutdated]);
  const kept = fieldsOf(state.base);
  return {
    draft: state.draft,
    base: state.base,
    theirs: state.theirs,
    isChanged: keysOf(kept).some((key) => state.draft[key] !== kept[key]),
    set: (change) => setState((held) => ({ ...held, draft: { ...held.draft, ...change } })),
    begin: (from) => setState({ base: from, draft: fieldsOf(from), theirs: [] }),
  };
}
