/** Where real devices' answers are, when they are there: beside the project, never inside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import type { Varbind } from '@rsb/snmp';
import { loadSnmprec } from './snmprec.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../shared/captures');

/** False, with the test skipped, where the captures are not there; a failure where they must be. */
export function hasCaptures(t: TestContext): boolean {
  if (existsSync(FOLDER)) return true;
  if (process.env['RSB_REQUIRE_ALL'] === '1') throw new Error(`captures are required and not at ${FOLDER}`);
  t.skip('no captures beside the project');
  return false;
}

export type CaptureSet = 'printers' | 'nonprinters';

export const captureNames = (set: CaptureSet): readonly string[] =>
  readdirSync(join(FOLDER, set))
    .filter((file) => file.endsWith('.snmprec'))
    .map((file) => file.slice(0, -'.snmprec'.length))
    .sort();

export const loadCapture = (set: CaptureSet, name: string): readonly Varbind[] =>
  loadSnmprec(join(FOLDER, set, `${name}.snmprec`));

export const loadTruth = (name: string): Truth =>
  JSON.parse(readFileSync(join(FOLDER, 'truth', `${name}.json`), 'utf8')) as Truth;

type Judged = string | number | null | readonly (string | number | null)[];

/** What a right reading of a capture holds; the rules stand beside the captures. */
export interface Truth {
  readonly isPrinter?: boolean;
  readonly kind?: Judged;
  readonly manufacturer?: Judged;
  readonly model?: Judged;
  readonly serialNumber?: Judged;
  readonly macAddress?: Judged;
  readonly hostName?: Judged;
  readonly location?: Judged;
  readonly firmware?: Judged;
  readonly counters?: Readonly<Record<string, Judged | Readonly<Record<string, Judged>>>>;
  readonly supplies?: readonly TrueSupply[];
  readonly status?: { readonly state?: Judged; readonly errors?: readonly string[] };
}

export interface TrueSupply {
  readonly type: string | readonly string[];
  readonly color?: Judged;
  readonly percent?: Judged;
  readonly state?: Judged;
  readonly optional?: boolean;
}
