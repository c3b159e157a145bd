/** What this machine lacks to be a box, and what follows from it: `rsb doctor`, and the self-test of the page "Health". */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { type Finding, LINE_STEPS, type LineStep } from '@rsb/contract';
import { chooseSweep, whichOn } from '@rsb/icmp';
import { type Locale, m } from '@rsb/messages';
import type { Clock } from '@rsb/runtime';
import { type LineCheckParts, runLineCheck } from '../line-check/index.ts';

export interface CheckParts {
  readonly locale: Locale;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** `isOurs`: this box listens there itself. */
  readonly port: { readonly number: number; readonly isOurs: boolean };
  /** Of the site; the system's where nobody set one. */
  readonly zone: string;
  /** The data folder, which may not exist yet. */
  readonly folder: string;
  /** Of the way to central. */
  readonly line: Pick<LineCheckParts, 'around' | 'central'>;
}

export async function runChecks(parts: CheckParts): Promise<readonly Finding[]> {
  return [
    lookAtNode(parts),
    await lookAtPing(parts),
    await lookAtPort(parts),
    lookAtStorage(parts),
    ...(await lookAtLine(parts)),
  ];
}

function lookAtNode({ locale }: CheckParts): Finding {
  return { check: 'node', state: 'ok', text: m.doctor_node({ version: process.versions.node }, { locale }) };
}

async function lookAtPing({ clock, env, locale }: CheckParts): Promise<Finding> {
  const which = whichOn(env['PATH']);
  const sweep = await chooseSweep({ clock, which });
  await sweep.close();
  if (sweep.method === 'socket') return { check: 'ping', state: 'ok', text: m.doctor_ping_socket({}, { locale }) };
  if (sweep.method === 'fping') {
    return { check: 'ping', state: 'ok', text: m.doctor_ping_fping({ path: which('fping') ?? '' }, { locale }) };
  }
  const fix = m.doctor_ping_fix({}, { locale });
  return { check: 'ping', state: 'limits', text: m.doctor_ping_none({ fix }, { locale }) };
}

async function lookAtPort({ port: { number: port, isOurs }, locale }: CheckParts): Promise<Finding> {
  if (isOurs) return { check: 'port', state: 'ok', text: m.doctor_port_ours({ port }, { locale }) };
  const refusal = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EADDRINUSE'));
    server.listen(port, () => server.close(() => resolve(null)));
  });
  if (refusal === null) return { check: 'port', state: 'ok', text: m.doctor_port_free({ port }, { locale }) };
  const text =
    refusal === 'EACCES' ? m.doctor_port_denied({ port }, { locale }) : m.doctor_port_taken({ port }, { locale });
  return { check: 'port', state: 'fails', text };
}

/** A year of 250 machines read hourly, with what waits for central. */
export const LEAST_FREE = 2_000_000_000;

function lookAtStorage({ folder: path, locale }: CheckParts): Finding {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return { check: 'storage', state: 'fails', text: m.doctor_storage_denied({ path }, { locale }) };
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bytesText(bavail * bsize, locale);
  if (bavail * bsize < LEAST_FREE) {
    const least = bytesText(LEAST_FREE, locale);
    return { check: 'storage', state: 'limits', text: m.doctor_storage_low({ path, free, least }, { locale }) };
  }
  return { check: 'storage', state: 'ok', text: m.doctor_storage_ok({ path, free }, { locale }) };
}

function bytesText(bytes: number, locale: Locale): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1e9)} GB`;
}

/** The same steps as the line check of the first start. */
async function lookAtLine({ locale, clock, zone, line }: CheckParts): Promise<readonly Finding[]> {
  const found = new Map<LineStep, Finding>();
  await runLineCheck({
    ...line,
    locale,
    clock,
    zone,
    report: ({ step, state, text }) => found.set(step, { check: step, state, text }),
  });
  return LINE_STEPS.flatMap((step) => found.get(step) ?? []);
}
