/** How far an alert is, in words. */
import type { CentralAlert } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { Language } from '../../language/language.tsx';

export function statusWord(alert: CentralAlert, lang: Language, when: (at: string) => string): string {
  switch (alert.status) {
    case 'open':
      return m.alert_open({}, lang);
    case 'acknowledged':
      return m.alert_acknowledged_by({ name: alert.acknowledgedBy ?? '' }, lang);
    case 'snoozed':
      return m.alert_snoozed_until({ when: when(alert.snoozedUntil ?? alert.changedAt) }, lang);
    case 'resolved':
      return m.alert_resolved({}, lang);
  }
}
