/** What a machine reports: severity, its own words, where. */
import type { Alert } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import { StateWord } from './StateWord.tsx';

const ICONS = { critical: 'octagon-alert', warning: 'triangle-alert', info: 'circle-alert' } as const;

export function AlertTable({ alerts }: { readonly alerts: readonly Alert[] }) {
  const lang = useLang();
  const words = {
    critical: m.severity_critical({}, lang),
    warning: m.severity_warning({}, lang),
    info: m.severity_info({}, lang),
  };
  const place = (alert: Alert) =>
    alert.location?.name ??
    ([alert.location?.group ?? alert.group, alert.location?.index]
      .filter((part) => part !== null && part !== undefined)
      .join(' ') ||
      '–');
  return (
    <table class="plain-table">
      <thead>
        <tr>
          <th scope="col">{m.alert_severity({}, lang)}</th>
          <th scope="col">{m.alert_words({}, lang)}</th>
          <th scope="col">{m.alert_place({}, lang)}</th>
          <th scope="col">{m.alert_code({}, lang)}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert, at) => (
          <tr key={`${alert.code} ${at}`}>
            <td>
              <StateWord
                icon={ICONS[alert.severity]}
                word={words[alert.severity]}
                severity={alert.severity === 'info' ? null : alert.severity}
              />
            </td>
            <td>{alert.text ?? '–'}</td>
            <td>{place(alert)}</td>
            <td>{alert.code ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
