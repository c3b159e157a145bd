/** Readings as they came, newest first; each opens as the JSON that the box sent. */
import type { CentralDeviceView, RawReading } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { readingFacts } from './reading-facts.ts';

const AT_ONCE = 20;
const keyOf = (reading: RawReading): string => `${reading.epoch}:${reading.seq}`;

/** Newer ones first, each once: the newest page is fetched again while older ones stay. */
function merged(newer: readonly RawReading[], older: readonly RawReading[]): readonly RawReading[] {
  const known = new Set(newer.map(keyOf));
  return [...newer, ...older.filter((reading) => !known.has(keyOf(reading)))];
}

export function ReadingsPanel({ device }: { readonly device: CentralDeviceView }) {
  const lang = useLang();
  const { client } = useCentral();
  const [readings, setReadings] = useState<readonly RawReading[] | null>(null);
  const [complete, setComplete] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `${deviceOf(device.customer, device.id)}/readings?limit=${AT_ONCE}`;

  const fetchPage = async (before: RawReading | null) => {
    setBusy(true);
    const answer = await client.get<readonly RawReading[]>(
      before ? `${path}&before=${encodeURIComponent(keyOf(before))}` : path,
    );
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setProblem(null);
    const page = answer.value;
    setReadings((known) => (before ? [...(known ?? []), ...page] : joined(page, known)));
    if (before || readings === null) setComplete(page.length < AT_ONCE);
  };
  useEffect(() => {
    void fetchPage(null);
  }, [path, device.readings]);

  const last = readings?.at(-1) ?? null;
  return (
    <Panel
      title={m.readings({}, lang)}
      fact={m.readings_count({ count: device.readings, readings: formatCount(device.readings, lang) }, lang)}
      flush
    >
      {readings?.length === 0 && <p class="panel-body fact">{m.readings_none({}, lang)}</p>}
      {readings && readings.length > 0 && (
        <ul class="readings">
          {readings.map((reading) => (
            <ReadingLine key={keyOf(reading)} reading={reading} />
          ))}
        </ul>
      )}
      {problem && (
        <p class="panel-body crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
      {(problem || (last && !complete)) && (
        <div class="readings-foot">
          <Button busy={busy && m.loading({}, lang)} onClick={() => void fetchPage(last)}>
            {problem ? m.try_again({}, lang) : m.readings_older({}, lang)}
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** Where more than a page came in the meantime there would be a hole: then the list begins anew. */
function joined(page: readonly RawReading[], known: readonly RawReading[] | null): readonly RawReading[] {
  if (known === null) return page;
  const seen = new Set(known.map(keyOf));
  return page.some((reading) => seen.has(keyOf(reading))) ? merged(page, known) : page;
}

function ReadingLine({ reading }: { readonly reading: RawReading }) {
  const lang = useLang();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  return (
    <li class="reading">
      <button type="button" class="reading-line" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        <time class="num" dateTime={reading.takenAt} title={dates.full(reading.takenAt)}>
          {dates.longDay(reading.takenAt)} {dates.clock(reading.takenAt)}
        </time>
        <span class="fact">{readingFacts(reading.reading, lang).join(', ')}</span>
        <span class="hint num reading-number">{m.reading_number({ seq: String(reading.seq) }, lang)}</span>
      </button>
      {isOpen && (
        <div class="reading-body">
          <p class="hint">
            {m.reading_received(
              {
                day: dates.longDay(reading.receivedAt),
                time: dates.clock(reading.receivedAt),
                epoch: reading.epoch,
                seq: String(reading.seq),
              },
              lang,
            )}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(reading.reading, null, 2)}</pre>
        </div>
      )}
    </li>
  );
}
