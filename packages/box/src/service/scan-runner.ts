/** One scan at a time: finds printers in the ranges that are on, reads each whole, and tells what came of it. */
import { groupsNotRead, PARTS, type ScanProgress, type ScanSummary } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import type { EchoSweep } from '@rsb/icmp';
import { type Clock, type Instant, isoInstant, type Log } from '@rsb/runtime';
import type { SendGate, SnmpEngine } from '@rsb/snmp';
import { type DiscoverRange, type Discovery, discover, type Found } from '../discover/index.ts';
import type { ItemName, Outbox } from '../outbox/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { DeviceRecord, Devices } from '../store/devices.ts';
import type { PingOnly } from '../store/ping-only.ts';
import type { Scans } from '../store/scans.ts';
import { type ActiveRange, activeRanges, rangeOf } from './active-ranges.ts';
import { eachBounded } from './bounded.ts';
import type { DeviceReader, ReadRequest } from './device-reader.ts';
import type { Feed } from './feed.ts';
import type { Reach, Round } from './reach.ts';
import type { Recorder } from './recorder.ts';
import { stackOf } from './stack.ts';

export interface ScanRunner {
  /** False where one is running already. */
  start(ranges: readonly ActiveRange[]): boolean;
  /** Ends it early; resolves when nothing more is sent. */
  stop(): Promise<void>;
  progress(): ScanProgress | null;
}

export interface ScanRunnerDeps {
  readonly snmp: SnmpEngine;
  readonly echo: EchoSweep;
  readonly gate: SendGate;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  readonly db: Database;
  readonly devices: Devices;
  readonly scans: Scans;
  readonly pingOnly: PingOnly;
  readonly outbox: Outbox;
  readonly reader: DeviceReader;
  readonly recorder: Recorder;
  readonly reach: Reach;
  readonly feed: Feed;
  /** There may be something to send. */
  readonly onStored: () => void;
}

/** Printers read whole side by side. */
const READS_AT_ONCE = 16;
const READS_BEFORE_SENDING = 50;

interface Run {
  readonly abort: AbortController;
  readonly startedAt: Instant;
  readonly startedMonotonic: number;
  readonly discovery: Discovery;
  range: string;
  read: number;
  readonly seen: Set<string>;
  readonly swept: readonly SweptRange[];
  readonly pingOnly: string[];
  readonly items: ItemName[];
  readonly round: Round;
  ended: Promise<void>;
}

export function createScanRunner(deps: ScanRunnerDeps): ScanRunner {
  const { clock, log, settings, db, devices, scans, pingOnly, outbox, reader, recorder, reach, feed, onStored } = deps;
  let run: Run | null = null;
  const changed = () => feed.publish({ kind: 'state' });

  const begin = (ranges: readonly ActiveRange[]): Run => {
    const abort = new AbortController();
    const known = devices.all();
    const swept = ranges.map((range) => sweptRange(range, settings, known));
    const worked = new Map(known.map(({ address, credential }) => [address, credential]));
    const sweptWith = (address: string) => swept.find(({ range }) => range.range.has(address));
    const met: string[] = [];
    const discovery = discover(
      deps,
      swept.map(({ range }) => range),
      {
        port: settings.document.snmpPort,
        notRead: groupsNotRead(settings.document.whatToRead),
        packetsPerSecond: settings.document.packetsPerSecond,
        signal: abort.signal,
        // What worked last for a known machine is tried first: no time-outs of the others.
        preferred: (address) => {
          const credential = worked.get(address);
          const ids = sweptWith(address)?.credentialIds;
          const place = credential ? (ids?.indexOf(credential) ?? -1) : -1;
          return place < 0 ? undefined : place;
        },
        silentScans: (address) => pingOnly.silentScans(address, sweptWith(address)?.login ?? ''),
        onPingOnly: (address) => met.push(address),
        onProgress: ({ range }) => {
          begun.range = range;
          changed();
        },
      },
    );
    const begun: Run = {
      abort,
      discovery,
      startedAt: clock.now(),
      startedMonotonic: clock.monotonic(),
      range: ranges[0]?.name ?? '',
      read: 0,
      seen: new Set(),
      swept,
      pingOnly: met,
      items: [],
      round: reach.round(),
      ended: Promise.resolve(),
    };
    return begun;
  };

  const read = async (current: Run, place: Omit<ReadRequest, 'way' | 'signal'>) => {
    try {
      const { abort, round } = current;
      const recorded = await reader.read({ ...place, way: 'full', signal: abort.signal, round });
      for (const { device, item } of recorded) {
        current.seen.add(device.id);
        if (item) current.items.push(item);
      }
    } catch (error) {
      // One machine whose answer cannot be stored must not cost the others theirs.
      log.error('a read failed', { address: place.address, error: stackOf(error) });
    }
  };

  const readFound = async (current: Run, found: Found) => {
    const { address, port } = found;
    const there = devices.atAddress(address, port);
    // Where no machine is monitored it is enough to know that it is still the same.
    const onlyIdentity = there.length > 0 && there.every(({ monitored }) => !monitored);
    await read(current, { address, port, parts: onlyIdentity ? ['identity'] : PARTS, found });
    current.read += 1;
    changed();
    // A large site's first readings need not wait for its last.
    if (current.read % READS_BEFORE_SENDING === 0) onStored();
  };

  /** Known machines that the sweep did not find get the patience of a poll before they count as silent. */
  const readMissing = async (current: Run, ranges: readonly ActiveRange[]) => {
    const missing = devices
      .all()
      .filter(
        ({ id, address, monitored, displacedBy }) =>
          monitored && displacedBy === null && !current.seen.has(id) && rangeOf(ranges, address),
      );
    const places = new Map(missing.map(({ address, port }) => [`${address} ${port}`, { address, port }]));
    const { signal } = current.abort;
    await eachBounded(places.values(), READS_AT_ONCE, (place) => read(current, { ...place, parts: PARTS }), signal);
  };

  const finish = (current: Run): ScanSummary => {
    const { complete: sweptAll, ranges: swept, ...counts } = current.discovery.summary();
    const isWhole = sweptAll && !current.abort.signal.aborted;
    if (isWhole) current.round.conclude(new Map(swept.map((each) => [each.range, each])));
    const reached = swept.every(({ range }) => !reach.unreached().some((each) => each.range === range));
    const summary: ScanSummary = {
      startedAt: isoInstant(current.startedAt),
      finishedAt: isoInstant(clock.now()),
      // Machines that could not be asked for are not gone.
      complete: isWhole && reached,
      addresses: counts.addresses,
      alive: counts.alive,
      snmp: counts.snmp,
      printers: counts.printers,
      ignored: counts.ignored,
      answersPingOnly: counts.answersPingOnly,
      packets: counts.packets,
      bytes: counts.bytes,
      seconds: counts.seconds,
    };
    db.transaction(() => {
      if (summary.complete) for (const id of recorder.tellReplaced()) feed.publish({ kind: 'device', id });
      if (isWhole) keepPingOnly(current);
      const item = outbox.append('scan', summary);
      scans.append(current.startedAt, clock.now(), summary, current.items);
      return item;
    });
    return summary;
  };

  /** Known machines that are silent are in the list of machines already. */
  const keepPingOnly = ({ swept, pingOnly: met }: Run) => {
    const machines = new Set(devices.all().flatMap((each) => (each.displacedBy === null ? each.address : [])));
    const active = activeRanges(settings.document);
    const sweptOf = (address: string) => swept.find(({ range }) => range.range.has(address));
    pingOnly.replace(
      met.flatMap((address) => {
        const login = sweptOf(address)?.login;
        return login === undefined || machines.has(address) ? [] : [{ address, login }];
      }),
      clock.now(),
      (address) =>
        (sweptOf(address) !== undefined && !reach.isUnreached(address)) || rangeOf(active, address) === undefined,
    );
  };

  const work = async (current: Run, ranges: readonly ActiveRange[]) => {
    const { signal } = current.abort;
    try {
      await eachBounded(current.discovery.found, READS_AT_ONCE, (found) => readFound(current, found));
      if (!signal.aborted) await readMissing(current, ranges);
      const { printers, complete, seconds } = finish(current);
      log.info('scan ended', { printers, complete, seconds });
    } catch (error) {
      log.error('scan failed', { error: stackOf(error) });
    } finally {
      run = null;
      changed();
      onStored();
    }
  };

  return {
    start(ranges) {
      if (run) return false;
      run = begin(ranges);
      run.ended = work(run, ranges);
      changed();
      return true;
    },
    async stop() {
      const current = run;
      current?.abort.abort(new Error('the scan was stopped'));
      await current?.ended;
    },
    progress() {
      if (!run) return null;
      const { addresses, done, alive, printers } = run.discovery.summary();
      const elapsed = clock.monotonic() - run.startedMonotonic;
      return {
        startedAt: isoInstant(run.startedAt),
        range: run.range,
        addresses,
        done,
        alive,
        printers,
        read: run.read,
        secondsLeft: done === 0 ? null : Math.round((elapsed * (addresses - done)) / done / 1000),
      };
    },
  };
}

interface SweptRange {
  readonly range: DiscoverRange;
  /** In the same order. */
  readonly credentialIds: readonly string[];
  /** Stands for what is tried there: another one after every change of a credential, and no secret. */
  readonly login: string;
}

function sweptRange(
  { name, addresses, credentials, ping, packetsPerSecond }: ActiveRange,
  settings: Settings,
  devices: readonly DeviceRecord[],
): SweptRange {
  const known = credentials.flatMap((id) => settings.credential(id) ?? []);
  const inRange = devices.filter(({ address }) => addresses.has(address));
  const worked = known.map(({ id }) => inRange.filter(({ credential }) => credential === id).length);
  const views = settings.view().credentials.filter(({ id }) => known.some((credential) => credential.id === id));
  return {
    range: { name, range: addresses, credentials: known, worked, ping, packetsPerSecond },
    credentialIds: known.map(({ id }) => id),
    login: digestOf([settings.document.snmpPort, views]),
  };
}
