/** `--log LEVEL` of the servers. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Log, type LogLevel, type Outcome, stderrLog, success } from '@rsb/runtime';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

export function logOf(text: string): Outcome<Log, Fault> {
  const level = LEVELS.find((known) => known === text);
  return level ? success(stderrLog(level)) : failure(fault('usage', { detail: `--log ${text}: ${LEVELS.join(', ')}` }));
}
