/** The list of payloads as it is searched: first page at once, further ones when asked for. */
import type { SentList, SentPayloadView } from '@rsb/contract';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/client.ts';
import { useBox } from '../box-context.tsx';

export const SPANS = [7, 30, 90, 'all'] as const;
export type Span = (typeof SPANS)[number];

export interface Payloads {
  readonly search: string;
  readonly span: Span;
  /** Null until the first answer. */
  readonly rows: readonly SentPayloadView[] | null;
  readonly total: number | null;
  readonly next: number | null;
  readonly searchedTo: string | null;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  setSearch(search: string): void;
  setSpan(span: Span): void;
  more(): void;
  reload(): void;
}

interface Loaded {
  readonly rows: readonly SentPayloadView[] | null;
  readonly total: number | null;
  readonly next: number | null;
  readonly searchedTo: string | null;
  readonly problem: Problem | null;
}

const NOTHING: Loaded = { rows: null, total: null, next: null, searchedTo: null, problem: null };
/** After the last key: the box reads every payload for a search. */
const PATIENCE = 250;

export function sentQuery(search: string, span: Span): URLSearchParams {
  const query = new URLSearchParams();
  if (search.trim() !== '') query.set('search', search.trim());
  if (span !== 'all') query.set('days', String(span));
  return query;
}

/** `newest` changes when there may be a newer payload. */
export function usePayloads(newest: string | null): Payloads {
  const { client, clock } = useBox();
  const [search, setSearch] = useState('');
  const [span, setSpan] = useState<Span>(30);
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const [isLoading, setLoading] = useState(false);
  const asked = useRef(0);

  const load = useCallback(
    async (before: number | null) => {
      asked.current += 1;
      const mine = asked.current;
      setLoading(true);
      const query = sentQuery(search, span);
      if (before !== null) query.set('before', String(before));
      const answer = await client.get<SentList>(`/sent?${query.toString()}`);
      if (mine !== asked.current) return;
      setLoading(false);
      setLoaded((last) => {
        if (!answer.ok) return { ...last, problem: answer.problem };
        const { payloads, next, total, searchedTo } = answer.value;
        if (before === null) return { rows: payloads, next, total, searchedTo, problem: null };
        return { rows: [...(last.rows ?? []), ...payloads], next, total: last.total, searchedTo, problem: null };
      });
    },
    [client, search, span],
  );
  const wasSearched = useRef(search);
  useEffect(() => {
    const isTyped = wasSearched.current !== search;
    wasSearched.current = search;
    if (!isTyped) {
      void load(null);
      return undefined;
    }
    return clock.after(PATIENCE, () => void load(null));
  }, [load, clock, search, newest]);

  return {
    search,
    span,
    ...loaded,
    isLoading,
    setSearch,
    setSpan,
    more: () => void load(loaded.next),
    reload: () => void load(null),
  };
}
