/** The line check as it comes: one finding for each step, the later one of a step in the place of the earlier. */
import type { LineFinding, LineStep } from '@rsb/contract';
import { useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/client.ts';
import { useBox } from '../box-context.tsx';

export interface LineCheckState {
  readonly findings: ReadonlyMap<LineStep, LineFinding>;
  readonly running: boolean;
  readonly problem: Problem | null;
  readonly run: (url: string) => Promise<void>;
}

/** Connecting is given 20 s by the box, the answer 60. */
const PATIENCE = 120_000;

export function useLineCheck(): LineCheckState {
  const { client } = useBox();
  const [findings, setFindings] = useState<LineCheckState['findings']>(new Map());
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const turn = useRef(0);
  const run = async (url: string) => {
    turn.current += 1;
    const own = turn.current;
    setRunning(true);
    setProblem(null);
    setFindings(new Map());
    const answer = await client.stream<LineFinding>('/line-check', {
      body: url.trim() === '' ? {} : { url: url.trim() },
      patience: PATIENCE,
      onLine: (finding) => {
        if (own === turn.current) setFindings((before) => new Map(before).set(finding.step, finding));
      },
    });
    if (own !== turn.current) return;
    setRunning(false);
    setProblem(answer.ok ? null : answer.problem);
  };
  return { findings, running, problem, run };
}
