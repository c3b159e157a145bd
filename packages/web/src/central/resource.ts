/** What a page shows of the server: kept while it is fetched anew, with the reason when that fails. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Answer, ApiClient, Problem } from '../api/client.ts';
import type { BrowserClock } from '../api/clock.ts';
import { cellOf, type Observable, useObservable } from '../api/observable.ts';
import { useCentral } from './central-context.tsx';

export interface Loaded<T> {
  readonly value: T | null;
  /** Central's time when the value came. */
  readonly at: number | null;
  /** Why the last fetch brought nothing; the value before it stays. */
  readonly problem: Problem | null;
}

export interface Resources {
  /** What was last known of a path: one cell for each. */
  of<T>(path: string): Observable<Loaded<T>>;
  refresh(path: string): Promise<void>;
  /** After signing out nothing of the dealer's stays in memory. */
  forget(): void;
}

interface Entry {
  readonly cell: ReturnType<typeof cellOf<Loaded<unknown>>>;
  running: Promise<void> | null;
}

const NOTHING: Loaded<unknown> = { value: null, at: null, problem: null };

export interface ResourceParts {
  readonly client: ApiClient;
  readonly now: () => number;
  readonly onSignedOut: () => void;
}

export function createResources({ client, now, onSignedOut }: ResourceParts): Resources {
  const entries = new Map<string, Entry>();
  const entryOf = (path: string): Entry => {
    const found = entries.get(path);
    if (found) return found;
    const fresh: Entry = { cell: cellOf<Loaded<unknown>>(NOTHING), running: null };
    entries.set(path, fresh);
    return fresh;
  };
  const take = (entry: Entry, answer: Answer<unknown>) => {
    if (answer.ok) entry.cell.set({ value: answer.value, at: now(), problem: null });
    else entry.cell.set({ ...entry.cell.get(), problem: answer.problem });
    if (!answer.ok && answer.problem.kind === 'problem' && answer.problem.code === 'signInNeeded') onSignedOut();
  };
  return {
    of: <T>(path: string) => entryOf(path).cell as unknown as Observable<Loaded<T>>,
    refresh(path) {
      const entry = entryOf(path);
      entry.running ??= client.get(path).then((answer) => {
        entry.running = null;
        take(entry, answer);
      });
      return entry.running;
    },
    forget: () => entries.clear(),
  };
}

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

export function useResource<T>(path: string): Resource<T> {
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
