/** The payloads that left, newest first, by day; searched in full by the box itself. */
import type { SentPayloadView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { kindsText } from './kind-words.ts';
import { type Payloads, SPANS, type Span } from './use-payloads.ts';
import '../../components/Field.css';

export interface PayloadListProps {
  readonly payloads: Payloads;
  readonly chosen: number | null;
  /** Of today, in words; said at the head of the day while nothing is searched. */
  readonly todayFact: string | null;
}

export function PayloadList({ payloads, chosen, todayFact }: PayloadListProps) {
  const lang = useLang();
  const { search, span, rows, problem, isLoading } = payloads;
  const spanWord = (days: Span) =>
    days === 'all' ? m.left_all_kept({}, lang) : m.left_days({ count: days, days: String(days) }, lang);
  return (
    <section class="panel left-list" aria-label={m.left_list({}, lang)}>
      <search class="left-search">
        <div class="search">
          <Icon name="search" />
          <input
            class="input"
            type="search"
            value={search}
            maxLength={200}
            spellcheck={false}
            autocomplete="off"
            aria-label={m.left_search({}, lang)}
            placeholder={m.left_search({}, lang)}
            onInput={(event) => payloads.setSearch(event.currentTarget.value)}
          />
        </div>
        <select
          class="input select left-span"
          aria-label={m.left_span({}, lang)}
          value={String(span)}
          onChange={(event) => {
            const wanted = SPANS.find((each) => String(each) === event.currentTarget.value);
            if (wanted !== undefined) payloads.setSpan(wanted);
          }}
        >
          {SPANS.map((each) => (
            <option key={each} value={String(each)}>
              {spanWord(each)}
            </option>
          ))}
        </select>
      </search>
      {problem && (
        <PageState title={m.part_not_loaded({}, lang)} action={<Again run={payloads.reload} />}>
          {wordProblem(problem, lang)}
        </PageState>
      )}
      {!problem && rows === null && <LoadingRows rows={6} label={m.loading({}, lang)} />}
      {!problem && rows?.length === 0 && !isLoading && <Nothing payloads={payloads} />}
      {rows !== null && rows.length > 0 && (
        <div class="left-rows">
          <Days rows={rows} chosen={chosen} todayFact={search.trim() === '' ? todayFact : null} />
        </div>
      )}
      <Foot payloads={payloads} />
    </section>
  );
}

function Again({ run }: { readonly run: () => void }) {
  const lang = useLang();
  return (
    <Button icon="refresh-cw" small onClick={run}>
      {m.try_again({}, lang)}
    </Button>
  );
}

function Nothing({ payloads }: { readonly payloads: Payloads }) {
  const lang = useLang();
  const search = payloads.search.trim();
  if (search !== '') return <PageState title={m.left_none_found({ search }, lang)} />;
  return <PageState title={m.left_empty({}, lang)}>{m.left_empty_next({}, lang)}</PageState>;
}

function Days({
  rows,
  chosen,
  todayFact,
}: {
  readonly rows: readonly SentPayloadView[];
  readonly chosen: number | null;
  readonly todayFact: string | null;
}) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const days = [...Map.groupBy(rows, ({ sentAt }) => dates.longDay(sentAt))];
  const today = dates.longDay(now);
  return (
    <>
      {days.map(([day, payloads]) => (
        <section key={day} aria-label={day}>
          <h2 class="left-day">
            {day !== today
              ? day
              : todayFact === null
                ? m.left_today_head({ day: dates.day(now) }, lang)
                : m.left_today_fact({ day: dates.day(now), fact: todayFact }, lang)}
          </h2>
          <ul>
            {payloads.map((payload) => (
              <PayloadRow key={payload.id} payload={payload} isChosen={payload.id === chosen} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function PayloadRow({ payload, isChosen }: { readonly payload: SentPayloadView; readonly isChosen: boolean }) {
  const lang = useLang();
  const dates = useDates();
  const [first = '', ...further] = kindsText(payload.kinds, payload.machines, lang);
  const whole = (payload.results['stored'] ?? 0) + (payload.results['duplicate'] ?? 0) === payload.items;
  return (
    <li>
      <a class="left-row" href={`/left/${payload.id}`} aria-current={isChosen ? 'true' : undefined}>
        <time class="num" title={dates.full(payload.sentAt)}>
          {dates.time(payload.sentAt)}
        </time>
        <span class="left-what">
          <b>{first}</b>
          <span class="second">{[formatBytes(payload.bytes, lang), ...further].join(', ')}</span>
        </span>
        <span class={whole ? 'left-receipt fact' : 'left-receipt warn'}>
          <Icon name={whole ? 'badge-check' : 'triangle-alert'} />
          {whole ? m.left_receipt({}, lang) : m.left_receipt_part({}, lang)}
        </span>
      </a>
    </li>
  );
}

function Foot({ payloads }: { readonly payloads: Payloads }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const { rows, total, next, searchedTo, isLoading } = payloads;
  const search = payloads.search.trim();
  if (rows === null || (rows.length === 0 && next === null)) return null;
  const shown = formatCount(rows.length, lang);
  const words =
    total === null
      ? searchedTo === null
        ? null
        : m.left_shown_sofar({ shown, search, time: dates.near(searchedTo, now) }, lang)
      : search === ''
        ? m.left_shown({ shown, total: formatCount(total, lang) }, lang)
        : m.left_shown_found({ shown, total: formatCount(total, lang), search }, lang);
  return (
    <footer class="panel-foot">
      <span class="second">{words}</span>
      {next !== null && (
        <Button small busy={isLoading ? m.loading({}, lang) : undefined} onClick={payloads.more}>
          {searchedTo === null ? m.left_older({}, lang) : m.left_search_on({}, lang)}
        </Button>
      )}
    </footer>
  );
}
