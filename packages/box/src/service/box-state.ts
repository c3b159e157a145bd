/** What the box tells central of itself once an hour. */
import { statfsSync } from 'node:fs';
import type { BoxState } from '@rsb/contract';
import { type Clock, isoInstant } from '@rsb/runtime';
import type { Outbox } from '../outbox/index.ts';
import type { Settings } from '../settings/index.ts';
import type { LoadMeter } from '../store/load.ts';
import type { FoundRange } from '../store/range-findings.ts';
import { unreachedViews } from './unreached-view.ts';

export function boxState(deps: {
  readonly version: string;
  readonly folder: string;
  readonly settings: Settings;
  readonly outbox: Outbox;
  readonly load: LoadMeter;
  readonly unreached: () => readonly FoundRange[];
  readonly clock: Clock;
}): BoxState {
  const { version, folder, settings, outbox, load, unreached, clock } = deps;
  return {
    version,
    node: process.versions.node,
    zone: settings.document.zone,
    clock: isoInstant(clock.now()),
    storageFreeBytes: freeBytes(folder),
    ...outbox.counts(),
    // Names of ranges may be as long as a list of addresses; the contract takes 300 signs.
    load: load.recent().map(({ range, packets, bytes }) => ({ range: range.slice(0, 300), packets, bytes })),
    unreached: unreachedViews(unreached()).map((each) => ({ ...each, range: each.range.slice(0, 300) })),
    ...toldSettings(settings),
  };
}

/**
 * Another box in this one's place is offered them by central. Where the customer keeps addresses back, networks stay here too;
 * secrets always do.
 */
function toldSettings({ document }: Settings): Pick<BoxState, 'settings'> {
  if (document.withhold.address) return {};
  const { ranges, credentials, snmpPort, packetsPerSecond, kilobytesPerHour, times, language, zone, supplyMark } =
    document;
  return {
    settings: {
      ranges: [...ranges],
      credentials: credentials.map((each) => ({
        id: each.id,
        version: each.version,
        isPublic: each.version !== 'v3' && each.isPublic,
      })),
      ...{ snmpPort, packetsPerSecond, kilobytesPerHour: kilobytesPerHour ?? null, times, language, zone, supplyMark },
      proxy: document.central.proxy !== null,
    },
  };
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
