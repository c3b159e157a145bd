/** What a page of the box shows of one path: the last good answer stays while a newer one fails. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../api/client.ts';
import { useBox } from './box-context.tsx';

export interface Answered<T> {
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly reload: () => Promise<void>;
  /** Puts a newer value in, where another call brought it. */
  readonly put: (value: T) => void;
}

/** `path` null: nothing is asked. `every`: asked anew in so many milliseconds while the page is in view. */
export function useAnswer<T>(path: string | null, every?: number): Answered<T> {
  const { client, clock } = useBox();
  const [state, setState] = useState<{
    readonly of: string | null;
    readonly value: T | null;
    readonly problem: Problem | null;
  }>({
    of: path,
    value: null,
    problem: null,
  });
  const latest = useRef(path);
  latest.current = path;
  const reload = useCallback(async () => {
    if (path === null) return;
    const answer = await client.get<T>(path);
    // The reader has gone on to something else meanwhile.
    if (latest.current !== path) return;
    setState((before) => {
      if (answer.ok) return { of: path, value: answer.value, problem: null };
      return { of: path, value: before.of === path ? before.value : null, problem: answer.problem };
    });
  }, [client, path]);
  useEffect(() => {
    void reload();
    if (every === undefined) return undefined;
    let cancel = () => {};
    const again = () => {
      cancel = clock.after(every, () => {
        if (document.visibilityState === 'visible') void reload();
        again();
      });
    };
    again();
    return () => cancel();
  }, [reload, clock, every]);
  const put = useCallback((value: T) => setState({ of: path, value, problem: null }), [path]);
  const isCurrent = state.of === path;
  return { value: isCurrent ? state.value : null, problem: isCurrent ? state.problem : null, reload, put };
}
