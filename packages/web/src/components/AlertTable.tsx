/** What a machine reports: what and how bad, its own words, where. */
import type { Alert } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import { ALERT_ICONS, alertPlace, alertWhat } from '../reading/alert-words.ts';
import { TwoLines } from './DataTable.tsx';
import { StateWord } from './StateWord.tsx';

export function AlertTable({ alerts }: { readonly alerts: readonly Alert[] }) {
  const lang = useLang();
  return (
    <table class="plain-table">
      <thead>
        <tr>
          <th scope="col">{m.alert_what({}, lang)}</th>
          <th scope="col">{m.alert_words({}, lang)}</th>
          <th scope="col">{m.alert_place({}, lang)}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert, at) => {
          const what = alertWhat(alert, lang);
          const place = alertPlace(alert, lang);
          return (
            <tr key={`${alert.code} ${at}`}>
              <td title={alert.code ?? undefined}>
                <StateWord
                  icon={ALERT_ICONS[alert.severity]}
                  word={what.word}
                  severity={alert.severity === 'info' ? null : alert.severity}
                  detail={what.below || null}
                />
              </td>
              <td>{alert.text ?? '–'}</td>
              <td>
                <TwoLines first={place.word} second={place.below || null} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
