/** Ranges that a box does not reach: the fault is on the way there, not in each machine that is silent behind it. */
import type { UnreachedShown } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Banner } from '../components/Banner.tsx';
import { formatCount } from '../format/count.ts';
import { useDates } from '../format/dates-context.tsx';
import { type Language, useLang } from '../language/language.tsx';
import { findingWords } from '../reading/finding-words.ts';
import './unreached.css';

const MOST_SHOWN = 5;

export const unreachedWords = ({ range, reason }: UnreachedShown, lang: Language): string => {
  const finding = findingWords(reason, lang);
  return range === null ? m.unreached_alias({ finding }, lang) : m.unreached_range({ range, finding }, lang);
};

/** How many they are, under what else a list tells of the box. */
export function UnreachedCount({ ranges }: { readonly ranges: readonly UnreachedShown[] }) {
  const lang = useLang();
  if (ranges.length === 0) return null;
  return (
    <span class="cell-second warn" title={ranges.map((each) => unreachedWords(each, lang)).join('\n')}>
      {m.unreached_count({ count: ranges.length, n: formatCount(ranges.length, lang) }, lang)}
    </span>
  );
}

function sinceWords({ range, reason }: UnreachedShown, time: string, lang: Language): string {
  const said = { time, finding: findingWords(reason, lang) };
  return range === null ? m.finding_unreached_alias(said, lang) : m.finding_unreached({ ...said, range }, lang);
}

export function UnreachedRanges({ ranges, now }: { readonly ranges: readonly UnreachedShown[]; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  if (ranges.length === 0) return null;
  return (
    <div class="unreached">
      {ranges.slice(0, MOST_SHOWN).map((each) => (
        <Banner
          key={`${each.range} ${each.since}`}
          icon="triangle-alert"
          fact={sinceWords(each, dates.near(each.since, now), lang)}
        />
      ))}
      {ranges.length > MOST_SHOWN && (
        <p class="fact">{m.unreached_more({ n: formatCount(ranges.length - MOST_SHOWN, lang) }, lang)}</p>
      )}
    </div>
  );
}
