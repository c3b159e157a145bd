/** What a range would mean, asked of the box while it is typed; nothing is sent into the network. */
import type { RangeCheck } from '@rsb/contract';
import { useEffect, useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';

export type RangeCheckState =
  | { readonly state: 'empty' }
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly check: RangeCheck }
  | { readonly state: 'wrong'; readonly reason: string };

/** After a key: long enough not to ask at each, short enough to feel at once. */
const AFTER_KEY = 250;

export function useRangeCheck(range: string): RangeCheckState {
  const { client, clock } = useBox();
  const lang = useLang();
  const text = range.trim();
  const [found, setFound] = useState<{ readonly text: string; readonly state: RangeCheckState } | null>(null);
  useEffect(() => {
    if (text === '') return undefined;
    const leaving = new AbortController();
    const cancel = clock.after(AFTER_KEY, async () => {
      const answer = await client.send<RangeCheck>('POST', '/ranges/check', {
        body: { range: text },
        signal: leaving.signal,
      });
      if (leaving.signal.aborted) return;
      if (answer.ok) setFound({ text, state: { state: 'known', check: answer.value } });
      // Without the box nothing is known; the page says elsewhere that it is away.
      else if (answer.problem.kind === 'problem')
        setFound({ text, state: { state: 'wrong', reason: wordProblem(answer.problem, lang) } });
    });
    return () => {
      leaving.abort();
      cancel();
    };
  }, [text, client, clock, lang]);
  if (text === '') return { state: 'empty' };
  return found?.text === text ? found.state : { state: 'asking' };
}
