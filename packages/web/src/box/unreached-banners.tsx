/** Ranges whose machines could not be asked: the box's side of it, so that nobody looks for the fault in each machine. */
import type { UnreachedRange } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Banner } from '../components/Banner.tsx';
import { Button } from '../components/Button.tsx';
import { useDates } from '../format/dates-context.tsx';
import { useLang } from '../language/language.tsx';
import { findingWords } from '../reading/finding-words.ts';
import { useNow, useSignedIn } from './box-context.tsx';

const MOST_SHOWN = 3;

export function UnreachedBanners({ ranges }: { readonly ranges: readonly UnreachedRange[] }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(10_000);
  const signedIn = useSignedIn();
  return (
    <>
      {ranges.slice(0, MOST_SHOWN).map(({ range, reason, since }) => (
        <Banner
          key={range}
          icon="triangle-alert"
          fact={m.finding_unreached({ range, time: dates.near(since, now), finding: findingWords(reason, lang) }, lang)}
          action={signedIn && <Button href="/settings/networks">{m.finding_to_range({}, lang)}</Button>}
        />
      ))}
    </>
  );
}
