/** The last readings as the box keeps them: which parts were asked when, what that cost on the wire, what was not told and why. */
import type { DeviceView, LatestReadings, Part } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordPath } from '@rsb/messages/value-words';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows } from '../../components/States.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { LogFailed } from './alerts-panel.tsx';
import { lastTaken } from './history.ts';
import { reasonText } from './reasons.ts';
import { useFetched } from './use-fetched.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

export function ReadingPanel({ device, now }: { readonly device: DeviceView; readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  const narrow = useNarrow();
  const latest = useFetched<LatestReadings>(
    `/devices/${encodeURIComponent(device.id)}/readings/latest`,
    lastTaken(device),
  );
  const readings = latest.value?.readings;
  const [first] = readings ?? [];
  const objectId = readings?.find((reading) => reading.identity)?.identity?.sysObjectId ?? null;
  return (
    <Panel title={m.last_readings({}, lang)} flush>
      {latest.failed ? (
        <LogFailed retry={latest.retry} />
      ) : !readings ? (
        <LoadingRows rows={2} label={m.loading({}, lang)} />
      ) : !first ? (
        <p class="panel-body fact">{m.state_not_read({}, lang)}</p>
      ) : (
        <>
          {narrow ? (
            <ReadingList readings={readings} now={now} />
          ) : (
            <WideScroll label={m.last_readings({}, lang)}>
              <table class="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{m.reading_taken({}, lang)}</th>
                    <th scope="col">{m.origin_asked({}, lang)}</th>
                    <th scope="col">{m.reading_complete({}, lang)}</th>
                    <th scope="col" class="cell-numeric">
                      {m.reading_requests({}, lang)}
                    </th>
                    <th scope="col" class="cell-numeric">
                      {m.reading_packets({}, lang)}
                    </th>
                    <th scope="col" class="cell-numeric">
                      {m.reading_bytes({}, lang)}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {readings.map(({ takenAt, asked, wire, completeness }, at) => (
                    <tr key={`${takenAt} ${at}`}>
                      <th scope="row" class="num" title={dates.full(takenAt)}>
                        {dates.near(takenAt, now)}
                      </th>
                      <td>{asked.map((part) => partWord(part, lang)).join(', ')}</td>
                      <td>{completenessWord(completeness.state, lang)}</td>
                      <td class="cell-numeric">{wire ? formatCount(wire.requests, lang) : '–'}</td>
                      <td class="cell-numeric">{wire ? formatCount(wire.packets, lang) : '–'}</td>
                      <td class="cell-numeric">{wire ? formatBytes(wire.bytes, lang) : '–'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </WideScroll>
          )}
          <dl class="reading-facts">
            <dt>{m.object_id({}, lang)}</dt>
            <dd>{objectId === null ? <span class="none">{m.not_told({}, lang)}</span> : <code>{objectId}</code>}</dd>
            <dt>{m.unit_index({}, lang)}</dt>
            <dd class="num">{first.unit.hrDeviceIndex}</dd>
            <dt>{m.udp_port({}, lang)}</dt>
            <dd class="num">{first.port}</dd>
            <dt>{m.contract_version({}, lang)}</dt>
            <dd class="num">{first.contract}</dd>
          </dl>
        </>
      )}
      {device.completeness && device.completeness.missing.length > 0 && (
        <>
          <h3 class="panel-part">{m.not_told_title({}, lang)}</h3>
          <ul class="missing">
            {device.completeness.missing.map((path) => (
              <li key={path}>
                <span title={path}>{wordPath(path, lang.locale)}</span>
                <span class="fact">{reasonText(device, path, lang)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** On a phone: one below the other. */
function ReadingList({ readings, now }: Pick<LatestReadings, 'readings'> & { readonly now: number }) {
  const lang = useLang();
  const dates = useDates();
  return (
    <ul>
      {readings.map(({ takenAt, asked, wire, completeness }, at) => (
        <li key={`${takenAt} ${at}`} class="spell-item">
          <span>
            <b class="num" title={dates.full(takenAt)}>
              {dates.near(takenAt, now)}
            </b>{' '}
            {completenessWord(completeness.state, lang)}
          </span>
          <span>{asked.map((part) => partWord(part, lang)).join(', ')}</span>
          {wire && (
            <span class="fact num">
              {[
                `${m.reading_requests({}, lang)}\u00a0${formatCount(wire.requests, lang)}`,
                `${m.reading_packets({}, lang)}\u00a0${formatCount(wire.packets, lang)}`,
                `${m.reading_bytes({}, lang)}\u00a0${formatBytes(wire.bytes, lang)}`,
              ].join(' · ')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function partWord(part: Part, lang: Lang): string {
  switch (part) {
    case 'identity':
      return m.identity({}, lang);
    case 'counters':
      return m.counters({}, lang);
    case 'supplies':
      return m.supplies({}, lang);
    case 'status':
      return m.state({}, lang);
    case 'alerts':
      return m.alerts({}, lang);
  }
}

function completenessWord(state: NonNullable<DeviceView['completeness']>['state'], lang: Lang): string {
  switch (state) {
    case 'complete':
      return m.completeness_complete({}, lang);
    case 'partial':
      return m.completeness_partial({}, lang);
    case 'unreachable':
      return m.completeness_unreachable({}, lang);
    case 'refused':
      return m.completeness_refused({}, lang);
    case 'notPrinter':
      return m.completeness_not_printer({}, lang);
  }
}
