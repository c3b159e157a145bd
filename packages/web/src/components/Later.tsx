/** A page that loads when it is opened, with its words and its styles. */
import { m } from '@rsb/messages';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { prepareRest, useLang } from '../language/language.tsx';
import { laterStyle } from '../look/later-style.ts';
import { Button } from './Button.tsx';
import { LoadingRows, PageState } from './States.tsx';

export function Later<P extends object>({
  load,
  props,
}: {
  readonly load: () => Promise<ComponentType<P>>;
  readonly props: P;
}) {
  const lang = useLang();
  const [Page, setPage] = useState<ComponentType<P> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    Promise.all([load(), prepareRest(lang.locale), laterStyle()]).then(
      ([loaded]) => {
        if (!gone) setPage(() => loaded);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, []);
  if (failed) {
    return (
      <PageState
        title={m.page_not_loaded({}, lang)}
        action={
          <Button icon="refresh-cw" onClick={() => location.reload()}>
            {m.try_again({}, lang)}
          </Button>
        }
      />
    );
  }
  return Page ? <Page {...props} /> : <LoadingRows rows={4} label={m.loading({}, lang)} />;
}
