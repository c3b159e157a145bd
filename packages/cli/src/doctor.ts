/** `rsb doctor`: what is missing on this machine, and what follows from it. Exit 1 where a box could not run. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { checkLine, openLine } from '@rsb/box/line/index';
import { chooseSweep, whichOn } from '@rsb/icmp';
import { type Locale, m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { type Clock, dataFolderPath, isoInstant, systemClock } from '@rsb/runtime';
import { type Command, EXIT } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { defaultBoxPort } from './ports.ts';

/** `fails`: the box would not start, or would keep no data. `limits`: it works, with less. */
interface Finding {
  readonly check: 'node' | 'ping' | 'port' | 'clock' | 'storage' | 'central';
  readonly state: 'ok' | 'limits' | 'fails';
  readonly text: string;
}

export const doctor: Command = async (args, io) => {
  const parsed = parseOptions(args, {
    port: { type: 'string' },
    data: { type: 'string' },
    central: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (!parsed.ok) return refuse(io, parsed.error);
  const { values } = parsed.value;
  if (values.help) {
    io.stdout(`${m.cli_doctor_usage({}, { locale: io.locale })}\n`);
    return EXIT.done;
  }
  const port = parseWhole('port', values.port ?? String(defaultBoxPort()), 1, 65535);
  if (!port.ok) return refuse(io, port.error);
  const clock = systemClock();
  const findings = [
    lookAtNode(io.locale),
    await lookAtPing(clock, io.env, io.locale),
    await lookAtPort(port.value, io.locale),
    lookAtClock(clock, io.locale),
    lookAtStorage(dataFolderPath('box', values.data, io.env), io.locale),
    await lookAtCentral(values.central, clock, io.locale),
  ];
  const marks = { ok: '✓', limits: '!', fails: '✗' } as const;
  for (const finding of findings) {
    io.stdout(values.json ? `${JSON.stringify(finding)}\n` : `${marks[finding.state]} ${finding.text}\n`);
  }
  return findings.some(({ state }) => state === 'fails') ? EXIT.failed : EXIT.done;
};

function lookAtNode(locale: Locale): Finding {
  return { check: 'node', state: 'ok', text: m.doctor_node({ version: process.versions.node }, { locale }) };
}

async function lookAtPing(clock: Clock, env: NodeJS.ProcessEnv, locale: Locale): Promise<Finding> {
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

async function lookAtPort(port: number, locale: Locale): Promise<Finding> {
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

/** Before the day this line was written no clock can be right. */
const EARLIEST = Date.UTC(2026, 10, 25);

function lookAtClock(clock: Clock, locale: Locale): Finding {
  const now = clock.now();
  const time = isoInstant(now);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (now < EARLIEST) return { check: 'clock', state: 'limits', text: m.doctor_clock_wrong({ time }, { locale }) };
  return { check: 'clock', state: 'ok', text: m.doctor_clock_ok({ time, zone }, { locale }) };
}

/** A year of 250 machines read hourly, with what waits for central. */
const LEAST_FREE = 2_000_000_000;

function lookAtStorage(path: string, locale: Locale): Finding {
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

async function lookAtCentral(url: string | undefined, clock: Clock, locale: Locale): Promise<Finding> {
  if (url === undefined) return { check: 'central', state: 'limits', text: m.doctor_central_none({}, { locale }) };
  const line = openLine({ url, clock });
  const answer = line.ok ? await checkLine(line.value) : line;
  if (line.ok) await line.value.close();
  if (answer.ok) return { check: 'central', state: 'ok', text: m.doctor_central_ok({ url }, { locale }) };
  const detail = wordFault(answer.error, locale);
  return { check: 'central', state: 'limits', text: m.doctor_central_failed({ detail }, { locale }) };
}
