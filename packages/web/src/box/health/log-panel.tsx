/** The last lines of the box's log, by level. */
import type { LogLevelName, LogLine, LogList } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import '../../components/Field.css';

const LEVELS: readonly LogLevelName[] = ['debug', 'info', 'warn', 'error'];

export function LogPanel() {
  const lang = useLang();
  const [level, setLevel] = useState<LogLevelName>('info');
  const { value, problem, reload } = useAnswer<LogList>(`/health/log?level=${level}`);
  const words: Readonly<Record<LogLevelName, string>> = {
    debug: m.health_level_debug({}, lang),
    info: m.health_level_info({}, lang),
    warn: m.health_level_warn({}, lang),
    error: m.health_level_error({}, lang),
  };
  return (
    <div class="health-whole">
      <Panel
        id="log"
        flush
        title={m.health_log({}, lang)}
        fact={value ? m.health_log_fact({ count: formatCount(value.most, lang) }, lang) : undefined}
        right={
          <>
            <select
              class="input select"
              aria-label={m.health_log_level({}, lang)}
              value={level}
              onChange={(event) => setLevel(LEVELS.find((each) => each === event.currentTarget.value) ?? 'info')}
            >
              {LEVELS.map((each) => (
                <option key={each} value={each}>
                  {words[each]}
                </option>
              ))}
            </select>
            <Button small icon="refresh-cw" label={m.health_refresh({}, lang)} onClick={() => void reload()} />
          </>
        }
      >
        {value === null && problem && (
          <PageState title={m.part_not_loaded({}, lang)}>{wordProblem(problem, lang)}</PageState>
        )}
        {value === null && !problem && <LoadingRows rows={4} label={m.loading({}, lang)} />}
        {value?.lines.length === 0 && <p class="fact health-pad">{m.health_log_none({}, lang)}</p>}
        {value && value.lines.length > 0 && <Lines lines={value.lines} />}
      </Panel>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const lang = useLang();
  const words: Readonly<Record<LogLevelName, string>> = {
    debug: m.health_line_debug({}, lang),
    info: m.health_line_info({}, lang),
    warn: m.health_line_warn({}, lang),
    error: m.health_line_error({}, lang),
  };
  const dates = useDates();
  const now = useNow(60_000);
  return (
    <WideScroll label={m.health_log_what({}, lang)}>
      <table class="plain-table log-lines">
        <thead>
          <tr>
            <th scope="col">{m.health_log_time({}, lang)}</th>
            <th scope="col">{m.health_log_kind({}, lang)}</th>
            <th scope="col">{m.health_log_what({}, lang)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={`${line.at} ${at}`}>
              <td class="num" title={dates.full(line.at)}>
                {dates.near(line.at, now)}
              </td>
              <td class={line.level === 'error' ? 'crit' : line.level === 'warn' ? 'warn' : 'fact'}>
                {words[line.level]}
              </td>
              <td class="log-words">
                {line.event}
                {Object.entries(line.fields).map(([name, value]) => (
                  <span key={name} class="second">
                    {' '}
                    {name}={String(value)}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideScroll>
  );
}
