/** What left this building: one sentence that answers it, every payload with its receipt, what was asked, what it cost. */
import type { SentSummary } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Rich } from '../../components/Rich.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBoxView } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import { LoadPanel } from './load-panel.tsx';
import { MayLeavePanel } from './may-leave-panel.tsx';
import { ObjectsPanel } from './objects-panel.tsx';
import { PayloadList } from './payload-list.tsx';
import { PayloadPanel } from './payload-panel.tsx';
import { sentQuery, usePayloads } from './use-payloads.ts';
import { WaitingPanel } from './waiting-panel.tsx';
import '../../charts/charts.css';
import './what-left.css';

const EVERY = 30_000;

export function WhatLeftPage({ payload }: { readonly payload: number | null }) {
  const lang = useLang();
  const narrow = useNarrow();
  const box = useBoxView();
  const summary = useAnswer<SentSummary>('/sent/summary', EVERY);
  const payloads = usePayloads(box.central.lastReached);
  const chosen = payload ?? (narrow ? null : (payloads.rows?.[0]?.id ?? null));
  if (summary.value === null) {
    return (
      <main id="content" class="page">
        <h1 class="visually-hidden">{m.tab_left({}, lang)}</h1>
        {summary.problem ? (
          <PageState
            title={m.part_not_loaded({}, lang)}
            action={
              <Button icon="refresh-cw" onClick={() => void summary.reload()}>
                {m.try_again({}, lang)}
              </Button>
            }
          >
            {wordProblem(summary.problem, lang)}
          </PageState>
        ) : (
          <LoadingRows label={m.loading({}, lang)} />
        )}
      </main>
    );
  }
  const { today } = summary.value;
  const todayFact =
    today.payloads > 0 ? `${payloadsWord(today.payloads, lang)}, ${formatBytes(today.bytes, lang)}` : null;
  const hasMore = summary.value.waiting.items + summary.value.quarantined + summary.value.droppedBeforeEnrolment > 0;
  if (narrow && payload !== null) {
    return (
      <main id="content" class="page left">
        <h1 class="visually-hidden">{m.left_payload({}, lang)}</h1>
        <a class="left-back" href="/left">
          <Icon name="arrow-left" /> {m.left_back({}, lang)}
        </a>
        <PayloadPanel key={payload} id={payload} search={payloads.search} />
      </main>
    );
  }
  return (
    <main id="content" class="page left">
      <h1 class="visually-hidden">{m.tab_left({}, lang)}</h1>
      <header class="left-top">
        <Sentence summary={summary.value} />
        <Exports search={payloads.search} query={sentQuery(payloads.search, payloads.span).toString()} />
      </header>
      <div class="left-grid">
        <PayloadList payloads={payloads} chosen={chosen} todayFact={todayFact} />
        {!narrow &&
          (chosen === null ? (
            <section class="panel left-payload" aria-label={m.left_payload({}, lang)}>
              <PageState title={m.left_choose({}, lang)} />
            </section>
          ) : (
            <PayloadPanel key={chosen} id={chosen} search={payloads.search} />
          ))}
        {hasMore && (
          <div class="left-whole">
            <WaitingPanel summary={summary.value} />
          </div>
        )}
        <div class="left-objects-place">
          <ObjectsPanel />
        </div>
        <div class="stack left-side">
          <LoadPanel />
          <MayLeavePanel summary={summary.value} onSaved={summary.put} />
        </div>
      </div>
    </main>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
const payloadsWord = (count: number, lang: Lang): string =>
  m.left_payloads({ count, payloads: formatCount(count, lang) }, lang);

function Sentence({ summary }: { readonly summary: SentSummary }) {
  const lang = useLang();
  const { today, waiting, url, kept } = summary;
  const box = useBoxView();
  const size = formatBytes(today.bytes, lang);
  const host = url === null ? '' : (URL.parse(url)?.host ?? url);
  const first =
    today.payloads > 0 ? (
      <Rich of={m.left_today.parts({ payloads: payloadsWord(today.payloads, lang), size, host }, lang)} />
    ) : box.agent === null && kept.payloads === 0 ? (
      <Rich of={m.left_never.parts({}, lang)} />
    ) : (
      <Rich of={m.left_none_today.parts({}, lang)} />
    );
  const withheld = Object.values(summary.withhold).filter(Boolean).length;
  return (
    <p class="sentence">
      {first}{' '}
      {waiting.items > 0 && (
        <>
          <Rich
            of={m.left_waiting_sentence.parts({ count: waiting.items, items: formatCount(waiting.items, lang) }, lang)}
          />{' '}
        </>
      )}
      {withheld > 0 && <>{m.left_withheld_count({ count: withheld, fields: String(withheld) }, lang)} </>}
      {m.left_no_documents({}, lang)}
    </p>
  );
}

function Exports({ search, query }: { readonly search: string; readonly query: string }) {
  const lang = useLang();
  return (
    <div class="row-of-buttons no-print">
      <a class="button button-plain" href={`/api/v1/sheet.pdf?language=${lang.locale}`} download>
        <Icon name="file-text" />
        <span class="button-words">{m.left_sheet({}, lang)}</span>
      </a>
      <a class="button button-plain" href={`/api/v1/sent/export.csv?${query}`} download>
        <Icon name="download" />
        <span class="button-words">
          {search.trim() === '' ? m.left_export({}, lang) : m.left_export_found({}, lang)}
        </span>
      </a>
    </div>
  );
}
