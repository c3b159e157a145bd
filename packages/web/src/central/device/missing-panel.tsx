/** What was asked and is not told, each with its reason. */
import type { CentralDeviceView, ErrorCode } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { Panel } from '../../components/Panel.tsx';
import { useLang } from '../../language/language.tsx';

export function MissingPanel({ device }: { readonly device: CentralDeviceView }) {
  const lang = useLang();
  const { completeness } = device;
  if (!completeness || completeness.missing.length === 0) return null;
  const reason = (path: string) => {
    const code = completeness.reasons[path];
    if (code === undefined) return m.not_told({}, lang);
    return wordFault({ code: code as ErrorCode, params: { address: device.address ?? '?' } }, lang.locale);
  };
  return (
    <Panel title={m.not_told_title({}, lang)} flush>
      <ul class="missing-paths">
        {completeness.missing.map((path) => (
          <li key={path}>
            <code>{path}</code>
            <span class="fact">{reason(path)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
