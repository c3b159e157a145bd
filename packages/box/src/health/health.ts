/** How the box is: the line to central, clock, storage, versions, work done; and what its self-test finds. */
import { statfsSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { HealthView, LineFinding, LogLevelName, LogList, SelfTest, TrapsView } from '@rsb/contract';
import type { EchoSweep } from '@rsb/icmp';
import type { Locale } from '@rsb/messages';
import { type Clock, type Instant, instant, isoInstant } from '@rsb/runtime';
import { type LineCheckParts, runLineCheck, type Surroundings } from '../line-check/index.ts';
import type { Outbox } from '../outbox/index.ts';
import type { Schedule } from '../schedule/index.ts';
import type { CentralLink } from '../service/central-link.ts';
import { unreachedViews } from '../service/unreached-view.ts';
import type { Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { Devices } from '../store/devices.ts';
import type { FoundRange } from '../store/range-findings.ts';
import type { Scans } from '../store/scans.ts';
import { LEAST_FREE, runChecks } from './checks.ts';
import type { ClockOffset } from './clock-offset.ts';
import type { LogMemory } from './log-memory.ts';

export interface HealthPages {
  view(): HealthView;
  selfTest(locale: Locale, port: number): Promise<SelfTest>;
  /** From the cable to central, each finding told as it comes; `url`: a central that is not saved yet. */
  lineCheck(locale: Locale, url: string | null, report: (finding: LineFinding) => void): Promise<void>;
  log(level: LogLevelName, limit: number): LogList;
}

export interface HealthDeps {
  readonly db: Database;
  readonly settings: Settings;
  readonly link: CentralLink;
  readonly outbox: Outbox;
  readonly devices: Devices;
  readonly scans: Scans;
  readonly schedule: Schedule;
  readonly echo: EchoSweep;
  readonly clock: Clock;
  readonly offset: ClockOffset;
  readonly logMemory: LogMemory;
  readonly folder: string;
  readonly version: string;
  readonly sentBytes: () => number;
  readonly dropped: () => number;
  readonly unreached: () => readonly FoundRange[];
  readonly traps: () => TrapsView;
  readonly env: NodeJS.ProcessEnv;
  readonly around: Surroundings;
}

/** Below this a day's readings may no longer fit. */
const NEARLY_FULL = 50_000_000;

export function createHealthPages(deps: HealthDeps): HealthPages {
  const { db, settings, link, clock, logMemory, folder } = deps;
  const startedAt = clock.now();
  const lineTo = (url: string | null): Pick<LineCheckParts, 'around' | 'central'> => ({
    around: deps.around,
    central:
      url === null
        ? null
        : {
            url,
            proxy: link.proxyTo(url),
            connect: (onStep) => link.check(url, onStep),
            offset: () => deps.offset.view().offset,
          },
  });
  const sqlite = String(db.one('SELECT sqlite_version() AS version')?.['version'] ?? '');
  return {
    view: () => healthView(deps, startedAt, sqlite),
    async selfTest(locale, port) {
      const findings = await runChecks({
        locale,
        clock,
        env: deps.env,
        port: { number: port, isOurs: true },
        zone: settings.document.zone,
        folder,
        line: lineTo(settings.document.central.url),
      });
      return { at: isoInstant(clock.now()), findings: [...findings] };
    },
    lineCheck: (locale, url, report) =>
      runLineCheck({
        locale,
        clock,
        zone: settings.document.zone,
        report,
        ...lineTo(url ?? settings.document.central.url),
      }),
    log: (level, limit) => ({ lines: [...logMemory.lines(level, limit)], most: logMemory.most }),
  };
}

function healthView(deps: HealthDeps, startedAt: Instant, sqlite: string): HealthView {
  const { settings, link, outbox, devices, scans, schedule, echo, clock, offset, folder, version } = deps;
  const status = link.status();
  const waiting = outbox.waiting();
  const last = scans.last();
  const next = schedule.next();
  const lastRead = devices.lastRead();
  const all = devices.all();
  const monitored = all.filter((device) => device.monitored);
  const count = (presence: string) => monitored.filter((device) => device.presence === presence).length;
  return {
    now: isoInstant(clock.now()),
    startedAt: isoInstant(startedAt),
    central: {
      url: settings.document.central.url,
      state: status.state,
      since: isoInstant(status.since),
      lastReached: status.lastReached === null ? null : isoInstant(status.lastReached),
      waiting: waiting.items,
      waitingBytes: waiting.bytes,
      oldestWaiting: waiting.oldest,
      quarantined: status.quarantined,
      fault: status.fault && { code: status.fault.code, params: status.fault.params },
      droppedBeforeEnrolment: deps.dropped(),
    },
    clock: { zone: settings.document.zone, ...offset.view() },
    storage: { ...diskOf(folder), storeBytes: storeBytes(folder), sentBytes: deps.sentBytes() },
    versions: { box: version, node: process.versions.node, sqlite, system: `${process.platform} ${release()}` },
    ping: echo.method,
    lastScan: last && {
      finishedAt: isoInstant(last.finishedAt),
      printers: last.summary.printers,
      complete: last.summary.complete,
    },
    nextScan: next && isoInstant(next.scan),
    lastRead: lastRead === null ? null : isoInstant(lastRead),
    nextRead: next && isoInstant(instant(Math.min(next.counters, next.state))),
    unreached: unreachedViews(deps.unreached()),
    traps: deps.traps(),
    machines: {
      known: all.length,
      monitored: monitored.length,
      answering: count('answering'),
      asleep: count('asleep'),
      silent: count('silent'),
    },
    memoryBytes: process.memoryUsage.rss(),
  };
}

function diskOf(folder: string): Pick<HealthView['storage'], 'freeBytes' | 'totalBytes' | 'state'> {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    const freeBytes = bavail * bsize;
    const state = freeBytes < NEARLY_FULL ? 'full' : freeBytes < LEAST_FREE ? 'low' : 'ok';
    return { freeBytes, totalBytes: blocks * bsize, state };
  } catch {
    return { freeBytes: null, totalBytes: null, state: 'unknown' };
  }
}

/** With the write-ahead log, which belongs to it. */
function storeBytes(folder: string): number | null {
  const sizes = ['box.sqlite', 'box.sqlite-wal'].flatMap(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? [],
  );
  return sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
}
