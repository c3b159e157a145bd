/** What a range in hand would cost, asked of the box while it is typed; nothing is sent into the network. */
import type { RangeEstimate } from '@rsb/contract';
import { useEffect, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import type { RangeDraft } from './draft.ts';

/** LOOK §5. */
const AFTER_KEY = 150;

export type EstimateState =
  | { readonly state: 'none' }
  /** The box reckons nothing of what it would refuse. */
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'asking'; readonly before: RangeEstimate | null }
  | { readonly state: 'known'; readonly estimate: RangeEstimate };

const decimal = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));

/** Null while something in it is no number: then there is nothing to reckon. */
export function estimateRequest(range: RangeDraft, saved: readonly string[], boxPackets: string): object | null {
  const packetsPerSecond = decimal(range.packetsPerSecond);
  const boxPacketsPerSecond = decimal(boxPackets);
  const isRate = (value: number) => value >= 0 && value <= 1000;
  if (range.range.trim() === '' || !isRate(packetsPerSecond) || !isRate(boxPacketsPerSecond)) return null;
  const kilobytes = decimal(range.kilobytesPerHour);
  return {
    range: range.range.trim(),
    ping: range.ping,
    packetsPerSecond,
    boxPacketsPerSecond,
    // One that is not saved yet costs as much as the others.
    credentials: range.credentials.filter((id) => saved.includes(id)),
    kilobytesPerHour: Number.isInteger(kilobytes) && kilobytes > 0 ? kilobytes : null,
  };
}

export function useEstimate(request: object | null): EstimateState {
  const { client, clock } = useBox();
  const text = request === null ? '' : JSON.stringify(request);
  const lang = useLang();
  const [found, setFound] = useState<{
    readonly text: string;
    readonly estimate: RangeEstimate | null;
    readonly problem: Problem | null;
  } | null>(null);
  useEffect(() => {
    if (text === '') return undefined;
    const leaving = new AbortController();
    const cancel = clock.after(AFTER_KEY, async () => {
      const answer = await client.send<RangeEstimate>('POST', '/ranges/estimate', {
        body: JSON.parse(text),
        signal: leaving.signal,
      });
      if (leaving.signal.aborted) return;
      setFound({ text, estimate: answer.ok ? answer.value : null, problem: answer.ok ? null : answer.problem });
    });
    return () => {
      leaving.abort();
      cancel();
    };
  }, [text, client, clock]);
  if (text === '') return { state: 'none' };
  if (found?.text !== text) return { state: 'asking', before: found?.estimate ?? null };
  if (found.estimate) return { state: 'known', estimate: found.estimate };
  return found.problem ? { state: 'refused', reason: wordProblem(found.problem, lang) } : { state: 'none' };
}
