/** Why a value is not there, in words. */
import type { DeviceView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

/** A reason is a code of the error catalogue; one that this page does not know is shown as it is. */
export function reasonText({ completeness, address }: DeviceView, path: string, lang: Lang): string {
  let code: string | undefined;
  // What holds for a whole is said once, at the whole.
  for (let at = path; code === undefined && at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    code = completeness?.reasons[at];
  }
  if (code === undefined) return m.not_told({}, lang);
  return wordFault({ code: code as Parameters<typeof wordFault>[0]['code'], params: { address } }, lang.locale);
}
