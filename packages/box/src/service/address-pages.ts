/** Addresses that are no known machine, as the page asks for them: what answers a ping only, and what is wrong with one. */
import { isIP } from 'node:net';
import { type DiagnosisView, type Fault, fault, groupsNotRead, type PingOnlyList } from '@rsb/contract';
import type { EchoSweep } from '@rsb/icmp';
import { type Clock, failure, isoInstant, type Outcome, seconds, success } from '@rsb/runtime';
import type { Patience, SendGate, SnmpEngine } from '@rsb/snmp';
import { diagnose, portProbe } from '../discover/index.ts';
import { compareAddresses } from '../range/index.ts';
import type { Settings } from '../settings/index.ts';
import type { PingOnly } from '../store/ping-only.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';

export interface AddressPages {
  pingOnly(): PingOnlyList;
  /** Asks one address all that may tell why it is read, or is not. Only inside a range that is on. */
  test(address: string): Promise<Outcome<DiagnosisView, Fault>>;
  stop(): Promise<void>;
}

export interface AddressPagesDeps {
  readonly snmp: SnmpEngine;
  readonly echo: EchoSweep;
  readonly gate: SendGate;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly ranges: () => readonly ActiveRange[];
  readonly pingOnly: PingOnly;
}

/** Somebody waits at the page, and each credential is given its tries. */
const PATIENCE: Patience = { timeout: seconds(1), retries: 1 };
/** A page shows so many; the count says how many more there are. */
const MOST_LISTED = 2000;

export function createAddressPages(deps: AddressPagesDeps): AddressPages {
  const { snmp, echo, gate, clock, settings, ranges, pingOnly } = deps;
  const probe = portProbe(clock);
  const ending = new AbortController();
  let running: Promise<unknown> | null = null;

  return {
    pingOnly() {
      const active = ranges();
      const addresses = pingOnly.list().flatMap(({ address, since, lastSeen }) => {
        const range = rangeOf(active, address);
        if (!range) return [];
        return [{ address, range: range.name, since: isoInstant(since), lastSeen: isoInstant(lastSeen) }];
      });
      addresses.sort((a, b) => compareAddresses(a.address, b.address));
      return { addresses: addresses.slice(0, MOST_LISTED), count: addresses.length };
    },
    async test(text) {
      const address = text.trim();
      const range = isIP(address) === 0 ? undefined : rangeOf(ranges(), address);
      if (!range) return failure(fault('addressOutside', { address }, '/address'));
      if (running || ending.signal.aborted) return failure(fault('testRunning'));
      const credentials = range.credentials.flatMap((id) => settings.credential(id) ?? []);
      const { snmpPort: port, whatToRead } = settings.document;
      const target = { address, port, credentials, patience: PATIENCE, notRead: groupsNotRead(whatToRead) };
      const work = diagnose({ snmp, echo, gate, probe }, target, ending.signal);
      running = work;
      try {
        return success(await work);
      } finally {
        running = null;
      }
    },
    async stop() {
      ending.abort(new Error('the box stops'));
      await Promise.allSettled([running]);
    },
  };
}
