/** What the last scan found out of whole ranges: why machines may be missing from the list. */
import type { LoadView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { useLang } from '../../language/language.tsx';
import { findingWords } from '../../reading/finding-words.ts';
import { useBox, useBoxView, useSignedIn } from '../box-context.tsx';
import { UnreachedBanners } from '../unreached-banners.tsx';

const MOST_SHOWN = 3;

export function ScanFindings() {
  const lang = useLang();
  const { client } = useBox();
  const { lastScan, scan, unreached } = useBoxView();
  const signedIn = useSignedIn();
  const [ranges, setRanges] = useState<LoadView['ranges']>([]);
  const finishedAt = lastScan?.finishedAt;
  useEffect(() => {
    if (finishedAt === undefined) return;
    void client.get<LoadView>('/load?days=1').then((answer) => answer.ok && setRanges(answer.value.ranges));
  }, [client, finishedAt]);
  // What the running scan will find is not known yet.
  if (scan) return <UnreachedBanners ranges={unreached} />;
  return (
    <>
      <UnreachedBanners ranges={unreached} />
      {ranges
        .flatMap(({ range, finding }) => (finding ? [{ range, finding }] : []))
        // These are told at once, and with since when.
        .filter(({ finding }) => finding !== 'noWay' && finding !== 'allSilent')
        .slice(0, MOST_SHOWN)
        .map(({ range, finding }) => (
          <Banner
            key={range}
            icon="triangle-alert"
            fact={m.finding_last_scan({ range, finding: findingWords(finding, lang) }, lang)}
            action={signedIn && <Button href="/settings/networks">{m.finding_to_range({}, lang)}</Button>}
          />
        ))}
    </>
  );
}
