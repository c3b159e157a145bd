/** One proposal of central, shown in full, with yes and no. */
import type { BoxProposalView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBoxView, useLive } from '../box-context.tsx';
import { ProposedFacts } from './proposed-facts.tsx';
import { useProposals } from './use-proposals.ts';
import './proposals.css';

export interface ProposalPanelProps {
  readonly proposal: BoxProposalView;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly onAnswer: (accept: boolean) => void;
  /** Inside of another panel. */
  readonly bare?: boolean;
}

export function ProposalPanel({ proposal, problem, busy, onAnswer, bare = false }: ProposalPanelProps) {
  const lang = useLang();
  const dates = useDates();
  const { dealer: known } = useBoxView();
  const { devices } = useLive();
  const { by, proposedAt, settings, command } = proposal;
  const dealer = known?.name || m.prepared_central({}, lang);
  const machineNamed = (id: string) => devices?.get(id)?.hostName ?? devices?.get(id)?.address ?? id;
  const words = () => {
    switch (command?.do) {
      case 'scan':
        return m.prepared_command_scan({ by, dealer }, lang);
      case 'read':
        return m.prepared_command_read({ by, dealer, machine: machineNamed(command.device) }, lang);
      case 'test':
        return m.prepared_command_test({ by, dealer, address: command.address }, lang);
      case 'capture':
        return m.prepared_command_capture({ by, dealer, address: command.address }, lang);
      default:
        return m.prepared_about({ by, day: dates.longDay(proposedAt) }, lang);
    }
  };
  const title = m.prepared_title({ dealer }, lang);
  const content = (
    <>
      <p class="fact">{words()}</p>
      {settings && <ProposedFacts settings={settings} />}
      {problem && (
        <p class="crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
      <p class="row-of-buttons">
        <Button kind="primary" busy={busy ? m.loading({}, lang) : undefined} onClick={() => onAnswer(true)}>
          {m.prepared_yes({}, lang)}
        </Button>
        <Button onClick={() => onAnswer(false)}>{m.prepared_no({}, lang)}</Button>
      </p>
    </>
  );
  if (bare) {
    return (
      <div class="proposal-bare">
        <h2>{title}</h2>
        {content}
      </div>
    );
  }
  return (
    <div class="proposal">
      <Panel id={`proposal-${proposal.id}`} title={title}>
        {content}
      </Panel>
    </div>
  );
}

/** On the pages of a box in use: whatever waits for a yes. */
export function WaitingProposals() {
  const lang = useLang();
  const toast = useToast();
  const { waiting, problem, busy, answer } = useProposals();
  const [first] = waiting;
  if (!first) return null;
  const onAnswer = async (accept: boolean) => {
    if (await answer(first.id, accept))
      toast({ text: accept ? m.prepared_saved({}, lang) : m.prepared_declined({}, lang) });
  };
  return <ProposalPanel proposal={first} problem={problem} busy={busy} onAnswer={(accept) => void onAnswer(accept)} />;
}
