/** What the machine told beside its values and why it is not used: folded, for whoever holds them against its status page. */
import type { DeviceView, UnusedValue } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordRefusal } from '@rsb/messages/driver-words';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { valueName } from './value-at.ts';

export interface UnusedValuesProps {
  readonly device: DeviceView;
  readonly unused: readonly UnusedValue[];
}

export function UnusedValues({ device, unused }: UnusedValuesProps) {
  const lang = useLang();
  return (
    <details class="unused">
      <summary>
        <b>{m.unused_title({}, lang)}</b> <span class="fact num">{formatCount(unused.length, lang)}</span>
      </summary>
      <p class="fact unused-about">{m.unused_about({}, lang)}</p>
      <WideScroll label={m.unused_title({}, lang)}>
        <table class="plain-table origins">
          <thead>
            <tr>
              <th scope="col">{m.origin_value({}, lang)}</th>
              <th scope="col">{m.unused_told({}, lang)}</th>
              <th scope="col">{m.origin_asked({}, lang)}</th>
              <th scope="col">{m.origin_why({}, lang)}</th>
            </tr>
          </thead>
          <tbody>
            {unused.map(({ path, value, objects, ...reason }, at) => (
              <tr key={`${at} ${path}`}>
                <th scope="row" title={path}>
                  {valueName(device, path, lang)}
                </th>
                <td>{value}</td>
                <td>
                  {objects.map(({ oid, name }) => (
                    <div key={oid}>
                      <code>{oid}</code> {name !== null && <span class="fact">{name}</span>}
                    </div>
                  ))}
                </td>
                <td>{whyWords(reason, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideScroll>
    </details>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

function whyWords({ why, detail }: Pick<UnusedValue, 'why' | 'detail'>, lang: Lang): string {
  switch (why) {
    case 'same':
      return m.unused_same({}, lang);
    case 'other':
      return m.unused_other({}, lang);
    case 'refused':
      return m.unused_refused({ detail: wordRefusal(detail ?? '', lang.locale) }, lang);
  }
}
