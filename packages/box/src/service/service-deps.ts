/** What the box's work is given: its store, its wire, its clock, its network. */
import type { EchoSweep } from '@rsb/icmp';
import type { Clock, Log, Random } from '@rsb/runtime';
import type { SnmpEngine } from '@rsb/snmp';
import type { AskedObjects, SentPayloads } from '../disclosure/index.ts';
import type { SendBudget } from '../discover/index.ts';
import type { ClockOffset, LogMemory } from '../health/index.ts';
import type { Resolver } from '../line/index.ts';
import type { Surroundings } from '../line-check/index.ts';
import type { BeforeEnrolment, Outbox } from '../outbox/index.ts';
import type { People, Sessions } from '../people/index.ts';
import type { ChangeLog, Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { Facts } from '../store/facts.ts';
import type { LoadMeter } from '../store/load.ts';
import type { Vault } from '../store/vault.ts';
import type { Interfaces } from './networks.ts';

export interface ServiceDeps {
  readonly db: Database;
  readonly facts: Facts;
  readonly vault: Vault;
  readonly outbox: Outbox;
  readonly beforeEnrolment: BeforeEnrolment;
  readonly payloads: SentPayloads;
  readonly asked: AskedObjects;
  readonly offset: ClockOffset;
  readonly logMemory: LogMemory;
  readonly env: NodeJS.ProcessEnv;
  readonly settings: Settings;
  readonly changeLog: ChangeLog;
  readonly people: People;
  readonly sessions: Sessions;
  readonly snmp: SnmpEngine;
  readonly echo: EchoSweep;
  readonly budget: SendBudget;
  /** Measures what passes the budget. */
  readonly load: LoadMeter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly version: string;
  readonly folder: string;
  /** Of this machine, where the page is heard. */
  readonly host: string;
  readonly interfaces: Interfaces;
  /** What the line check sees of this machine's network; the system's where it is left out. */
  readonly around?: Surroundings | undefined;
  readonly resolver: Resolver | undefined;
  /** A device's name in what leaves the box. */
  readonly nameAtCentral: (id: string) => string;
}
