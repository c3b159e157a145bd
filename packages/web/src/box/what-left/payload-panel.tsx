/** One payload: in words, or exactly as it was sent with the search marked; below it central's receipt. */
import type { ErrorCode, Item, ReceiptLine, SentPayload } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { formatBytes } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import { hitsIn, readableJson } from './json-text.ts';
import { itemText, kindsText, resultWord } from './kind-words.ts';
import '../../components/Segments.css';

type View = 'words' | 'sent';

export function PayloadPanel({ id, search }: { readonly id: number; readonly search: string }) {
  const lang = useLang();
  const { value, problem, reload } = useAnswer<SentPayload>(`/sent/${id}`);
  const [view, setView] = useState<View>('words');
  if (value === null) {
    return (
      <section class="panel left-payload" aria-label={m.left_payload({}, lang)}>
        {problem?.kind === 'problem' && problem.status === 404 ? (
          <PageState title={m.left_gone({}, lang)} />
        ) : problem ? (
          <PageState
            title={m.part_not_loaded({}, lang)}
            action={
              <Button icon="refresh-cw" small onClick={() => void reload()}>
                {m.try_again({}, lang)}
              </Button>
            }
          >
            {wordProblem(problem, lang)}
          </PageState>
        ) : (
          <LoadingRows rows={8} label={m.loading({}, lang)} />
        )}
      </section>
    );
  }
  const shown = search.trim() === '' ? view : 'sent';
  const items = itemsOf(value.text);
  return (
    <section class="panel left-payload" aria-label={m.left_payload({}, lang)}>
      <Head payload={value} view={shown} onView={setView} />
      <section
        class="left-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={shown === 'words' ? m.left_in_words({}, lang) : m.left_as_sent({}, lang)}
      >
        {shown === 'words' ? (
          <InWords items={items} results={value.receipt.results} />
        ) : (
          <AsSent text={value.text} items={items} search={search} />
        )}
      </section>
      <Receipt payload={value} items={items} />
    </section>
  );
}

function itemsOf(text: string): readonly Item[] {
  const report = JSON.parse(text) as { readonly items: readonly Item[] };
  return report.items;
}

function Head({
  payload,
  view,
  onView,
}: {
  readonly payload: SentPayload;
  readonly view: View;
  readonly onView: (view: View) => void;
}) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const { payload: of, text } = payload;
  const [first] = kindsText(of.kinds, of.machines, lang);
  const choice = (each: View, words: string) => (
    <button type="button" aria-pressed={view === each} onClick={() => onView(each)}>
      {words}
    </button>
  );
  return (
    <header class="panel-head">
      <h2>{first}</h2>
      <span class="panel-fact" title={dates.full(of.sentAt)}>
        {m.left_sent_at({ time: dates.near(of.sentAt, now), size: formatBytes(of.bytes, lang) }, lang)}
      </span>
      <div class="panel-right">
        <span class="segments">
          {choice('words', m.left_in_words({}, lang))}
          {choice('sent', m.left_as_sent({}, lang))}
        </span>
        <CopyButton value={text} name={m.left_payload({}, lang)} worded />
        <a
          class="button button-plain button-small"
          href={`/api/v1/sent/${of.id}/payload.json`}
          download={`payload-${of.id}.json`}
        >
          <Icon name="download" />
          <span class="button-words">{m.left_download({}, lang)}</span>
        </a>
      </div>
    </header>
  );
}

function InWords({ items, results }: { readonly items: readonly Item[]; readonly results: readonly ReceiptLine[] }) {
  const lang = useLang();
  const dates = useDates();
  const byName = new Map(results.map((line) => [`${line.epoch} ${line.seq}`, line]));
  return (
    <table class="plain-table left-items">
      <thead>
        <tr>
          <th scope="col" class="cell-numeric">
            {m.left_item({}, lang)}
          </th>
          <th scope="col">{m.left_says({}, lang)}</th>
          <th scope="col">{m.left_result({}, lang)}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const line = byName.get(`${item.epoch} ${item.seq}`);
          const isAside = line?.result === 'quarantined';
          return (
            <tr key={`${item.epoch} ${item.seq}`}>
              <td class="num cell-numeric">{item.seq}</td>
              <td class="left-words">{itemText(item, lang, dates) ?? String((item as { kind: string }).kind)}</td>
              <td class={isAside ? 'warn' : undefined}>
                {line ? resultWord(line.result, lang) : '–'}
                {line?.code != null && (
                  <span class="second" title={line.code}>
                    {' '}
                    {wordFault({ code: line.code as ErrorCode, params: {} }, lang.locale)}
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Items open at first where there are few: a report of a hundred machines is no reading. */
const FEW = 3;

function AsSent({
  text,
  items,
  search,
}: {
  readonly text: string;
  readonly items: readonly Item[];
  readonly search: string;
}) {
  const lang = useLang();
  const { items: _items, ...head } = JSON.parse(text) as Record<string, unknown>;
  const isSearched = search.trim() !== '';
  const groups = groupsOf(items, search);
  return (
    <div class="left-json">
      <p class="hint">{m.left_breaks({}, lang)}</p>
      <Json text={readableJson(head)} search={search} />
      {groups.map(({ isHit, items: of }) => {
        const [first] = of;
        const key = first ? `${first.epoch} ${first.seq}` : '';
        if (isSearched && !isHit) {
          return (
            <details key={`rest ${key}`}>
              <summary>{m.left_without_match({ count: of.length, items: String(of.length) }, lang)}</summary>
              {of.map((item) => (
                <Json key={item.seq} text={readableJson(item)} search="" />
              ))}
            </details>
          );
        }
        return of.map((item) => (
          <details key={`${item.epoch} ${item.seq} ${isHit}`} open={isHit || items.length <= FEW}>
            <summary>
              {item.seq} {item.kind}
            </summary>
            <Json text={readableJson(item)} search={search} />
          </details>
        ));
      })}
    </div>
  );
}

/** Runs of items with the search in them, and without. */
function groupsOf(items: readonly Item[], search: string) {
  const wanted = search.trim().toLowerCase();
  const groups: { readonly isHit: boolean; readonly items: Item[] }[] = [];
  for (const item of items) {
    const isHit = wanted !== '' && JSON.stringify(item).toLowerCase().includes(wanted);
    const last = groups.at(-1);
    if (last?.isHit === isHit) last.items.push(item);
    else groups.push({ isHit, items: [item] });
  }
  return groups;
}

function Json({ text, search }: { readonly text: string; readonly search: string }) {
  return <pre>{hitsIn(text, search).map((piece, at) => (at % 2 === 1 ? <mark key={at}>{piece}</mark> : piece))}</pre>;
}

/** Its two ends are what people compare; the whole is in the title and goes to the clipboard. */
function Fingerprint({ value, name }: { readonly value: string; readonly name: string }) {
  const [, algorithm = '', text = value] = /^(sha-\d+)[= ]:?(.*?):?$/.exec(value) ?? [];
  const ends = text.length > 20 ? `${text.slice(0, 8)} … ${text.slice(-8)}` : text;
  return (
    <>
      <code title={value}>{`${algorithm} ${ends}`.trim()}</code> <CopyButton value={value} name={name} />
    </>
  );
}

function Receipt({ payload, items }: { readonly payload: SentPayload; readonly items: readonly Item[] }) {
  const lang = useLang();
  const dates = useDates();
  const { receipt, payload: of, contentDigest } = payload;
  const seqs = items.map(({ seq }) => seq);
  const [first] = items;
  const signature = !receipt.isValid
    ? m.left_signature_wrong({}, lang)
    : receipt.isPinnedKey
      ? m.left_signature_valid({}, lang)
      : m.left_signature_valid_before({}, lang);
  return (
    <footer class="left-proof">
      <dl>
        <dt>{m.left_signature({}, lang)}</dt>
        <dd class={receipt.isValid ? undefined : 'crit'}>
          <Icon name={receipt.isValid ? 'badge-check' : 'octagon-alert'} /> {signature}
        </dd>
        <dt>{m.left_stored({}, lang)}</dt>
        <dd class="num">{dates.full(of.settledAt)}</dd>
        <dt>{m.left_to({}, lang)}</dt>
        <dd>{of.url}</dd>
        <dt>{m.left_digest({}, lang)}</dt>
        <dd>
          <Fingerprint value={contentDigest} name={m.left_digest({}, lang)} />
        </dd>
        <dt>{m.left_numbers({}, lang)}</dt>
        <dd class="num">
          {first &&
            m.left_numbers_of(
              { epoch: first.epoch, from: String(Math.min(...seqs)), to: String(Math.max(...seqs)) },
              lang,
            )}
        </dd>
        <dt>{m.left_key({}, lang)}</dt>
        <dd>
          <Fingerprint value={receipt.keyFingerprint} name={m.left_key({}, lang)} />
        </dd>
      </dl>
      {of.triesBefore > 0 && (
        <p class="hint">{m.left_tries({ count: of.triesBefore, tries: String(of.triesBefore) }, lang)}</p>
      )}
    </footer>
  );
}
