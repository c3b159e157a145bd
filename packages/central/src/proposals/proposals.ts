/** What people at central prepare and propose, and what became of it. */
import {
  type CentralProposalView,
  type Fault,
  fault,
  type PreparedView,
  type ProposalRequest,
  type ProposedSettings,
  shownSettings,
} from '@rsb/contract';
import {
  type Clock,
  failure,
  hours,
  instant,
  isoInstant,
  type Log,
  type Outcome,
  type Random,
  success,
} from '@rsb/runtime';
import type { ProposalRow } from '../store/customer-proposals.ts';
import type { CustomerStore } from '../store/database.ts';
import { findDeviceId } from '../store/identifiers.ts';
import type { AtRest } from './at-rest.ts';

export interface Proposals {
  propose(
    store: CustomerStore,
    agent: string,
    request: ProposalRequest,
    by: string,
  ): Promise<Outcome<CentralProposalView, Fault>>;
  list(store: CustomerStore, agent: string): Promise<CentralProposalView[]>;
  /** The file that a box made on a proposal. */
  capture(store: CustomerStore, agent: string, id: string, by: string): Promise<Outcome<string, Fault>>;
  withdraw(store: CustomerStore, agent: string, id: string): Promise<Outcome<null, Fault>>;
  prepare(store: CustomerStore, site: number, settings: ProposedSettings, by: string): Promise<PreparedView>;
  prepared(store: CustomerStore, site: number): Promise<PreparedView>;
}

const MOST_LISTED = 100;
/** A technician looks at the box when the customer calls; a command is for now. */
const SETTINGS_HOLD = 720;
const COMMAND_HOLDS = 24;
export const PREPARED_HOLDS = hours(SETTINGS_HOLD);

export const drawProposalId = (random: Random): string => Buffer.from(random.bytes(8)).toString('hex');
export const contextOf = (agent: string, id: string): string => `${agent} ${id}`;
export const preparedContext = (customer: number, site: number): string => `prepared ${customer} ${site}`;

export function createProposals(deps: {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly atRest: AtRest;
}): Proposals {
  const { clock, random, log, atRest } = deps;
  return {
    async propose(store, agent, request, by) {
      const command = await commandOf(store, request);
      if (!command.ok) return command;
      const { settings } = request;
      if ((settings === undefined) === (command.value === null)) return failure(fault('proposalEmpty'));
      const box = await store.boxes.find(agent);
      if (!box) return failure(fault('notFound'));
      if (box.revoked_at !== null) return failure(fault('boxRevoked'));
      if (box.left_at !== null) return failure(fault('boxHasLeft', { agent }));
      const id = drawProposalId(random);
      const now = clock.now();
      const ends = now + hours(request.hours ?? (settings ? SETTINGS_HOLD : COMMAND_HOLDS));
      const row: ProposalRow = {
        agent,
        id,
        kind: settings ? 'settings' : 'command',
        shown: JSON.stringify(settings ? shownSettings(settings, isoInstant(now)) : command.value),
        sealed: settings ? atRest.seal(JSON.stringify(settings), contextOf(agent, id)) : null,
        proposed_at: now,
        proposed_by: by,
        ends_at: ends,
        prepared_at: null,
        fetched_at: null,
        withdrawn_at: null,
        answered_at: null,
        result: null,
        code: null,
        detail: '{}',
      };
      await store.exclusively(async (inside) => {
        // Two sets of settings that both wait would undo each other.
        if (settings) await inside.proposals.withdrawSettings(agent, now);
        await inside.proposals.add(row);
      });
      log.info('proposed', { agent, id, kind: row.kind, command: command.value?.do ?? '', by });
      return success(proposalView(row, null, now));
    },
    async list(store, agent) {
      const files = await store.proposals.captureSizes(agent);
      const rows = await store.proposals.list(agent, MOST_LISTED);
      return rows.map((row) => proposalView(row, files.get(row.id) ?? null, clock.now()));
    },
    async capture(store, agent, id, by) {
      const text = await store.proposals.findCapture(agent, id);
      if (text === undefined) return failure(fault('notFound'));
      log.info('a capture was fetched', { agent, id, by });
      return success(text);
    },
    async withdraw(store, agent, id) {
      if (await store.proposals.withdraw(agent, id, clock.now())) return success(null);
      return failure(fault((await store.proposals.find(agent, id)) ? 'proposalAnswered' : 'notFound'));
    },
    async prepare(store, site, settings, by) {
      const now = clock.now();
      await store.proposals.savePrepared({
        site_id: site,
        shown: JSON.stringify(shownSettings(settings, isoInstant(now))),
        sealed: atRest.seal(JSON.stringify(settings), preparedContext(store.id, site)),
        prepared_at: now,
        prepared_by: by,
      });
      return this.prepared(store, site);
    },
    async prepared(store, site) {
      const row = await store.proposals.findPrepared(site);
      if (!row) return { preparedAt: null, by: null, settings: null };
      return {
        preparedAt: isoInstant(instant(row.prepared_at)),
        by: row.prepared_by,
        settings: JSON.parse(row.shown),
      };
    },
  };
}

/** A machine is named by central's id here, and by the box's own on its way. */
async function commandOf(
  store: CustomerStore,
  { command, read }: ProposalRequest,
): Promise<Outcome<ProposalRequest['command'] | null, Fault>> {
  if (read === undefined) return success(command ?? null);
  if (command !== undefined) return failure(fault('proposalEmpty'));
  const id = findDeviceId(read);
  const device = id === undefined ? undefined : await store.devices.find(id);
  return device ? success({ do: 'read', device: device.local_id }) : failure(fault('notFound', {}, '/read'));
}

function stateOf(row: ProposalRow, now: number): CentralProposalView['state'] {
  if (row.result !== null) return row.result;
  if (row.withdrawn_at !== null) return 'withdrawn';
  return row.ends_at <= now ? 'ended' : 'open';
}

function proposalView(row: ProposalRow, captureBytes: number | null, now: number): CentralProposalView {
  const iso = (at: number) => isoInstant(instant(at));
  return {
    id: row.id,
    by: row.proposed_by,
    proposedAt: iso(row.proposed_at),
    endsAt: iso(row.ends_at),
    fetchedAt: row.fetched_at === null ? null : iso(row.fetched_at),
    answeredAt: row.answered_at === null ? null : iso(row.answered_at),
    state: stateOf(row, now),
    code: row.code,
    settings: row.kind === 'settings' ? JSON.parse(row.shown) : null,
    command: row.kind === 'command' ? JSON.parse(row.shown) : null,
    captureBytes,
    detail: JSON.parse(row.detail),
  };
}
