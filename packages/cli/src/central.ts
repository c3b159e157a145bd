/** `rsb central`: the dealer's server. */
import { readFileSync } from 'node:fs';
import { startCentral } from '@rsb/central';
import { type Fault, fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { dataFolderPath, failure, type Outcome, success, systemClock, systemRandom } from '@rsb/runtime';
import { takeFolder } from './folder.ts';
import { type Command, EXIT } from './io.ts';
import { logOf } from './log-level.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { CENTRAL_PORT } from './ports.ts';
import { aborted } from './stop.ts';
import { webRoot } from './web-root.ts';

export const central: Command = async (args, io) => {
  const parsed = parseOptions(args, {
    port: { type: 'string', default: String(CENTRAL_PORT) },
    host: { type: 'string' },
    data: { type: 'string' },
    database: { type: 'string' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    'public-url': { type: 'string' },
    'trusted-proxy': { type: 'string', multiple: true },
    log: { type: 'string', default: 'info' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (!parsed.ok) return refuse(io, parsed.error);
  const { values } = parsed.value;
  if (values.help) {
    io.stdout(`${m.cli_central_usage({}, { locale: io.locale })}\n`);
    return EXIT.done;
  }
  const port = parseWhole('port', values.port, 0, 65535);
  if (!port.ok) return refuse(io, port.error);
  const log = logOf(values.log);
  if (!log.ok) return refuse(io, log.error);
  const database = parseDatabase(values.database);
  if (!database.ok) return refuse(io, database.error);
  const tls = loadTls(values['tls-cert'], values['tls-key']);
  if (!tls.ok) return refuse(io, tls.error);
  const folder = takeFolder(dataFolderPath('central', values.data, io.env));
  if (!folder.ok) return refuse(io, folder.error);
  const running = await startCentral({
    folder: folder.value,
    databaseUrl: database.value,
    // Without TLS nothing leaves this machine unless a host is named on purpose, for a proxy that stands before.
    host: values.host ?? (tls.value ? '0.0.0.0' : '127.0.0.1'),
    port: port.value,
    tls: tls.value,
    publicUrl: values['public-url'],
    trustedProxies: values['trusted-proxy'],
    clock: systemClock(),
    random: systemRandom(),
    log: log.value,
    webRoot: webRoot('central'),
  });
  if (!running.ok) {
    folder.value.release();
    return refuse(io, running.error);
  }
  const { url, setupCode } = running.value;
  io.stdout(`${m.cli_central_running({ url: values['public-url'] ?? url }, { locale: io.locale })}\n`);
  if (setupCode !== null) io.stdout(`${m.cli_central_setup_code({ code: setupCode }, { locale: io.locale })}\n`);
  await aborted(io.signal);
  await running.value.close();
  folder.value.release();
  return EXIT.done;
};

/** PostgreSQL's address; none is the embedded SQLite. */
function parseDatabase(text: string | undefined): Outcome<string | undefined, Fault> {
  const isPostgres = text === undefined || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text));
  return isPostgres ? success(text) : failure(fault('usage', { detail: 'databaseNotPostgres' }));
}

function loadTls(
  certFile: string | undefined,
  keyFile: string | undefined,
): Outcome<{ readonly cert: string; readonly key: string } | undefined, Fault> {
  if (certFile === undefined && keyFile === undefined) return success(undefined);
  if (certFile === undefined || keyFile === undefined) {
    return failure(fault('usage', { detail: '--tls-cert and --tls-key go together' }));
  }
  const cert = loadText(certFile);
  if (!cert.ok) return cert;
  const key = loadText(keyFile);
  return key.ok ? success({ cert: cert.value, key: key.value }) : key;
}

function loadText(path: string): Outcome<string, Fault> {
  try {
    return success(readFileSync(path, 'utf8'));
  } catch (error) {
    return failure(fault('fileUnusable', { path, detail: error instanceof Error ? error.message : String(error) }));
  }
}
