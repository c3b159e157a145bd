/** Programs and folders that a test needs and this machine may lack. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The reason to skip, or false. Where everything must be there the test runs, and fails. */
const unless = (present: boolean, reason: string): string | false =>
  present || process.env['RSB_REQUIRE_ALL'] === '1' ? false : reason;

export const skipWithout = (program: string): string | false =>
  unless(spawnSync('which', [program]).status === 0, `${program} is not installed`);

export const capturesFolder = resolve(import.meta.dirname, '../../../../shared/captures');

export const skipWithoutCaptures = (): string | false =>
  unless(existsSync(capturesFolder), 'the captures are not beside the project');
