/** The last lines of the log, in memory, for the page "Health". What a log line may hold is said in runtime/log. */
import { LOG_LEVELS, type LogLevelName, type LogLine } from '@rsb/contract';
import { type Clock, isoInstant, type Log, type LogFields } from '@rsb/runtime';

export interface LogMemory {
  /** Writes to `log`, and remembers. */
  around(log: Log): Log;
  /** Of this level and above, newest first. */
  lines(level: LogLevelName, limit: number): readonly LogLine[];
  readonly most: number;
}

const MOST_LINES = 1000;
/** A stack or a detail from outside must not fill the memory. */
const LONGEST_FIELD = 500;

export function createLogMemory(clock: Pick<Clock, 'now'>, most = MOST_LINES): LogMemory {
  /** Oldest first; the first `start` places were given up. */
  let kept: LogLine[] = [];

  const remember = (level: LogLevelName, event: string, fields: LogFields) => {
    const told = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value.slice(0, LONGEST_FIELD) : value] as const],
    );
    kept.push({ at: isoInstant(clock.now()), level, event, fields: Object.fromEntries(told) });
    // Cut in portions: a shift at each line would move a thousand.
    if (kept.length > most * 2) kept = kept.slice(-most);
  };

  const wrap = (log: Log, more: LogFields): Log => {
    const say = (level: LogLevelName) => (event: string, fields?: LogFields) => {
      remember(level, event, { ...more, ...fields });
      log[level](event, fields);
    };
    return {
      debug: say('debug'),
      info: say('info'),
      warn: say('warn'),
      error: say('error'),
      with: (fields) => wrap(log.with(fields), { ...more, ...fields }),
    };
  };

  return {
    most,
    around: (log) => wrap(log, {}),
    lines: (level, limit) =>
      kept
        .slice(-most)
        .filter((line) => LOG_LEVELS.indexOf(line.level) >= LOG_LEVELS.indexOf(level))
        .slice(-limit)
        .reverse(),
  };
}
