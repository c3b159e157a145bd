/** A shell script in the place of fping, for its failures. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export function standIn(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-fping-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'fping');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
