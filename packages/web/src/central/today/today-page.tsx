/** The dealer's morning: the day as one sentence whose facts lead to the panels, each line with its cause and what to do. */
import type { FleetCounts, TodayView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Icon } from '../../components/Icon.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../central-context.tsx';
import { useListQuery } from '../list-query.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { usePageTitle } from '../use-page-title.ts';
import { useResource } from '../use-resource.ts';
import { WorkBehindBanner } from '../work-behind.tsx';
import { type Acting, useAttention } from './attention.tsx';
import { dayOf } from './day-words.ts';
import { ReadingsPanel } from './readings-panel.tsx';
import { SilentPanel } from './silent-panel.tsx';
import { SuppliesPanel } from './supplies-panel.tsx';
import { TroublePanel } from './trouble-panel.tsx';
import './today.css';

export function TodayPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(30_000);
  const list = useListQuery(query, '');
  const mine = list.get('mine') === '1';
  usePageTitle(m.today({}, lang));
  const today = useResource<TodayView>(mine ? '/today?mine=true' : '/today');
  const acting = useAttention(today.value?.people ?? [], () => void today.reload());
  const whose = (own: boolean, text: string) => (
    <button
      type="button"
      class="switch-choice"
      aria-pressed={mine === own}
      onClick={() => list.set('mine', own ? '1' : null)}
    >
      {text}
    </button>
  );
  return (
    <main id="content" class="page today">
      <header class="today-head">
        <h1>{m.today({}, lang)}</h1>
        <span class="today-right no-print">
          <time class="fact" dateTime={new Date(now).toISOString()}>
            {dates.longDay(now)}, {dates.time(now)}
          </time>
          <fieldset class="switch-choices">
            <legend class="visually-hidden">{m.today_whose({}, lang)}</legend>
            {whose(false, m.today_all({}, lang))}
            {whose(true, m.today_mine({}, lang))}
          </fieldset>
        </span>
      </header>
      <WorkBehindBanner />
      <LoadedPart of={today} onRetry={() => void today.reload()} rows={8}>
        {(value) => <Day value={value} mine={mine} now={now} acting={acting} />}
      </LoadedPart>
    </main>
  );
}

interface DayProps {
  readonly value: TodayView;
  readonly mine: boolean;
  readonly now: number;
  readonly acting: Acting;
}

function Day({ value, mine, now, acting }: DayProps) {
  return (
    <>
      <Sentence value={value} mine={mine} />
      {acting.notice}
      <div class="today-columns">
        <div class="today-left">
          <TroublePanel value={value} now={now} acting={acting} />
          <SuppliesPanel value={value} now={now} acting={acting} />
        </div>
        <div class="today-aside">
          <SilentPanel value={value} now={now} acting={acting} />
          <ReadingsPanel value={value} now={now} acting={acting} />
        </div>
      </div>
    </>
  );
}

/** Facts of nothing are left out; on a good day one sentence says so. */
function Sentence({ value, mine }: { readonly value: TodayView; readonly mine: boolean }) {
  const lang = useLang();
  const silent = value.silentBoxes.total + value.networks.total + value.silentMachines.total;
  const { value: counts } = useResource<FleetCounts>('/fleet/counts');
  // Before the first readings are worked through, nothing is known to be well.
  const isSure =
    counts !== null && counts.behind.readings === null && (counts.machines > 0 || counts.waiting.readings === 0);
  const n = (count: number) => ({ count, n: formatCount(count, lang) });
  const facts = [
    { to: 'trouble', count: value.trouble.total, text: m.today_fact_trouble(n(value.trouble.total), lang) },
    { to: 'supplies', count: value.supplies.total, text: m.today_fact_supplies(n(value.supplies.total), lang) },
    { to: 'silent', count: silent, text: m.today_fact_silent(n(silent), lang) },
    ...(mine
      ? []
      : [
          {
            to: 'missing',
            count: value.readings.missing,
            text: m.today_fact_missing(n(value.readings.missing), lang),
          },
        ]),
    { to: 'questions', count: value.questions.total, text: m.today_fact_questions(n(value.questions.total), lang) },
  ].filter(({ count }) => count > 0);
  if (facts.length === 0)
    return (
      <p class="today-sentence">
        {isSure && <Icon name="circle-check" />}{' '}
        {mine ? m.today_nothing_mine({}, lang) : isSure ? m.today_calm({}, lang) : m.today_calm_yet({}, lang)}
      </p>
    );
  const parts = new Intl.ListFormat(lang.locale).formatToParts(facts.map(({ text }) => text));
  const links = facts.values();
  const before = facts.some(({ to }) => to === 'missing' || to === 'questions');
  return (
    <p class="today-sentence">
      {parts.map((part, at) => {
        if (part.type !== 'element') return part.value;
        const fact = links.next().value;
        return (
          <a key={at} href={`#${fact?.to}`}>
            {part.value}
          </a>
        );
      })}
      {before && ` ${m.today_before({ day: dayOf(value.readings.billingDay, lang) }, lang)}`}.
    </p>
  );
}
