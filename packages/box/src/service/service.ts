/**
 * The box's work, put together:
 *
 *   schedule ─▶ scan ──▶ device reader ─▶ recorder ─▶ store + outbox ─▶ central link
 *           └─▶ polls ─▶      ▲
 *   page ────▶ read now ──────┘
 */
import { fault } from '@rsb/contract';
import { failure, millis, success } from '@rsb/runtime';
import { createMachineCapture } from '../capture/index.ts';
import { createDisclosurePages } from '../disclosure/index.ts';
import { createHealthPages } from '../health/index.ts';
import { systemSurroundings } from '../line-check/index.ts';
import { createSchedule, createScheduleMemory } from '../schedule/index.ts';
import { createDevices } from '../store/devices.ts';
import { createHistory } from '../store/history.ts';
import { createMachineLog } from '../store/machine-log.ts';
import { createPingOnly } from '../store/ping-only.ts';
import { createRangeFindings } from '../store/range-findings.ts';
import { createReadings } from '../store/readings.ts';
import { createScans } from '../store/scans.ts';
import { activeRangesOf, isPermitted } from './active-ranges.ts';
import { createAddressPages } from './address-pages.ts';
import type { BoxService } from './box-service.ts';
import { boxState } from './box-state.ts';
import { boxView } from './box-view.ts';
import { captureTargets } from './capture-targets.ts';
import { createCentralLink } from './central-link.ts';
import { createDeviceLists } from './device-lists.ts';
import { createDeviceNotes } from './device-notes.ts';
import { createDeviceReader } from './device-reader.ts';
import { createFeed } from './feed.ts';
import { forgetUnread } from './forget-unread.ts';
import { createFromCentral } from './from-central.ts';
import { createLoadKeeping } from './load-keeping.ts';
import { createLoadPages } from './load-pages.ts';
import { createMachinePages } from './machine-pages.ts';
import { createMachinePast } from './machine-past.ts';
import { proposeNetworks } from './networks.ts';
import { createOwedCounters } from './owed-counters.ts';
import { createOwnNetwork } from './own-network.ts';
import { createPollRunner } from './poll-runner.ts';
import { isLeftAlone } from './presence.ts';
import { createReach } from './reach.ts';
import { createReadCosts } from './read-costs.ts';
import { readsNow } from './read-now.ts';
import { createRecorder } from './recorder.ts';
import { createRetries } from './retries.ts';
import { createScanRunner } from './scan-runner.ts';
import { createScheduledWork } from './scheduled-work.ts';
import type { ServiceDeps } from './service-deps.ts';
import { createSilences } from './silences.ts';
import { createTrapWatch } from './trap-watch.ts';
import { createUpkeep } from './upkeep.ts';

export interface RunningService extends BoxService {
  start(): void;
  stop(): Promise<void>;
}

export function createService(deps: ServiceDeps): RunningService {
  const { db, facts, outbox, settings, budget, load, clock, random, log, interfaces } = deps;
  const feed = createFeed(random);
  const devices = createDevices(db, facts);
  const readings = createReadings(db);
  const scans = createScans(db);
  const silences = createSilences(db, clock);
  const changed = () => feed.publish({ kind: 'state' });

  const ranges = activeRangesOf(settings);
  const permittedRanges = () => ranges().filter((range) => isPermitted(range, settings.document.zone, clock.now()));
  const setBudget = () => {
    budget.set({
      packetsPerSecond: settings.document.packetsPerSecond,
      kilobytesPerHour: settings.document.kilobytesPerHour ?? null,
      devicePause: millis(settings.document.devicePause),
      ranges: ranges().map(({ addresses, ...range }) => ({ ...range, range: addresses })),
    });
  };

  const link = createCentralLink({
    ...deps,
    onChange: changed,
    onEnrolled: () => tellBoxState(),
    onReached: () => fromCentral.poke(),
  });
  const onStored = () => {
    link.poke();
    changed();
  };
  const zone = () => settings.document.zone;
  const pastPoints = createHistory(db, zone);
  const machineLog = createMachineLog(db);
  const past = createMachinePast(pastPoints, machineLog);
  const recorder = createRecorder({ db, devices, readings, silences, past, outbox, clock });
  const reach = createReach({
    ...deps,
    findings: createRangeFindings(db),
    network: createOwnNetwork(interfaces),
    ranges,
    devices,
    silences,
    recorder,
    feed,
    onChange() {
      tellBoxState();
      changed();
      retries.update();
    },
  });
  const retries = createRetries({ clock, unreached: reach.unreached, retry: () => polls.start('missed') });
  const costs = createReadCosts();
  const reader = createDeviceReader({ ...deps, ranges, devices, recorder, reach, feed, costs });
  const pingOnly = createPingOnly(db);
  const scan = createScanRunner({
    ...deps,
    gate: budget,
    devices,
    scans,
    pingOnly,
    reader,
    recorder,
    reach,
    feed,
    onStored,
  });
  const addresses = createAddressPages({ ...deps, gate: budget, ranges, pingOnly });
  const captures = createMachineCapture({ ...deps, target: captureTargets({ settings, devices, ranges }) });
  const memory = createScheduleMemory(db, facts);
  const owedCounters = createOwedCounters({
    memory,
    readings,
    plan: () => work.plan(),
    areRead: () => settings.document.whatToRead.counters,
  });
  const polls = createPollRunner({
    log,
    devices,
    ranges: permittedRanges,
    reader,
    reach,
    owesCounters: owedCounters.isOwed,
    isLeftAlone: (device) => isLeftAlone(silences.recent(device), clock.now()),
    onStored,
    onEnded: () => retries.update(),
  });
  const machines = createMachinePages({ ...deps, devices, readings, pastPoints, machineLog, feed, zone, onStored });
  const loadPages = createLoadPages({ ...deps, devices, finding: reach.finding, costs, pingOnly });
  const notes = createDeviceNotes({ ...deps, devices });

  const work = createScheduledWork({
    ...deps,
    ranges,
    scan,
    polls,
    owedCounters: () => owedCounters,
    tellBoxState: () => tellBoxState(),
  });
  const tellBoxState = () => {
    // Without anybody to tell, the state of a past hour is worth nothing.
    if (!link.enrolment()) return;
    outbox.append('boxState', boxState({ ...deps, unreached: reach.unreached }));
    link.poke();
  };
  const schedule = createSchedule({ clock, log, work, memory });

  const { payloads, asked, beforeEnrolment } = deps;
  const isEnrolled = () => link.enrolment() !== null;
  const upkeep = createUpkeep({ ...deps, isEnrolled, devices });
  const pinnedKey = () => link.enrolment()?.centralKey ?? null;
  const disclosure = createDisclosurePages({ ...deps, pinnedKey, dropped: beforeEnrolment.dropped });
  const traps = createTrapWatch({ ...deps, devices, permittedRanges, reader, onStored });
  const loadKeeping = createLoadKeeping(deps);
  const health = createHealthPages({
    ...deps,
    link,
    devices,
    scans,
    schedule,
    sentBytes: () => payloads.kept().bytes,
    dropped: beforeEnrolment.dropped,
    unreached: reach.unreached,
    traps: traps.view,
    around: deps.around ?? systemSurroundings(interfaces),
  });

  settings.onSaved((before) => {
    const { times, zone, whatToRead } = settings.document;
    for (const id of forgetUnread({ db, devices, readings }, before.whatToRead, whatToRead)) {
      feed.publish({ kind: 'device', id });
    }
    setBudget();
    traps.use(settings.document.traps);
    schedule.settingsChanged(JSON.stringify([before.times, before.zone]) !== JSON.stringify([times, zone]));
    link.settingsChanged();
    // Central counts days in the site's zone.
    if (before.zone !== zone) tellBoxState();
    feed.publish({ kind: 'settings' });
    changed();
  });

  const lists = createDeviceLists({ devices, readings, isReading: reader.isReading, feed });
  const readNow = readsNow({ devices, ranges, reader, view: lists.findDevice, onStored });

  const startScan: BoxService['startScan'] = () => {
    const permitted = permittedRanges();
    if (permitted.length === 0) return failure(fault('noRanges'));
    return scan.start(permitted) ? success(null) : failure(fault('scanRunning'));
  };

  const fromCentral = createFromCentral({
    ...deps,
    link,
    devices,
    notes,
    feed,
    targets: { startScan, readNow, test: addresses.test, capture: captures.capture },
    onStored,
  });

  return {
    start() {
      setBudget();
      loadKeeping.start();
      traps.use(settings.document.traps);
      upkeep.start();
      schedule.start();
      retries.update();
      fromCentral.start();
      link.poke();
    },
    async stop() {
      schedule.stop();
      retries.stop();
      loadKeeping.stop();
      await Promise.all([
        traps.stop(),
        scan.stop(),
        polls.stop(),
        reader.stop(),
        addresses.stop(),
        captures.stop(),
        fromCentral.stop(),
      ]);
      load.save();
      upkeep.stop();
      await link.stop();
    },
    view: (viewer) => boxView({ ...deps, link, scans, devices, schedule, scan, unreached: reach.unreached }, viewer),
    ...lists,
    disclosure: {
      ...disclosure,
      objects() {
        upkeep.storeAsked();
        return asked.list();
      },
    },
    health,
    machines,
    patchDevices(patch, who) {
      const patched = notes.patch(patch, who);
      for (const { id } of patched) feed.publish({ kind: 'device', id });
      onStored();
      return { revision: devices.revision(), devices: patched.flatMap(({ id }) => lists.findDevice(id) ?? []) };
    },
    readNow,
    startScan,
    stopScan: () => scan.stop(),
    enrol: (request, who) => link.enrol(request, who),
    proposals: fromCentral.proposals,
    expected: fromCentral.expected,
    loadPages,
    addresses,
    networks: () => proposeNetworks(interfaces),
    subscribe: (listener) => feed.subscribe(listener),
    mark: () => feed.mark(),
    changedSince: (mark) => feed.changedSince(mark),
  };
}
