/** What `rsb test` found out, for the terminal. */
import type { DiagnosisView } from '@rsb/contract';
import type { Locale } from '@rsb/messages';
import { wordDiagnosis } from '@rsb/messages/diagnosis';

export function diagnosisText(diagnosis: DiagnosisView, locale: Locale): string {
  const { tried, cause, notes } = wordDiagnosis(diagnosis, locale);
  return [...tried, '', cause, ...notes].map((line) => `${line}\n`).join('');
}
