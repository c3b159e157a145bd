/** Where every value of a machine comes from: what `rsb read --explain` prints, as a panel that opens. */
import type { DeviceView, MachineOrigins } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordCheck } from '@rsb/messages/driver-words';
import { wordEvidence, wordHow } from '@rsb/messages/value-words';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows } from '../../components/States.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { LogFailed } from './alerts-panel.tsx';
import { lastTaken } from './history.ts';
import { UnusedValues } from './unused-values.tsx';
import { useFetched } from './use-fetched.ts';
import { valueAt, valueName } from './value-at.ts';

const MOST_OBJECTS = 3;

export function OriginsPanel({ device }: { readonly device: DeviceView }) {
  const lang = useLang();
  const [open, setOpen] = useState(false);
  const path = open ? `/devices/${encodeURIComponent(device.id)}/origins` : null;
  const origins = useFetched<MachineOrigins>(path, lastTaken(device));
  const told = origins.value;
  return (
    <Panel
      title={m.origins({}, lang)}
      fact={told && m.origins_asked({ count: told.asked, objects: formatCount(told.asked, lang) }, lang)}
      right={
        <Button small icon={open ? 'x' : 'table'} onClick={() => setOpen(!open)}>
          {open ? m.close({}, lang) : m.show({}, lang)}
        </Button>
      }
      flush
    >
      {!open ? (
        <p class="panel-body fact">{m.origins_about({}, lang)}</p>
      ) : origins.failed ? (
        <LogFailed retry={origins.retry} />
      ) : !told ? (
        <LoadingRows rows={4} label={m.loading({}, lang)} />
      ) : told.origins.length === 0 ? (
        <p class="panel-body fact">{m.origins_none({}, lang)}</p>
      ) : (
        <>
          <WideScroll label={m.origins({}, lang)}>
            <table class="plain-table origins">
              <thead>
                <tr>
                  <th scope="col">{m.origin_value({}, lang)}</th>
                  <th scope="col">{m.origin_now({}, lang)}</th>
                  <th scope="col">{m.origin_asked({}, lang)}</th>
                  <th scope="col">{m.origin_how({}, lang)}</th>
                  <th scope="col">{m.origin_known_from({}, lang)}</th>
                  <th scope="col">{m.origin_check({}, lang)}</th>
                </tr>
              </thead>
              <tbody>
                {told.origins.map((origin) => (
                  <tr key={origin.path}>
                    <th scope="row" title={origin.path}>
                      {valueName(device, origin.path, lang)}
                    </th>
                    <td>{valueAt(device, origin.path, lang).text ?? '–'}</td>
                    <td>
                      {origin.objects.slice(0, MOST_OBJECTS).map(({ oid, name }) => (
                        <div key={oid}>
                          <code>{oid}</code> {name !== null && <span class="fact">{name}</span>}
                        </div>
                      ))}
                      {origin.objects.length > MOST_OBJECTS && (
                        <div class="fact">{m.origin_more({ count: origin.objects.length - MOST_OBJECTS }, lang)}</div>
                      )}
                    </td>
                    <td>{wordHow(origin.how, origin.objects.length, lang.locale)}</td>
                    <td>{wordEvidence(origin.evidence, lang.locale)}</td>
                    <td>{origin.check === null ? '–' : wordCheck(origin.check, lang.locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideScroll>
          {told.unused.length > 0 && <UnusedValues device={device} unused={told.unused} />}
        </>
      )}
    </Panel>
  );
}
