/** A simulated site on 127.x with an engine that asks it, for the tests of discovery and reading. */

import { after } from 'node:test';
import { allowedObjects } from '@rsb/drivers';
import { type Millis, millis, Secret, seededRandom, systemClock } from '@rsb/runtime';
import { type RunningSite, type SimulatedMachine, startSite } from '@rsb/simulator';
import {
  type AskedObserver,
  allowList,
  type Credential,
  createEngine,
  type SendGate,
  type SnmpEngine,
} from '@rsb/snmp';
import type { Request } from '@rsb/snmp/message';
import { askedLog } from '../src/read/index.ts';

export interface SiteUnderTest {
  readonly site: RunningSite;
  readonly port: number;
  readonly snmp: SnmpEngine;
  /** Every request that an agent of the site understood, in order. */
  readonly requests: { readonly address: string; readonly request: Request }[];
  /** Every address that the engine sent to. */
  readonly asked: Set<string>;
}

export const community = (text: string, version: 'v1' | 'v2c' = 'v2c'): Credential => ({
  version,
  community: new Secret(text),
});

/** Loopback answers at once, so that silence is known soon. */
export const BRIEF: { readonly timeout: Millis; readonly retries: number } = { timeout: millis(250), retries: 1 };

/** Closed when the test file ends. */
export async function siteUnderTest(machines: readonly SimulatedMachine[], gate?: SendGate): Promise<SiteUnderTest> {
  const requests: { address: string; request: Request }[] = [];
  const asked = new Set<string>();
  const record = askedLog(process.env);
  const observer: AskedObserver = (address, object) => {
    asked.add(address);
    record?.(address, object);
  };
  const site = await startSite({
    machines,
    port: 0,
    onRequest: (address, request) => requests.push({ address, request }),
  });
  const snmp = createEngine({
    clock: systemClock(),
    random: seededRandom(1),
    allow: allowList(allowedObjects()),
    observer,
    ...(gate ? { gate } : {}),
  });
  after(async () => {
    await snmp.close();
    await site.close();
  });
  return { site, port: site.port, snmp, requests, asked };
}
