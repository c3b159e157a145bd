/** What is known of the server's answers: kept while they are fetched anew, with the reason when that fails. */
import type { Answer, ApiClient, Problem } from '../api/client.ts';
import { cellOf, type Observable } from '../api/observable.ts';

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
