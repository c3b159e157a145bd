/** Starts central: its key, its store, its server. The order is that of the data: what is needed first comes first. */
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type Fault, fault } from '@rsb/contract';
import { type Clock, type DataFolder, failure, type Log, type Outcome, type Random, success } from '@rsb/runtime';
import type { RouteEntry } from './api/access.ts';
import type { Limits } from './api/rate-limits.ts';
import { buildServer } from './api/server.ts';
import { loadCentralKey, loadSessionSecret } from './key-file.ts';
import { centralDatabase } from './store/database.ts';
import { openStore } from './store/open.ts';
import { type CentralWork, createWork } from './work.ts';

export interface CentralOptions {
  /** Opened by the caller, who also releases it after `close`. */
  readonly folder: DataFolder;
  /** PostgreSQL; left out: SQLite in the folder. */
  readonly databaseUrl?: string | undefined;
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** PEM of certificate chain and key; left out: http, for loopback or behind a proxy. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** The URL that boxes and browsers use, where a proxy stands before. */
  readonly publicUrl?: string | undefined;
  /** Addresses of that proxy; loopback where a public https URL is given and none is named. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** How much a caller may ask in a minute. */
  readonly limits?: Limits | undefined;
  /** Folder of the built dashboard; null serves the API alone. */
  readonly webRoot: string | null;
}

export interface RunningCentral {
  readonly url: string;
  /** To be shown to whoever starts it; null once there is an account. */
  readonly setupCode: string | null;
  readonly work: CentralWork;
  readonly routes: readonly RouteEntry[];
  close(): Promise<void>;
}

export async function startCentral(options: CentralOptions): Promise<Outcome<RunningCentral, Fault>> {
  const { folder, clock, random, log, host, port } = options;
  const tls = options.tls ?? null;
  const publicUrl = options.publicUrl ?? null;
  if (publicUrl !== null && !isWebUrl(publicUrl)) return failure(fault('urlInvalid', { url: publicUrl }));

  if (tls && !isServable(tls)) return failure(fault('certificateInvalid'));

  const keys = loadKeys(folder.path, random);
  if (!keys.ok) return keys;
  const store = await openStore(
    options.databaseUrl === undefined ? { file: join(folder.path, 'central.sqlite') } : { url: options.databaseUrl },
    log,
  );
  if (!store.ok) return store;
  const database = centralDatabase(store.value);
  const work = await createWork({ clock, random, log, database, key: keys.value.key, publicUrl });
  const { server, routes } = await buildServer({
    work,
    tls,
    publicUrl,
    trustedProxies: options.trustedProxies ?? (publicUrl?.startsWith('https:') && !tls ? ['127.0.0.1', '::1'] : []),
    sessionSecret: keys.value.sessionSecret,
    webRoot: options.webRoot,
    limits: options.limits,
  });
  const close = async () => {
    await server.close();
    await work.worker.close();
    await work.alerts.close();
    await database.close();
  };
  try {
    await server.listen({ host, port });
  } catch (error) {
    await close();
    return failure(listenFault(error, host, port));
  }
  await work.alerts.start();
  work.worker.start();
  const address = server.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return success({
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    setupCode: await work.accounts.openSetup(),
    work,
    routes,
    close,
  });
}

function loadKeys(path: string, random: Random) {
  try {
    return success({ key: loadCentralKey(path), sessionSecret: loadSessionSecret(path, random) });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failure(fault('folderUnusable', { path, detail }));
  }
}

/** Whether certificate and key are PEM and belong together. */
function isServable(tls: { readonly cert: string; readonly key: string }): boolean {
  try {
    createSecureContext(tls);
    return true;
  } catch {
    return false;
  }
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function listenFault(error: unknown, host: string, port: number): Fault {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return fault('portTaken', { port, address: host });
  return fault('usage', { detail: `${host}:${port}: ${error instanceof Error ? error.message : String(error)}` });
}
