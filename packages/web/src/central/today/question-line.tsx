/** A counter that waits for a person: what it said, the possible answers with their pages, and the reason that goes with one. */
import type { DeviceQuestion, QuestionAnswer, QuestionLine } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useId, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { devicePath } from '../router.ts';
import type { Acting } from './attention.tsx';
import { dayOf } from './day-words.ts';

type Lang = ReturnType<typeof useLang>;

export function questionWord({ why, counts }: DeviceQuestion, lang: Lang): string {
  const told = counts.find(({ count }) => count === 'all') ?? counts[0];
  const ends = {
    before: told ? formatCount(told.before, lang) : '?',
    after: told ? formatCount(told.after, lang) : '?',
  };
  switch (why) {
    case 'rose':
      return m.today_why_rose(ends, lang);
    case 'rollover':
      return m.today_why_rollover(ends, lang);
    case 'twoMachines':
      return m.today_why_two({}, lang);
    default:
      return m.today_why_fell(ends, lang);
  }
}

export function answerWord(answer: QuestionAnswer, lang: Lang): string {
  switch (answer) {
    case 'nothing':
      return m.today_answer_nothing({}, lang);
    case 'difference':
      return m.today_answer_difference({}, lang);
    case 'sinceReset':
      return m.today_answer_reset({}, lang);
  }
}

export function QuestionLineItem({ line, acting }: { readonly line: QuestionLine; readonly acting: Acting }) {
  const lang = useLang();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li class="aside-question">
      <div class="aside-line">
        <Icon name={line.question.why === 'rose' ? 'chart-column' : 'undo-2'} />
        <span class="aside-words">
          <span>{questionWord(line.question, lang)}</span>
          <span class="second">
            <a href={devicePath(line.customer, line.device)}>{line.name}</a>, {line.customerName},{' '}
            {dates.day(line.question.at)}
          </span>
        </span>
        {acting.mayAct && (
          <button
            type="button"
            class="link-button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? m.today_decide_close({}, lang) : m.today_decide({}, lang)}
          </button>
        )}
      </div>
      {isOpen && (
        <div id={id}>
          <AnswerForm
            customer={line.customer}
            device={line.device}
            question={line.question}
            onAnswered={acting.changed}
          />
        </div>
      )}
    </li>
  );
}

interface AnswerFormProps {
  readonly customer: string;
  readonly device: string;
  readonly question: DeviceQuestion;
  readonly onAnswered: () => void;
}

export function AnswerForm({ customer, device, question, onAnswered }: AnswerFormProps) {
  const lang = useLang();
  const toast = useToast();
  const { client } = useCentral();
  const [chosen, setChosen] = useState<QuestionAnswer | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = useId();
  const send = async (event: Event) => {
    event.preventDefault();
    if (chosen === null || reason.trim() === '') return;
    setBusy(true);
    const path = `${deviceOf(customer, device)}/questions/${encodeURIComponent(question.key)}`;
    const answer = await client.send('PUT', path, { body: { answer: chosen, reason: reason.trim() } });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    toast({ text: m.today_answered({}, lang) });
    onAnswered();
  };
  return (
    <form class="answer-form" onSubmit={(event) => void send(event)}>
      {question.answers.map(({ answer, pages, day }) => {
        const counted = pages['all'] ?? Object.values(pages)[0] ?? 0;
        return (
          <label key={answer} class="answer-choice">
            <input type="radio" name={name} checked={chosen === answer} onChange={() => setChosen(answer)} />
            <span>{answerWord(answer, lang)}</span>
            <span class="second num">
              {m.today_answer_pages({ pages: formatCount(counted, lang), day: dayOf(day, lang) }, lang)}
            </span>
          </label>
        );
      })}
      <TextField
        label={m.today_reason({}, lang)}
        hint={m.today_reason_hint({}, lang)}
        value={reason}
        onInput={setReason}
      />
      {problem && (
        <p class="crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
      <Button
        type="submit"
        kind="primary"
        disabled={chosen === null || reason.trim() === ''}
        busy={busy && m.today_answering({}, lang)}
      >
        {m.today_answer({}, lang)}
      </Button>
    </form>
  );
}
