/** Values of settings as people read them: yes and no, languages by their names. */
import { m } from '@rsb/messages';
import { LANGUAGE_NAMES } from '../../components/LanguageMenu.tsx';
import { AUTH_PROTOCOLS, PRIVACY_PROTOCOLS, protocolName } from '../../snmp/protocol-names.ts';
import { hoursText, parsedHours } from './hours.ts';
import { numberFormatWord } from './number-formats.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function settingValue(path: string, value: string, lang: Lang): string {
  if (value === 'true') return m.yes({}, lang);
  if (value === 'false') return m.no({}, lang);
  if (path === '/language' && value in LANGUAGE_NAMES) return LANGUAGE_NAMES[value as keyof typeof LANGUAGE_NAMES];
  if (path === '/numberFormat') return numberFormatWord(value, lang);
  if (path.endsWith('/hours')) return hoursText(parsedHours(value), lang);
  if (/\/(auth|privacy)$/.test(path)) {
    const protocol = [...AUTH_PROTOCOLS, ...PRIVACY_PROTOCOLS].find((name) => name === value);
    if (protocol) return protocolName(protocol);
  }
  return value;
}
