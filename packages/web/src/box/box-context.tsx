/** The few parts that every page of the Device Manager needs. */
import type { BoxView, SettingsView } from '@rsb/contract';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { ApiClient } from '../api/client.ts';
import type { BrowserClock } from '../api/clock.ts';
import { type Cell, cellOf, useObservable } from '../api/observable.ts';
import type { Router } from '../routing/router.ts';
import type { BoxLive, LiveState } from './live.ts';
import type { SettingsDraft } from './settings/draft.ts';

export interface BoxParts {
  readonly client: ApiClient;
  readonly live: BoxLive;
  readonly router: Router;
  readonly clock: BrowserClock;
  /** How far the list was scrolled: coming back from a machine leads to the same rows. */
  readonly listTop: Cell<number>;
  /** Edited settings that are not saved yet, kept while another page is looked at. */
  readonly settingsEdit: Cell<SettingsEdit | null>;
}

export interface SettingsEdit {
  readonly base: SettingsView;
  readonly draft: SettingsDraft;
  /** Whether a save would change anything. */
  readonly isEdited: boolean;
}

export const keptParts = (): Pick<BoxParts, 'listTop' | 'settingsEdit'> => ({
  listTop: cellOf(0),
  settingsEdit: cellOf<SettingsEdit | null>(null),
});

export const BoxContext = createContext<BoxParts | null>(null);

export function useBox(): BoxParts {
  const parts = useContext(BoxContext);
  if (!parts) throw new Error('a page is drawn outside of the app');
  return parts;
}

export const useLive = (): LiveState => useObservable(useBox().live);

export function useBoxView(): BoxView {
  const { box } = useLive();
  if (!box) throw new Error('a page is drawn before the box has told its state');
  return box;
}

/** Whether who looks may change something: who only views is not offered to. */
export function useSignedIn(): boolean {
  const { session } = useLive();
  return session?.signedIn === true && session.person?.role !== 'viewer';
}

/** The box's time, drawn again every `every` ms. */
export function useNow(every: number): number {
  const { live, clock } = useBox();
  const [now, setNow] = useState(() => live.now());
  useEffect(() => {
    let cancel = () => {};
    const wait = () => {
      cancel = clock.after(every - (live.now() % every) + 5, () => {
        setNow(live.now());
        wait();
      });
    };
    wait();
    return () => cancel();
  }, [live, clock, every]);
  return now;
}
