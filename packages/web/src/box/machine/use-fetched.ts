/** What a machine's page asks of the box beside the live values: asked anew after each reading, kept meanwhile. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useBox } from '../box-context.tsx';

export interface Fetched<T> {
  readonly value: T | null;
  /** Nothing is there to show, and the last try brought nothing. */
  readonly failed: boolean;
  readonly retry: () => void;
}

/** `turn` names the state of the machine that the answer belongs to; `path` null asks nothing. */
export function useFetched<T>(path: string | null, turn: string): Fetched<T> {
  const { client } = useBox();
  const [answer, setAnswer] = useState<{ readonly path: string; readonly value: T } | null>(null);
  const [failed, setFailed] = useState(false);
  const [again, setAgain] = useState(0);
  const latest = useRef(path);
  latest.current = path;
  useEffect(() => {
    if (path === null) return undefined;
    const gone = new AbortController();
    setFailed(false);
    void client.get<T>(path, { signal: gone.signal }).then((told) => {
      if (gone.signal.aborted || latest.current !== path) return;
      if (told.ok) setAnswer({ path, value: told.value });
      else setFailed(true);
    });
    return () => gone.abort();
  }, [client, path, turn, again]);
  const retry = useCallback(() => setAgain((times) => times + 1), []);
  const value = answer !== null && answer.path === path ? answer.value : null;
  return { value, failed: failed && value === null, retry };
}
