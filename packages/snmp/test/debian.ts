/** Programs that Debian brings: a test that needs one is skipped where it is missing, and fails where all are required. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Daemons live in sbin, which is not on everybody's PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** For `skip` of a test: a reason, or false where all programs are there. */
export function skipWithout(...names: readonly string[]): string | false {
  const missing = names.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return false;
  const reason = `not installed: ${missing.join(', ')}`;
  if (process.env['RSB_REQUIRE_ALL'] === '1') throw new Error(reason);
  return reason;
}
