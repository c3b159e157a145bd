/** What a rule would open now: the whole fleet is looked at, a slice after the other, until somebody stops it. */
import type { AlertPreview, AlertRule } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { boxPath, devicePath } from '../router.ts';

interface Found {
  readonly wouldOpen: number;
  readonly examined: number;
  readonly total: number;
  readonly examples: AlertPreview['examples'];
  readonly state: 'going' | 'stopped' | 'done';
}

const NOTHING: Found = { wouldOpen: 0, examined: 0, total: 0, examples: [], state: 'going' };
const MOST_EXAMPLES = 5;
const MANY = 10;

export function RulePreview({ rule }: { readonly rule: AlertRule }) {
  const lang = useLang();
  const { client } = useCentral();
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** The look that counts; whoever stops it, or leaves, takes it away. */
  const current = useRef<object | null>(null);
  useEffect(
    () => () => {
      current.current = null;
    },
    [],
  );
  const look = async () => {
    const own = {};
    current.current = own;
    setProblem(null);
    let so = NOTHING;
    setFound(so);
    for (let after: string | null | undefined; after !== null; ) {
      const body = after === undefined ? { rule } : { rule, after };
      const answer = await client.send<AlertPreview>('POST', '/alerts/rules/preview', { body });
      if (current.current !== own) return;
      if (!answer.ok) {
        setProblem(answer.problem);
        setFound(null);
        return;
      }
      const { wouldOpen, examined, total, examples, next } = answer.value;
      so = {
        wouldOpen: so.wouldOpen + wouldOpen,
        examined: so.examined + examined,
        total,
        examples: [...so.examples, ...examples].slice(0, MOST_EXAMPLES),
        state: next === null ? 'done' : 'going',
      };
      setFound(so);
      after = next;
    }
  };
  const stop = () => {
    current.current = null;
    setFound(found && { ...found, state: 'stopped' });
  };
  return (
    <>
      {found?.state === 'going' ? (
        <Button small icon="x" onClick={stop}>
          {m.rule_preview_stop({}, lang)}
        </Button>
      ) : (
        <Button small icon="search" onClick={() => void look()}>
          {m.rule_preview({}, lang)}
        </Button>
      )}
      <span class="second" role="status">
        {found && foundWords(found, lang)}
        {problem && <span class="crit">{wordProblem(problem, lang)}</span>}
      </span>
      {found && found.examples.length > 0 && <Examples found={found} />}
    </>
  );
}

function foundWords({ wouldOpen, examined, total, state }: Found, lang: ReturnType<typeof useLang>): string {
  const counts = { count: formatCount(wouldOpen, lang), examined: formatCount(examined, lang) };
  if (state !== 'done') {
    const going = m.rule_preview_going({ ...counts, total: formatCount(total, lang) }, lang);
    return state === 'going' ? going : `${m.rule_preview_stopped({}, lang)} ${going}`;
  }
  const would = m.rule_would_open({ count: wouldOpen, n: counts.count, examined: counts.examined }, lang);
  return wouldOpen > MANY ? `${would} ${m.rule_preview_grouped({}, lang)}` : would;
}

function Examples({ found: { examples, wouldOpen } }: { readonly found: Found }) {
  const lang = useLang();
  return (
    <ul class="second rule-examples">
      {examples.map(({ customer, customerName, device, label }) => (
        <li key={`${customer} ${device} ${label}`}>
          <a href={device === null ? boxPath(customer, label) : devicePath(customer, device)}>
            {device === null ? m.alert_about_box({ agent: label }, lang) : label}
          </a>
          , {customerName}
        </li>
      ))}
      {wouldOpen > examples.length && (
        <li>{m.today_more({ n: formatCount(wouldOpen - examples.length, lang) }, lang)}</li>
      )}
    </ul>
  );
}
