/** What has not left yet, and what central put aside: each as it would travel. */
import type { SentSummary, WaitingItem, WaitingList } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Panel } from '../../components/Panel.tsx';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import { readableJson } from './json-text.ts';
import { kindsText } from './kind-words.ts';

const SHOWN = 20;
const EVERY = 30_000;

export function WaitingPanel({ summary }: { readonly summary: SentSummary }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const { waiting, quarantined, droppedBeforeEnrolment } = summary;
  const { value } = useAnswer<WaitingList>(`/sent/waiting?limit=${SHOWN}`, EVERY);
  const items = formatCount(waiting.items, lang);
  const kinds = kindsText(waiting.kinds, waiting.kinds.reading ?? 0, lang);
  return (
    <Panel
      id="waiting"
      flush
      title={m.left_waits({}, lang)}
      fact={m.left_waits_fact({ count: waiting.items, items, size: formatBytes(waiting.bytes, lang) }, lang)}
    >
      <p class="left-pad fact">
        {waiting.items === 0
          ? m.left_waits_none({}, lang)
          : [
              ...kinds,
              ...(waiting.oldest ? [m.left_waits_since({ time: dates.near(waiting.oldest, now) }, lang)] : []),
            ].join(', ')}
        {quarantined > 0 && (
          <span class="warn">
            {' · '}
            {m.left_aside({ count: quarantined, items: formatCount(quarantined, lang) }, lang)}
          </span>
        )}
      </p>
      {droppedBeforeEnrolment > 0 && (
        <p class="left-pad warn">
          {m.left_dropped({ count: droppedBeforeEnrolment, items: formatCount(droppedBeforeEnrolment, lang) }, lang)}
        </p>
      )}
      <div class="left-json left-waiting">
        {value?.items.map((item) => (
          <Waiting key={item.place} item={item} />
        ))}
      </div>
    </Panel>
  );
}

function Waiting({ item }: { readonly item: WaitingItem }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const isAside = item.state === 'quarantined';
  return (
    <details>
      <summary>
        {item.seq} {item.kind}, {dates.near(item.at, now)}
        {isAside && (
          <span class="warn">
            {', '}
            {m.left_result_quarantined({}, lang)} {item.code}
          </span>
        )}
      </summary>
      <pre>{readable(item.body)}</pre>
    </details>
  );
}

/** A body that a damaged disk changed is shown as it lies there. */
function readable(body: string): string {
  try {
    return readableJson(JSON.parse(body));
  } catch {
    return body;
  }
}
