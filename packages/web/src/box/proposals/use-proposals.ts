/** What central proposes, as far as it waits for somebody here: asked anew after each report that arrived. */
import type { BoxProposalList, BoxProposalView } from '@rsb/contract';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../api/client.ts';
import { useBox, useBoxView, useSignedIn } from '../box-context.tsx';

export interface WaitingProposals {
  readonly waiting: readonly BoxProposalView[];
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Answers whether it was done. */
  answer(id: string, accept: boolean): Promise<boolean>;
}

/** `atOnce`: central is asked first, for somebody stands at the box and waits. */
export function useProposals(atOnce = false): WaitingProposals {
  const { client } = useBox();
  const { central, agent } = useBoxView();
  const signedIn = useSignedIn();
  const [list, setList] = useState<BoxProposalList | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const { lastReached } = central;
  useEffect(() => {
    if (!signedIn || agent === null) return;
    const asked = atOnce
      ? client.send<BoxProposalList>('POST', '/proposals/ask', { body: {} })
      : client.get<BoxProposalList>('/proposals');
    void asked.then((answer) => answer.ok && setList(answer.value));
  }, [client, signedIn, agent, lastReached, atOnce]);
  const answer = useCallback(
    async (id: string, accept: boolean) => {
      setBusy(true);
      const done = await client.send<BoxProposalList>('POST', `/proposals/${id}/answer`, { body: { accept } });
      setBusy(false);
      setProblem(done.ok ? null : done.problem);
      if (done.ok) setList(done.value);
      return done.ok;
    },
    [client],
  );
  const waiting = (list?.proposals ?? []).filter(({ state }) => state === 'waiting');
  return { waiting: signedIn ? waiting : [], problem, busy, answer };
}
