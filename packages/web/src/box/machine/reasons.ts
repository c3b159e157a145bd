/** Why a value is not there, in words. */
import type { DeviceView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

/** A reason is a code of the error catalogue; one that this page does not know is shown as it is. */
export function reasonText({ completeness, address }: DeviceView, path: string, lang: Lang): string {
  const code = completeness?.reasons[path] ?? completeness?.reasons[path.split('.', 1)[0] ?? ''];
  if (code === undefined) return m.not_told({}, lang);
  return wordFault({ code: code as Parameters<typeof wordFault>[0]['code'], params: { address } }, lang.locale);
}
