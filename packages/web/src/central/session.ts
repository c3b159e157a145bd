/** Who is signed in, by central's word; with it comes central's time. */
import type { CentralSession } from '@rsb/contract';
import type { ApiClient, Problem } from '../api/client.ts';
import type { BrowserClock } from '../api/clock.ts';
import { cellOf, type Observable } from '../api/observable.ts';

export interface SessionState {
  readonly session: CentralSession | null;
  /** Why there is none. */
  readonly problem: Problem | null;
}

export interface SessionStore extends Observable<SessionState> {
  load(): Promise<void>;
  set(session: CentralSession): void;
  /** Central's time, in milliseconds since 1970. */
  now(): number;
}

export function createSession(client: ApiClient, clock: BrowserClock): SessionStore {
  const state = cellOf<SessionState>({ session: null, problem: null });
  let ahead = clock.now() - clock.monotonic();
  const set = (session: CentralSession) => {
    client.useToken(session.csrfToken);
    const now = Date.parse(session.now);
    if (!Number.isNaN(now)) ahead = now - clock.monotonic();
    state.set({ session, problem: null });
  };
  return {
    get: state.get,
    subscribe: state.subscribe,
    set,
    async load() {
      const answer = await client.get<CentralSession>('/session');
      if (answer.ok) set(answer.value);
      else state.set({ ...state.get(), problem: answer.problem });
    },
    now: () => clock.monotonic() + ahead,
  };
}
