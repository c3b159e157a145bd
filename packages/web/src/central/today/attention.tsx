/** What a reader does about a line: acknowledged, given to somebody, put off; and the way back. */
import type { AttentionRequest } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';

/** What names a line to the server. */
export interface Handled {
  readonly customer: string;
  readonly subject: string;
  readonly cause: string;
}

export interface Acting {
  readonly people: readonly string[];
  /** A reader of one customer only looks. */
  readonly mayAct: boolean;
  /** Why the last step was not taken. */
  readonly notice: ComponentChildren;
  acknowledge(line: Handled): void;
  assign(line: Handled, to: string | null): void;
  snooze(line: Handled, hours: number): void;
  /** Something else of the day changed: fetch it anew. */
  changed(): void;
}

const HOUR = 3_600_000;

export function useAttention(people: readonly string[], changed: () => void): Acting {
  const lang = useLang();
  const dates = useDates();
  const toast = useToast();
  const { client, session } = useCentral();
  const [problem, setProblem] = useState<Problem | null>(null);
  const step = async ({ customer, subject, cause }: Handled, rest: Pick<AttentionRequest, 'step' | 'to' | 'hours'>) => {
    const body: AttentionRequest = { customer, subject, cause, ...rest };
    const answer = await client.send('POST', '/today/attention', { body });
    setProblem(answer.ok ? null : answer.problem);
    changed();
    return answer.ok;
  };
  return {
    people,
    mayAct: people.length > 0,
    notice: problem && (
      <div class="stale-banner" role="alert">
        <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />
      </div>
    ),
    acknowledge: (line) => void step(line, { step: 'acknowledge' }),
    assign: (line, to) => void step(line, { step: 'assign', to }),
    snooze: (line, hours) => {
      const until = session.now() + hours * HOUR;
      void step(line, { step: 'snooze', hours }).then((done) => {
        if (!done) return;
        const when = `${dates.day(until)} ${dates.time(until)}`;
        toast({
          text: m.today_snoozed({ when }, lang),
          action: { text: m.today_undo({}, lang), run: () => void step(line, { step: 'wake' }) },
        });
      });
    },
    changed,
  };
}
