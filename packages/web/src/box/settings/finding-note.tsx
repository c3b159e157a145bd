/** What scans found out of a range as a whole: in its row, over its fields, and on Machines. */
import type { RangeFinding } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Icon } from '../../components/Icon.tsx';
import { useLang } from '../../language/language.tsx';
import { findingWords } from '../../reading/finding-words.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function findingSentence(finding: RangeFinding, port: string, lang: Lang): string {
  switch (finding) {
    case 'echoFiltered':
      return m.finding_echo({}, lang);
    case 'snmpFiltered':
      return m.finding_snmp({ port }, lang);
    case 'noWay':
      return m.finding_no_way({}, lang);
    case 'allSilent':
      return m.finding_all_silent({}, lang);
  }
}

export function FindingNote({ finding }: { readonly finding: RangeFinding }) {
  const lang = useLang();
  return (
    <span class="second range-finding warn">
      <Icon name="triangle-alert" size={14} />
      {findingWords(finding, lang)}
    </span>
  );
}
