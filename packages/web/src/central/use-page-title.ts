/** The name of the browser's tab: which page, whose central. Several tabs and the browser's history are told apart by it. */
import { m } from '@rsb/messages';
import { useEffect } from 'preact/hooks';
import { useObservable } from '../api/observable.ts';
import { useLang } from '../language/language.tsx';
import { useCentral } from './central-context.tsx';

/** null: the page names itself when it knows its subject. */
export function usePageTitle(page: string | null): void {
  const lang = useLang();
  const { session } = useObservable(useCentral().session);
  const dealer = session?.dealer || m.product_central({}, lang);
  useEffect(() => {
    document.title = page === null ? dealer : `${page} – ${dealer}`;
  }, [page, dealer]);
}
