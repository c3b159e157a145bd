/** The few parts that every page of central needs. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { ApiClient } from '../api/client.ts';
import type { BrowserClock } from '../api/clock.ts';
import type { Router } from '../routing/router.ts';
import type { LastViews } from './last-views.ts';
import type { Resources } from './resources.ts';
import type { SessionStore } from './session.ts';

export interface CentralParts {
  readonly client: ApiClient;
  readonly session: SessionStore;
  readonly resources: Resources;
  readonly router: Router;
  readonly views: LastViews;
  readonly clock: BrowserClock;
}

export const CentralContext = createContext<CentralParts | null>(null);

export function useCentral(): CentralParts {
  const parts = useContext(CentralContext);
  if (!parts) throw new Error('a page is drawn outside of the app');
  return parts;
}

/** Central's time, drawn again every `every` ms. */
export function useNow(every = 10_000): number {
  const { session, clock } = useCentral();
  const [now, setNow] = useState(() => session.now());
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      setNow(session.now());
      cancel = clock.after(every, tick);
    };
    tick();
    return () => cancel();
  }, [session, clock, every]);
  return now;
}
