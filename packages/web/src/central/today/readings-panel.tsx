/** Before the billing day: how many readings are good enough, which are missing, which counters wait for a person. */
import type { TodayView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Age } from '../../components/Age.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { boxPath, devicePath } from '../router.ts';
import type { Acting } from './attention.tsx';
import { dayOf, daysUntil } from './day-words.ts';
import { MoreFoot } from './machine-cells.tsx';
import { networkWords } from './network-line.tsx';
import { QuestionLineItem } from './question-line.tsx';

interface ReadingsPanelProps {
  readonly value: TodayView;
  readonly now: number;
  readonly acting: Acting;
}

export function ReadingsPanel({ value, now, acting }: ReadingsPanelProps) {
  const lang = useLang();
  const dates = useDates();
  const { readings, questions } = value;
  const valid = readings.watched - readings.missing;
  const days = daysUntil(readings.billingDay, now);
  const groups = [...readings.boxes, ...readings.networks];
  const shown = readings.lines.length + groups.reduce((sum, { machines }) => sum + machines, 0);
  return (
    <Panel
      id="readings"
      title={m.today_readings({ day: dayOf(readings.billingDay, lang) }, lang)}
      right={
        <span class="fact">
          {days === 0
            ? m.today_due_today({}, lang)
            : m.today_in_days({ count: days, n: formatCount(days, lang) }, lang)}
        </span>
      }
      flush
    >
      <div class="valid-readings">
        <span>{m.today_valid({}, lang)}</span>
        <span class="num">
          {m.today_valid_of({ valid: formatCount(valid, lang), all: formatCount(readings.watched, lang) }, lang)}
        </span>
        <svg class="valid-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect class="valid-track" width="100" height="8" />
          <rect class="valid-fill" width={readings.watched === 0 ? 0 : (100 * valid) / readings.watched} height="8" />
        </svg>
      </div>
      {readings.missing > 0 && (
        <>
          <h3 class="aside-head" id="missing">
            {m.today_missing({}, lang)} <span class="fact num">{formatCount(readings.missing, lang)}</span>
          </h3>
          <ul class="aside-list">
            {readings.boxes.map((line) => (
              <li key={line.box} class="aside-line">
                <Icon name="unplug" />
                <span class="aside-words">
                  <a class="row-link" href={boxPath(line.customer, line.box)}>
                    {m.today_behind_box(
                      { count: line.machines, n: formatCount(line.machines, lang), box: line.box },
                      lang,
                    )}
                  </a>
                  <span class="second">{line.customerName}</span>
                </span>
                <span class="aside-end second num">{line.lastHeard && <Age at={line.lastHeard} now={now} />}</span>
              </li>
            ))}
            {readings.networks.map((line) => (
              <li key={`${line.customer} ${line.subject}`} class="aside-line">
                <Icon name="unplug" />
                <span class="aside-words">
                  <a class="row-link" href={`/fleet?view=old&box=${encodeURIComponent(line.box)}`}>
                    {networkWords(line.unreached, line.machines, lang)}
                  </a>
                  <span class="second">
                    {line.customerName},{' '}
                    {line.lastRead === null
                      ? m.today_never_read({}, lang)
                      : m.today_last_reading({ when: dates.near(line.lastRead, now) }, lang)}
                  </span>
                </span>
                <span class="aside-end second num">{line.lastRead && <Age at={line.lastRead} now={now} />}</span>
              </li>
            ))}
            {readings.lines.map((line) => (
              <li key={line.subject} class="aside-line">
                <Icon name="unplug" />
                <span class="aside-words">
                  <a class="row-link" href={devicePath(line.customer, line.device)}>
                    {line.name}
                  </a>
                  <span class="second">
                    {line.customerName},{' '}
                    {line.lastRead === null
                      ? m.today_never_read({}, lang)
                      : m.today_last_reading({ when: dates.near(line.lastRead, now) }, lang)}
                  </span>
                </span>
                <span class="aside-end second num">{line.lastRead && <Age at={line.lastRead} now={now} />}</span>
              </li>
            ))}
          </ul>
          <MoreFoot total={readings.missing} shown={shown} view="old" />
        </>
      )}
      {readings.later.length > 0 && (
        <ul class="aside-list">
          {readings.later.map((later) => (
            <li key={later.billingDay} class="aside-line">
              <Icon name="calendar" />
              <span class="aside-words">{m.today_readings({ day: dayOf(later.billingDay, lang) }, lang)}</span>
              <span class="aside-end second num">
                {m.today_valid_of(
                  {
                    valid: formatCount(later.watched - later.missing, lang),
                    all: formatCount(later.watched, lang),
                  },
                  lang,
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {questions.total > 0 && (
        <>
          <h3 class="aside-head" id="questions">
            {m.today_questions({}, lang)} <span class="fact num">{formatCount(questions.total, lang)}</span>
          </h3>
          <ul class="aside-list">
            {questions.lines.map((line) => (
              <QuestionLineItem key={line.subject} line={line} acting={acting} />
            ))}
          </ul>
          <MoreFoot total={questions.total} shown={questions.lines.length} view="questions" />
        </>
      )}
    </Panel>
  );
}
