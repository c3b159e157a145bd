/** One step of an alert in words: what was done, with whom or until when, and beneath it what somebody noted. */
import type { AlertDetail } from '@rsb/contract';
import { m } from '@rsb/messages';
import { stepWord } from '@rsb/messages/alert-words';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';

type Step = AlertDetail['steps'][number];

export function StepWords({ step: { step, by, note }, now }: { readonly step: Step; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const [first = '', ...rest] = note?.split('\n') ?? [];
  const words = (what: string, noted: readonly string[]) => (
    <span>
      {what}
      {noted
        .filter((line) => line !== '')
        .map((line) => (
          <span key={line} class="second">
            {line}
          </span>
        ))}
    </span>
  );
  // The first line says with whom it is, or until when it sleeps; what a person noted follows.
  if (step === 'assigned')
    return words(first === '' ? m.step_unassigned({}, lang) : m.alert_assigned({ name: first }, lang), rest);
  if (step === 'snoozed' && /^\d+$/.test(first))
    return words(m.alert_snoozed_until({ when: dates.near(new Date(Number(first)).toISOString(), now) }, lang), rest);
  if (step === 'resolved' && by === null && note !== null)
    return words(stepWord(step, lang.locale), [overWord(note, lang) ?? note]);
  return words(stepWord(step, lang.locale), [first, ...rest]);
}

/** Why central ended it without a word of the machine. */
function overWord(note: string, lang: ReturnType<typeof useLang>): string | null {
  switch (note) {
    case 'deviceGone':
      return m.step_over_device({}, lang);
    case 'partOf':
      return m.step_over_part({}, lang);
    case 'ruleGone':
      return m.step_over_rule({}, lang);
    case 'ruleChanged':
      return m.step_over_rule_changed({}, lang);
    default:
      return null;
  }
}
