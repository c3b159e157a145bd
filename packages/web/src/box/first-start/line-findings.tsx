/** What the line check found, step by step; faults as sentences that can be passed on to the customer's IT. */
import type { LineFinding, LineStep } from '@rsb/contract';
import { m } from '@rsb/messages';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useLang } from '../../language/language.tsx';
import type { IconName } from '../../look/icons.ts';
import type { LineCheckState } from './use-line-check.ts';
import './line-findings.css';

/** In the order of the way; the page loads no code of the contract. */
const LINE_STEPS: readonly LineStep[] = ['link', 'address', 'names', 'clock', 'proxy', 'tls', 'central'];

const LOOKS: Readonly<Record<LineFinding['state'], readonly [IconName, string]>> = {
  ok: ['circle-check', ''],
  limits: ['triangle-alert', 'warn'],
  fails: ['octagon-alert', 'crit'],
  skipped: ['circle-question-mark', 'fact'],
};

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function lineStepName(step: LineStep, lang: Lang): string {
  switch (step) {
    case 'link':
      return m.line_step_link({}, lang);
    case 'address':
      return m.line_step_address({}, lang);
    case 'names':
      return m.line_step_names({}, lang);
    case 'clock':
      return m.line_step_clock({}, lang);
    case 'proxy':
      return m.line_step_proxy({}, lang);
    case 'tls':
      return m.line_step_tls({}, lang);
    case 'central':
      return m.line_step_central({}, lang);
  }
}

export const faultsOf = (findings: LineCheckState['findings']): readonly LineFinding[] =>
  LINE_STEPS.flatMap((step) => findings.get(step) ?? []).filter(
    ({ state, step }) => state === 'fails' || (state === 'limits' && step !== 'central'),
  );

/** The head of each sentence names its step already. */
const sentence = (text: string): string => text.replace(/^[\p{L} -]{2,20}\s?: /u, '');

export function LineFindings({ findings, running }: Pick<LineCheckState, 'findings' | 'running'>) {
  const lang = useLang();
  const next = running ? LINE_STEPS.find((step) => !findings.has(step)) : undefined;
  const faults = faultsOf(findings);
  return (
    <>
      <ol class="line-findings" aria-live="polite">
        {LINE_STEPS.map((step) => {
          const found = findings.get(step);
          const [icon, kind] = found ? LOOKS[found.state] : (['clock', 'fact'] as const);
          return (
            <li key={step} class={kind}>
              {step === next ? <Icon name="loader-circle" class="icon-turning" /> : <Icon name={icon} />}
              <b>{lineStepName(step, lang)}</b>
              <span>{found ? sentence(found.text) : step === next ? m.line_checking({}, lang) : '–'}</span>
            </li>
          );
        })}
      </ol>
      {!running && faults.length > 0 && (
        <section class="for-it" aria-label={m.line_for_it({}, lang)}>
          <header>
            <b>{m.line_for_it({}, lang)}</b>
            <CopyButton value={faults.map(({ text }) => text).join('\n')} name={m.line_for_it({}, lang)} />
          </header>
          <p class="hint">{m.line_for_it_about({}, lang)}</p>
          <ul>
            {faults.map(({ step, text }) => (
              <li key={step}>{text}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
