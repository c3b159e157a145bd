/** The machines that should be here by the dealer's books: a quiet line, with those that are missing. */
import type { ExpectedView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect } from 'preact/hooks';
import { Banner } from '../../components/Banner.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBoxView, useLive } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';

const MOST_NAMED = 6;

/** `always`: also where all are found, at the end of a first start. */
export function ExpectedLine({ always = false }: { readonly always?: boolean }) {
  const lang = useLang();
  const { scan, central, lastScan } = useBoxView();
  const { devices } = useLive();
  const { value, reload } = useAnswer<ExpectedView>('/expected');
  const known = devices?.size ?? 0;
  useEffect(() => {
    void reload();
  }, [reload, known, central.lastReached]);
  // Before a scan nothing is missing, and while one runs it is not known yet.
  if (!value || value.expected === null || scan || (known === 0 && lastScan === null)) return null;
  const { missing } = value;
  const counts = { found: formatCount(value.found, lang), expected: formatCount(value.expected, lang) };
  if (missing.length === 0) {
    return always ? <Banner kind="plain" icon="circle-check" fact={m.expected_all(counts, lang)} /> : null;
  }
  const machines = missing
    .slice(0, MOST_NAMED)
    .map(({ model, serial, serviceId }) => [model, serial, serviceId].filter(Boolean).join(' '))
    .join(', ');
  const more = missing.length - MOST_NAMED;
  return (
    <Banner
      kind="plain"
      icon="search"
      fact={m.expected_missing_title(counts, lang)}
      next={
        more > 0
          ? m.expected_missing_more({ machines, more: formatCount(more, lang) }, lang)
          : m.expected_missing({ machines }, lang)
      }
    />
  );
}
