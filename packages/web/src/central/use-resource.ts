/** What a page shows of the server, fetched anew regularly while the page is in view. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { BrowserClock } from '../api/clock.ts';
import { useObservable } from '../api/observable.ts';
import type { Call } from './api/call.ts';
import { useCentral } from './central-context.tsx';
import type { Loaded } from './resources.ts';

/** Boxes report every few minutes at most; a page in view asks again in this time. */
const EVERY = 30_000;

/** Calls `run` now, then regularly while the page is in view, and at once when it comes back into view. */
export function whileInView(clock: BrowserClock, run: () => void): () => void {
  let cancel = () => {};
  const tick = () => {
    cancel();
    if (document.visibilityState === 'visible') run();
    cancel = clock.after(EVERY, tick);
  };
  tick();
  document.addEventListener('visibilitychange', tick);
  return () => {
    cancel();
    document.removeEventListener('visibilitychange', tick);
  };
}

export interface Resource<T> extends Loaded<T> {
  reload(): Promise<void>;
}

export function useResource<T>(asked: string | Call<T>): Resource<T> {
  const path = typeof asked === 'string' ? asked : asked.path;
  const { resources, clock } = useCentral();
  const loaded = useObservable(resources.of<T>(path));
  useEffect(() => whileInView(clock, () => void resources.refresh(path)), [resources, clock, path]);
  const reload = useCallback(() => resources.refresh(path), [resources, path]);
  return { ...loaded, reload };
}

/** Several paths of one kind side by side, e.g. the machines of all boxes. */
export function useResources<T>(paths: readonly string[]): readonly Loaded<T>[] {
  const { resources, clock } = useCentral();
  const [, redraw] = useState({});
  const key = paths.join(' ');
  useEffect(() => {
    const all = key === '' ? [] : key.split(' ');
    const stops = all.map((path) => resources.of<T>(path).subscribe(() => redraw({})));
    const stop = whileInView(clock, () => {
      for (const path of all) void resources.refresh(path);
    });
    return () => {
      stop();
      for (const end of stops) end();
    };
  }, [resources, clock, key]);
  return paths.map((path) => resources.of<T>(path).get());
}
