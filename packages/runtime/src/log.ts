/** Structured log lines on stderr. A log line never holds a secret, nor names or addresses of gear that is no printer. */
import pino from 'pino';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** The same log with fields added to every line. */
  with(fields: LogFields): Log;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export function stderrLog(level: LogLevel): Log {
  return fromPino(pino({ level, base: null }, pino.destination({ dest: 2, sync: true })));
}

/** Keeps nothing: for commands whose stderr is for people, and for tests that do not look at the log. */
export function silentLog(): Log {
  const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, with: () => log };
  return log;
}

function fromPino(target: pino.Logger): Log {
  return {
    debug: (event, fields) => target.debug(fields ?? {}, event),
    info: (event, fields) => target.info(fields ?? {}, event),
    warn: (event, fields) => target.warn(fields ?? {}, event),
    error: (event, fields) => target.error(fields ?? {}, event),
    with: (fields) => fromPino(target.child(fields)),
  };
}
