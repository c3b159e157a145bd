/** What was found out of a range as a whole, in a few words. */
import type { RangeFinding } from '@rsb/contract';
import { m } from '@rsb/messages';

export function findingWords(finding: RangeFinding, lang: { readonly locale: 'en' | 'fr' | 'de' }): string {
  switch (finding) {
    case 'echoFiltered':
      return m.finding_echo_short({}, lang);
    case 'snmpFiltered':
      return m.finding_snmp_short({}, lang);
    case 'noWay':
      return m.finding_no_way_short({}, lang);
    case 'allSilent':
      return m.finding_all_silent_short({}, lang);
  }
}
