/** An alert in the reader's language: what, where, how bad. The machine's own words stand beside it, as it says them. */
import type { Alert } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordAlertCode, wordAlertPlace } from '@rsb/messages/alert-code';
import type { IconName } from '../look/icons.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export const ALERT_ICONS: Readonly<Record<Alert['severity'], IconName>> = {
  critical: 'octagon-alert',
  warning: 'triangle-alert',
  info: 'circle-alert',
};

export function severityWord(severity: Alert['severity'], lang: Lang): string {
  switch (severity) {
    case 'critical':
      return m.severity_critical({}, lang);
    case 'warning':
      return m.severity_warning({}, lang);
    case 'info':
      return m.severity_info({}, lang);
  }
}

/** Where there is no word for the code, the severity stands for it, and the vendor's code below. */
export function alertWhat({ code, severity }: Alert, lang: Lang): { readonly word: string; readonly below: string } {
  const how = severityWord(severity, lang);
  const word = code === null ? null : wordAlertCode(code, lang.locale);
  // other(1) of the MIB says nothing that a person could use.
  return word === null ? { word: how, below: code === 'other' ? '' : (code ?? '') } : { word, below: how };
}

export function alertPlace({ location, group }: Alert, lang: Lang): { readonly word: string; readonly below: string } {
  const placed = (of: string | null, index: number | null) =>
    of === null
      ? (index ?? '').toString()
      : (wordAlertPlace(of, index, lang.locale) ?? [of, index ?? ''].join(' ').trim());
  const at = placed(location?.group ?? group, location?.index ?? null);
  const further = group !== null && location?.group != null && group !== location.group ? placed(group, null) : '';
  const [word = '–', ...below] = [location?.name ?? '', at, further].filter(Boolean);
  return { word, below: below.join(', ') };
}
