/** What is proposed to a customer's boxes, and what became of it. */

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Command, ProposalResult } from '@rsb/contract';
import type { Selectable } from 'kysely';
import type { ExpectedMachineTable } from './people-and-place-tables.ts';
import type { PreparedTable, ProposalTable } from './proposal-tables.ts';
import { batches } from './rows.ts';
import type { Scope } from './scope.ts';

export type ProposalRow = Omit<Selectable<ProposalTable>, 'customer_id'>;
export type PreparedRow = Omit<Selectable<PreparedTable>, 'customer_id'>;
export type ExpectedHereRow = Pick<
  Selectable<ExpectedMachineTable>,
  'serial' | 'manufacturer' | 'model' | 'service_id'
>;

export interface CustomerProposals {
  add(row: ProposalRow): Promise<void>;
  /** Newest first. */
  list(agent: string, limit: number): Promise<ProposalRow[]>;
  find(agent: string, id: string): Promise<ProposalRow | undefined>;
  /** Neither answered nor withdrawn nor ended, oldest first. */
  open(agent: string, now: number, limit: number): Promise<ProposalRow[]>;
  saveFetched(agent: string, ids: readonly string[], at: number): Promise<void>;
  /** The first answer counts, and a file only where one was asked for. */
  saveAnswer(agent: string, answer: ProposalResult, at: number): Promise<void>;
  /** Bytes of the captures that came, by their proposal. */
  captureSizes(agent: string): Promise<ReadonlyMap<string, number>>;
  findCapture(agent: string, id: string): Promise<string | undefined>;
  /** False where it was answered or withdrawn before. */
  withdraw(agent: string, id: string, at: number): Promise<boolean>;
  /** Settings proposals that are of no use once this one is made. */
  withdrawSettings(agent: string, at: number): Promise<void>;
  findPrepared(site: number): Promise<PreparedRow | undefined>;
  savePrepared(row: PreparedRow): Promise<void>;
  removePrepared(site: number): Promise<boolean>;
  /** Machines that should be at a box: of its site or of none, and not seen by another box. */
  expectedAt(agent: string, site: number, limit: number): Promise<ExpectedHereRow[]>;
}

export function customerProposals({ db, customer }: Scope): CustomerProposals {
  const ours = (agent: string) =>
    db.selectFrom('proposal').where('customer_id', '=', customer).where('agent', '=', agent);
  const captured = (agent: string) =>
    db.selectFrom('capture').where('customer_id', '=', customer).where('agent', '=', agent);
  const change = (agent: string) =>
    db.updateTable('proposal').where('customer_id', '=', customer).where('agent', '=', agent);
  const typed = ({ customer_id: _customer, ...row }: Selectable<ProposalTable>): ProposalRow => row;
  const stillOpen = (agent: string) => change(agent).where('answered_at', 'is', null).where('withdrawn_at', 'is', null);
  return {
    async add(row) {
      await db
        .insertInto('proposal')
        .values({ ...row, customer_id: customer })
        .execute();
    },
    async list(agent, limit) {
      const rows = await ours(agent).selectAll().orderBy('proposed_at', 'desc').orderBy('id').limit(limit).execute();
      return rows.map(typed);
    },
    async find(agent, id) {
      const row = await ours(agent).selectAll().where('id', '=', id).executeTakeFirst();
      return row && typed(row);
    },
    async open(agent, now, limit) {
      const rows = await ours(agent)
        .selectAll()
        .where('answered_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .where('ends_at', '>', now)
        .orderBy('proposed_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(typed);
    },
    async saveFetched(agent, ids, at) {
      for (const batch of batches(ids, 1))
        await change(agent).set({ fetched_at: at }).where('id', 'in', batch).where('fetched_at', 'is', null).execute();
    },
    async saveAnswer(agent, { proposal, result, code, detail, capture }, at) {
      const asked = await ours(agent).select(['kind', 'shown', 'detail']).where('id', '=', proposal).executeTakeFirst();
      if (!asked) return;
      // What central could not offer is still lacking after a yes.
      const { numUpdatedRows } = await change(agent)
        .set({ answered_at: at, result, code, detail: JSON.stringify({ ...detail, ...JSON.parse(asked.detail) }) })
        .where('id', '=', proposal)
        .where('answered_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n || result !== 'done' || capture === undefined) return;
      if (asked.kind !== 'command' || (JSON.parse(asked.shown) as Command).do !== 'capture') return;
      const text = Buffer.from(capture);
      await db
        .insertInto('capture')
        .values({
          customer_id: customer,
          agent,
          proposal_id: proposal,
          bytes: text.length,
          packed: zstdCompressSync(text),
        })
        .execute();
    },
    async captureSizes(agent) {
      const rows = await captured(agent).select(['proposal_id', 'bytes']).execute();
      return new Map(rows.map(({ proposal_id, bytes }) => [proposal_id, bytes]));
    },
    async findCapture(agent, id) {
      const row = await captured(agent).select('packed').where('proposal_id', '=', id).executeTakeFirst();
      return row && zstdDecompressSync(row.packed).toString();
    },
    async withdraw(agent, id, at) {
      const { numUpdatedRows } = await stillOpen(agent)
        .set({ withdrawn_at: at })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async withdrawSettings(agent, at) {
      await stillOpen(agent).set({ withdrawn_at: at }).where('kind', '=', 'settings').execute();
    },
    async findPrepared(site) {
      const row = await db
        .selectFrom('prepared')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('site_id', '=', site)
        .executeTakeFirst();
      if (!row) return undefined;
      const { customer_id: _customer, ...rest } = row;
      return rest;
    },
    async savePrepared(row) {
      const { site_id: _site, ...values } = row;
      await db
        .insertInto('prepared')
        .values({ ...row, customer_id: customer })
        .onConflict((conflict) => conflict.columns(['customer_id', 'site_id']).doUpdateSet(values))
        .execute();
    },
    async removePrepared(site) {
      const { numDeletedRows } = await db
        .deleteFrom('prepared')
        .where('customer_id', '=', customer)
        .where('site_id', '=', site)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    expectedAt: (agent, site, limit) =>
      db
        .selectFrom('expected_machine')
        .select(['serial', 'manufacturer', 'model', 'service_id'])
        .where('expected_machine.customer_id', '=', customer)
        .where(({ eb, or }) => or([eb('site_id', 'is', null), eb('site_id', '=', site)]))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('device')
                .select('device.id')
                .where('device.customer_id', '=', customer)
                .whereRef('device.serial_key', '=', 'expected_machine.serial_key')
                .where('device.agent', '!=', agent),
            ),
          ),
        )
        .orderBy('expected_machine.serial_key')
        .limit(limit)
        .execute(),
  };
}
