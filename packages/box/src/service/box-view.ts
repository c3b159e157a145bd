/** The box as its page shows it. */
import type { BoxView } from '@rsb/contract';
import type { EchoSweep } from '@rsb/icmp';
import { type Clock, instant, isoInstant } from '@rsb/runtime';
import type { People } from '../people/index.ts';
import type { Schedule } from '../schedule/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Devices } from '../store/devices.ts';
import type { LoadMeter } from '../store/load.ts';
import type { FoundRange } from '../store/range-findings.ts';
import type { Scans } from '../store/scans.ts';
import type { CentralLink } from './central-link.ts';
import type { ScanRunner } from './scan-runner.ts';
import { unreachedViews } from './unreached-view.ts';

export interface BoxViewDeps {
  readonly version: string;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly people: People;
  readonly link: CentralLink;
  readonly scans: Scans;
  readonly devices: Devices;
  readonly load: LoadMeter;
  readonly schedule: Schedule;
  readonly scan: ScanRunner;
  readonly echo: EchoSweep;
  readonly unreached: () => readonly FoundRange[];
}

export function boxView(deps: BoxViewDeps, viewer: { readonly signedIn: boolean; readonly mayRead: boolean }): BoxView {
  const { version, clock, settings, people, echo } = deps;
  const { zone, language, numberFormat, whatToRead, supplyMark, openReading } = settings.document;
  const start: BoxView = {
    version,
    agent: null,
    dealer: null,
    customer: null,
    now: isoInstant(clock.now()),
    zone,
    language,
    numberFormat,
    whatToRead,
    supplyMark,
    setup: people.passwordSet() ? 'done' : 'codeNeeded',
    signedIn: viewer.signedIn,
    openReading,
    ping: echo.method,
    central: { url: null, state: 'notSet', since: null, lastReached: null, waiting: 0, quarantined: 0, fault: null },
    ranges: 0,
    scan: null,
    lastScan: null,
    nextScan: null,
    lastRead: null,
    nextRead: null,
    unreached: [],
    load: { bytes: 0, packets: 0 },
  };
  return viewer.mayRead ? { ...start, ...work(deps) } : start;
}

function work(deps: BoxViewDeps): Partial<BoxView> {
  const { settings, link, scans, devices, load, schedule, scan } = deps;
  const status = link.status();
  const enrolment = link.enrolment();
  const last = scans.last();
  const next = schedule.next();
  const lastRead = devices.lastRead();
  return {
    agent: enrolment?.agent ?? null,
    dealer: enrolment?.dealer ?? null,
    customer: enrolment?.customer.name ?? null,
    central: {
      url: settings.document.central.url,
      state: status.state,
      since: isoInstant(status.since),
      lastReached: status.lastReached === null ? null : isoInstant(status.lastReached),
      waiting: status.waiting,
      quarantined: status.quarantined,
      fault: status.fault && { code: status.fault.code, params: status.fault.params },
    },
    ranges: settings.document.ranges.filter(({ on }) => on).length,
    scan: scan.progress(),
    lastScan: last && {
      finishedAt: isoInstant(last.finishedAt),
      printers: last.summary.printers,
      complete: last.summary.complete,
      arrived: last.arrived,
    },
    nextScan: next && isoInstant(next.scan),
    lastRead: lastRead === null ? null : isoInstant(lastRead),
    nextRead: next && isoInstant(instant(Math.min(next.counters, next.state))),
    unreached: unreachedViews(deps.unreached()),
    load: load.thisHour(),
  };
}
