/** One step of an alert in words: what was done, with whom or until when, and beneath it what somebody noted. */
import type { AlertStep, ResolvedReason } from '@rsb/contract';
import { m } from '@rsb/messages';
import { stepWord } from '@rsb/messages/alert-words';
import { useDates } from '../../format/dates-context.tsx';
import { type Language, useLang } from '../../language/language.tsx';

export function StepWords({ step, now }: { readonly step: AlertStep; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const beneath = [
    step.reason === null ? null : reasonWord(step.reason, lang),
    ...(step.note?.split('\n') ?? []).filter((line) => line.trim() !== ''),
  ].filter((line) => line !== null);
  return (
    <span>
      {whatWord(step, lang, (at) => dates.near(at, now))}
      {beneath.map((line) => (
        <span key={line} class="second">
          {line}
        </span>
      ))}
    </span>
  );
}

function whatWord({ step, to, until }: AlertStep, lang: Language, when: (at: string) => string): string {
  if (step === 'assigned') return to === null ? m.step_unassigned({}, lang) : m.alert_assigned({ name: to }, lang);
  if (step === 'snoozed' && until !== null) return m.alert_snoozed_until({ when: when(until) }, lang);
  return stepWord(step, lang.locale);
}

/** Why central ended it without a word of the machine. */
function reasonWord(reason: ResolvedReason, lang: Language): string {
  switch (reason) {
    case 'deviceGone':
      return m.step_over_device({}, lang);
    case 'partOf':
      return m.step_over_part({}, lang);
    case 'ruleGone':
      return m.step_over_rule({}, lang);
    case 'ruleChanged':
      return m.step_over_rule_changed({}, lang);
  }
}
