/** Before the billing day: how many readings are good enough, which are missing, which counters wait for a person. */
import type { TodayView } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
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
  const lastRead = (at: string | null) =>
    at === null ? m.today_never_read({}, lang) : m.today_last_reading({ when: dates.near(at, now) }, lang);
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
              <MissingItem
                key={line.box}
                href={boxPath(line.customer, line.box)}
                whose={line.customerName}
                at={line.lastHeard}
                now={now}
              >
                {m.today_behind_box({ count: line.machines, n: formatCount(line.machines, lang), box: line.box }, lang)}
              </MissingItem>
            ))}
            {readings.networks.map((line) => (
              <MissingItem
                key={`${line.customer} ${line.subject}`}
                href={`/fleet?view=old&box=${encodeURIComponent(line.box)}`}
                whose={`${line.customerName}, ${lastRead(line.lastRead)}`}
                at={line.lastRead}
                now={now}
              >
                {networkWords(line.unreached, line.machines, lang)}
              </MissingItem>
            ))}
            {readings.lines.map((line) => (
              <MissingItem
                key={line.subject}
                href={devicePath(line.customer, line.device)}
                whose={`${line.customerName}, ${lastRead(line.lastRead)}`}
                at={line.lastRead}
                now={now}
              >
                {line.name}
              </MissingItem>
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

interface MissingItemProps {
  readonly href: string;
  readonly whose: string;
  readonly at: string | null;
  readonly now: number;
  readonly children: ComponentChildren;
}

/** What has no reading for its billing day: a box, a network or a machine. */
function MissingItem({ href, whose, at, now, children }: MissingItemProps) {
  return (
    <li class="aside-line">
      <Icon name="unplug" />
      <span class="aside-words">
        <a class="row-link" href={href}>
          {children}
        </a>
        <span class="second">{whose}</span>
      </span>
      <span class="aside-end second num">{at && <Age at={at} now={now} />}</span>
    </li>
  );
}
