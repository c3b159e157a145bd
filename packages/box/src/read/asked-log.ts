/** Records which objects were asked, so that the end of a test run can hold them against the allow-list. */
import { appendFileSync } from 'node:fs';

/**
 * An observer for the engine, where the environment names a file (RSB_ASKED_LOG): a line for each object, once a
 * process. Undefined otherwise: nothing is recorded in the field.
 */
export function askedLog(env: NodeJS.ProcessEnv): ((address: string, object: string) => void) | undefined {
  const path = env['RSB_ASKED_LOG'];
  if (!path) return undefined;
  const seen = new Set<string>();
  return (_address, object) => {
    if (seen.has(object)) return;
    seen.add(object);
    // At once and whole: a test may kill the process, and several processes write to one file.
    appendFileSync(path, `${object}\n`);
  };
}
