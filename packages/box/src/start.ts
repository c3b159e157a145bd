/** Starts the box: opens the store, puts its parts together, answers on one port. */
import { existsSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type Fault, fault, type Language, parseSettingsInput } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import type { EchoSweep } from '@rsb/icmp';
import {
  type Clock,
  type DataFolder,
  failure,
  hours,
  type Log,
  type Outcome,
  type Random,
  success,
  type Timer,
} from '@rsb/runtime';
import { type AllowList, allowList, type Oid, type SendGate, type SnmpEngine } from '@rsb/snmp';
import { buildServer } from './api/index.ts';
import { createBackup } from './backup/index.ts';
import { createAskedObjects, createSentPayloads, disclosedName, discloser } from './disclosure/index.ts';
import { createSendBudget } from './discover/index.ts';
import { createClockOffset, createLogMemory } from './health/index.ts';
import { answerTlsOn, openCertificates } from './https/index.ts';
import { pageHosts } from './https/page-hosts.ts';
import type { Resolver } from './line/index.ts';
import type { Surroundings } from './line-check/index.ts';
import { createBeforeEnrolment, createOutbox } from './outbox/index.ts';
import { createPeople, createSessions } from './people/index.ts';
import { createService, type Interfaces } from './service/index.ts';
import {
  createChangeLog,
  createSettings,
  defaultSettings,
  isZone,
  type Settings,
  systemZone,
} from './settings/index.ts';
import { createDevices } from './store/devices.ts';
import { createFacts } from './store/facts.ts';
import { createLoadMeter } from './store/load.ts';
import { type OpenedStore, openStore } from './store/open-store.ts';
import { openVault } from './store/vault.ts';

/** Under this name a dealer's people look for a box: `http://box`, `http://box.local`. */
const PRODUCT_NAME = 'box';

export interface BoxOptions {
  /** Locked by the caller, and released by it after `close`. */
  readonly folder: DataFolder;
  readonly host: string;
  /** 0 = any. */
  readonly port: number;
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Makes the engine behind the box's send budget. */
  readonly engine: (parts: {
    readonly gate: SendGate;
    readonly allow: AllowList;
    /** To be told of every object that goes onto the wire. */
    readonly asked: (address: string, object: Oid) => void;
  }) => SnmpEngine;
  readonly echo: EchoSweep;
  /** Folder of the built Device Manager. */
  readonly webRoot: string;
  readonly interfaces?: Interfaces;
  /** Where the self-test looks for programs. */
  readonly env?: NodeJS.ProcessEnv;
  /** A file of settings that takes the place of the stored ones. */
  readonly settingsFile?: string;
  /** Names are found by it; the system's where it is left out. */
  readonly resolver?: Resolver;
  /** What the line check sees of this machine's network; the system's where it is left out. */
  readonly around?: Surroundings;
  /** Makes a set-up code although a password is set: with it the first account gets a new one. */
  readonly resetCode?: boolean;
  /** Of the page, until a reader chooses another. */
  readonly language?: Language;
  /** Names of this machine to which the page answers. */
  readonly ownNames?: readonly string[];
}

export interface RunningBox {
  readonly url: string;
  /** To be shown to who stands at the box; null once the first start is done. */
  readonly setupCode: string | null;
  /** SHA-256 of the page's certificate, to be held against what a browser shows. */
  readonly fingerprint: string;
  close(): Promise<void>;
}

export async function startBox(options: BoxOptions): Promise<Outcome<RunningBox, Fault>> {
  const { folder, clock, random, echo, webRoot, version } = options;
  const logMemory = createLogMemory(clock);
  const log = logMemory.around(options.log);
  const opened = openFolder(options);
  if (!opened.ok) return opened;
  const { db, state, vault } = opened.value;
  const facts = createFacts(db);
  const changeLog = createChangeLog(db, clock);
  const zone = systemZone();
  const settings = createSettings({
    db,
    vault,
    changeLog,
    defaults: defaultSettings({ zone: isZone(zone) ? zone : 'UTC', language: options.language ?? 'en' }),
  });
  const disclose = discloser({ settings, vault, devices: createDevices(db, facts) });
  const outbox = createOutbox(db, { clock, random, disclose });
  if (state === 'restored') log.warn('the store is a copy: a new epoch begins', { epoch: outbox.newEpoch() });
  if (options.settingsFile !== undefined) {
    const loaded = loadSettingsFile(options.settingsFile, settings);
    if (!loaded.ok) {
      db.close();
      return loaded;
    }
  }
  const people = createPeople({ db, facts, clock, random, zone: () => settings.document.zone });
  const sessions = createSessions(db, clock);
  const load = createLoadMeter(db, clock, () => settings.document.zone);
  const { packetsPerSecond } = settings.document;
  const budget = createSendBudget(clock, { packetsPerSecond, ranges: [] }, load.add);
  const asked = createAskedObjects(db, clock);
  const snmp = options.engine({ gate: budget, allow: allowList(allowedObjects()), asked: asked.note });
  const service = createService({
    db,
    facts,
    vault,
    outbox,
    beforeEnrolment: createBeforeEnrolment({ db, facts, clock }),
    payloads: createSentPayloads(db, clock),
    asked,
    offset: createClockOffset(clock),
    logMemory,
    env: options.env ?? process.env,
    settings,
    changeLog,
    people,
    sessions,
    snmp,
    echo,
    budget,
    load,
    clock,
    random,
    log,
    version,
    folder: folder.path,
    host: options.host,
    interfaces: options.interfaces ?? networkInterfaces,
    resolver: options.resolver,
    nameAtCentral: (id) => disclosedName(disclose, id),
    around: options.around,
  });
  const names = options.ownNames ?? [hostname(), PRODUCT_NAME];
  const certificates = await openCertificates({
    vault,
    facts,
    clock,
    random,
    hosts: () => pageHosts([...names, ...settings.document.hostNames], options.interfaces ?? networkInterfaces),
  });
  const { app } = await buildServer({
    service,
    settings,
    changeLog,
    people,
    sessions,
    certificates,
    backup: createBackup({ settings, vault, clock, random, version }),
    clock,
    log,
    webRoot,
    version,
    cookieSecret: vault.derive('session cookie').toString('base64'),
    ownNames: names,
  });
  await app.ready();
  const secure = answerTlsOn(app.server, certificates.current(), (request, response) => app.routing(request, response));
  certificates.onChange(secure.use);
  settings.onSaved(() => void certificates.renew());
  let renewal: Timer | null = null;
  const renewDaily = () => {
    renewal = clock.after('certificate', hours(24), () => {
      void certificates.renew();
      renewDaily();
    });
  };
  renewDaily();
  const stop = async () => {
    renewal?.cancel();
    secure.close();
    await app.close();
    await service.stop();
    await snmp.close();
    db.close();
  };
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await stop();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return failure(fault('portTaken', { port: options.port, address: options.host }));
    // An address that is not this machine's, a name that is none, a port that only root may take: in the system's words.
    if (code !== undefined) return failure(fault('usage', { detail: message }));
    throw error;
  }
  service.start();
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return success({
    url: urlOf(options.host, port),
    setupCode: people.renewSetupCode({ reset: options.resetCode ?? false }),
    fingerprint: certificates.view().fingerprint,
    close: stop,
  });
}

/** A full or read-only disk, a damaged store, one of a newer version: said with what the system says of it. */
function openFolder({ folder: { path }, random, clock, log }: BoxOptions) {
  let opened: OpenedStore | null = null;
  try {
    opened = openStore(path);
    const vault = openVault(join(path, 'secret.key'), { db: opened.db, random, clock, log });
    return success({ ...opened, vault });
  } catch (error) {
    opened?.db.close();
    const detail = error instanceof Error ? error.message : String(error);
    return failure(fault('folderUnusable', { path, detail }));
  }
}

/** Any address is reached on this machine by its loopback. */
function urlOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return port === 80 ? `http://${shown}` : `http://${shown}:${port}`;
}

/** Saved only where it differs, so that the revision stands still when the box is started again with the same file. */
function loadSettingsFile(path: string, settings: Settings): Outcome<null, Fault> {
  const unusable = (detail: string) => failure(fault('fileUnusable', { path, detail }));
  if (!existsSync(path)) return unusable('ENOENT');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return unusable(error instanceof Error ? error.message : String(error));
  }
  const parsed = parseSettingsInput(content);
  if (!parsed.ok) {
    const [first] = parsed.error;
    return unusable(`${first?.path ?? ''} ${first?.message ?? ''}`.trim());
  }
  const saved = settings.save(parsed.value, settings.revision, 'file');
  if (saved.ok) return success(null);
  const [first] = saved.error;
  return unusable(first ? `${first.field ?? ''} ${first.code}`.trim() : '');
}
