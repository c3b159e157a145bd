/** What happened to a machine, and which of its counters wait for a person or were decided by one. */
import type { CentralDeviceView, DeviceHistoryEvent, DeviceQuestion } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../central-context.tsx';
import { deviceOf } from '../customer/paths.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { AnswerForm, answerWord, questionWord } from '../today/question-line.tsx';
import { useResource } from '../use-resource.ts';
import { eventWord } from './event-words.ts';
import '../today/today.css';

/** So many stand here until more are asked for. */
const FEW = 10;

export function EventsPanel({ device }: { readonly device: CentralDeviceView }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const [showsAll, setShowsAll] = useState(false);
  const events = useResource<readonly DeviceHistoryEvent[]>(`${deviceOf(device.customer, device.id)}/events`);
  return (
    <Panel title={m.device_events({}, lang)} flush>
      <LoadedPart of={events} onRetry={() => void events.reload()} rows={3}>
        {(all) =>
          all.length === 0 ? (
            <p class="panel-body fact">{m.device_events_none({}, lang)}</p>
          ) : (
            <>
              <ul class="aside-list">
                {all.slice(0, showsAll ? all.length : FEW).map((event) => (
                  <li key={event.key} class="aside-line">
                    <span class="aside-words">{eventWord(event, lang)}</span>
                    <time class="aside-end second num" dateTime={event.at} title={dates.full(event.at)}>
                      {dates.near(event.at, now)}
                    </time>
                  </li>
                ))}
              </ul>
              {all.length > FEW && !showsAll && (
                <p class="panel-foot">
                  <button type="button" class="link-button" onClick={() => setShowsAll(true)}>
                    {m.today_more({ n: formatCount(all.length - FEW, lang) }, lang)}
                  </button>
                </p>
              )}
            </>
          )
        }
      </LoadedPart>
    </Panel>
  );
}

/** Not drawn where nothing was ever asked. */
export function QuestionsPanel({ device }: { readonly device: CentralDeviceView }) {
  const lang = useLang();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const questions = useResource<readonly DeviceQuestion[]>(`${deviceOf(device.customer, device.id)}/questions`);
  const all = questions.value ?? [];
  if (all.length === 0) return null;
  const open = all.filter(({ answered }) => answered === null);
  return (
    <Panel title={m.device_questions({}, lang)} fact={<span class="num">{formatCount(open.length, lang)}</span>} flush>
      <ul class="aside-list">
        {all.map((question) => (
          <li key={question.key}>
            <div class="aside-line">
              <span class="aside-words">
                <span>{questionWord(question, lang)}</span>
                {question.answered && (
                  <span class="second">
                    {m.device_question_answered(
                      {
                        answer: answerWord(question.answered.answer, lang),
                        by: question.answered.by,
                        reason: question.answered.reason,
                      },
                      lang,
                    )}
                  </span>
                )}
              </span>
              <time class="aside-end second num" dateTime={question.at} title={dates.full(question.at)}>
                {dates.day(question.at)}
              </time>
            </div>
            {mayWrite && question.answered === null && (
              <AnswerForm
                customer={device.customer}
                device={device.id}
                question={question}
                onAnswered={() => void questions.reload()}
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
