/** The one list of what looks across customers. Everything else goes through `forCustomer`. */
import { type Kysely, sql } from 'kysely';
import { foldText } from '../fleet/search-text.ts';
import { FIRST_SITE } from './customer-places.ts';
import type { CustomerId } from './identifiers.ts';
import { batches } from './rows.ts';
import { sortKey } from './sort-key.ts';
import type { CustomerTable, Tables } from './tables.ts';

export interface CustomerSummary {
  readonly id: CustomerId;
  readonly name: string;
  /** What lists are sorted by. */
  readonly sortKey: string;
  readonly boxes: number;
  readonly devices: number;
  readonly lastHeard: number | null;
  readonly number: string | null;
  readonly agency: number | null;
  readonly revision: number;
}

export interface CustomerPage {
  /** The one that its reader may see. */
  readonly only?: CustomerId | null;
  readonly after?: { readonly sortKey: string; readonly id: number } | null;
  readonly limit?: number;
}

export interface NewCustomer extends Pick<CustomerTable, 'name' | 'created_at'> {
  readonly id: CustomerId;
  readonly number?: string | null;
  readonly agency_id?: number | null;
}

export interface BoxMoveRow {
  readonly agent: string;
  readonly from: CustomerId;
  readonly to: CustomerId;
  readonly site: number;
  readonly at: number;
}

export interface AcrossCustomers {
  /** With its first site. False where another customer has its number. */
  addCustomer(customer: NewCustomer): Promise<boolean>;
  /** In order of their names. */
  listCustomers(page?: CustomerPage): Promise<CustomerSummary[]>;
  customersOfAgency(agency: number): Promise<CustomerId[]>;
  /** Gives a box to another customer; what it sent so far stays. False where it is no longer the first one's. */
  moveBox(move: BoxMoveRow): Promise<boolean>;
  /** Customers that a box reported for before. */
  formerOwners(agent: string): Promise<CustomerId[]>;
  /** At which customers these serial numbers are expected by an import. */
  whoExpects(serialKeys: readonly string[]): Promise<{ readonly serialKey: string; readonly customer: CustomerId }[]>;
  /** At which customers machines with these serial numbers are seen. */
  whoSees(serialKeys: readonly string[]): Promise<{ readonly serialKey: string; readonly customer: CustomerId }[]>;
  /** Whose box signs a report: before its signature is checked, only its number is known. */
  findAgentOwner(agent: string): Promise<CustomerId | undefined>;
  /** Whose enrolment code this is. */
  findCodeOwner(codeHash: string): Promise<CustomerId | undefined>;
}

export function acrossCustomersOf(db: Kysely<Tables>): AcrossCustomers {
  return {
    addCustomer: ({ id, name, created_at, number = null, agency_id = null }) =>
      db.transaction().execute(async (tx) => {
        const made = await tx
          .insertInto('customer')
          .values({ id, name, created_at, number, agency_id, search: foldText(name), sort_key: sortKey(name) })
          .onConflict((conflict) => conflict.column('number').doNothing())
          .executeTakeFirst();
        if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0) return false;
        const site = { customer_id: id, id: FIRST_SITE, name: '', address: null, created_at };
        await tx.insertInto('site').values(site).execute();
        return true;
      }),
    async listCustomers({ only = null, after = null, limit } = {}) {
      let page = db.selectFrom('customer').select('customer.id').orderBy('customer.sort_key').orderBy('customer.id');
      if (only !== null) page = page.where('customer.id', '=', only);
      if (after !== null)
        page = page.where(({ or, and, eb }) =>
          or([
            eb('customer.sort_key', '>', after.sortKey),
            and([eb('customer.sort_key', '=', after.sortKey), eb('customer.id', '>', after.id)]),
          ]),
        );
      if (limit !== undefined) page = page.limit(limit);
      const rows = await db
        .selectFrom('customer')
        .select(({ selectFrom, fn }) => [
          'customer.id',
          'customer.name',
          'customer.sort_key',
          'customer.number',
          'customer.agency_id',
          'customer.revision',
          selectFrom('box')
            .select(fn.countAll<number>().as('count'))
            .whereRef('box.customer_id', '=', 'customer.id')
            .where('box.revoked_at', 'is', null)
            .where('box.left_at', 'is', null)
            .as('boxes'),
          selectFrom('device')
            .select(fn.countAll<number>().as('count'))
            .whereRef('device.customer_id', '=', 'customer.id')
            .as('devices'),
          selectFrom('box')
            .select(({ fn }) => fn.max('box.last_heard').as('latest'))
            .whereRef('box.customer_id', '=', 'customer.id')
            .as('last_heard'),
        ])
        .where('customer.id', 'in', page)
        .orderBy('customer.sort_key')
        .orderBy('customer.id')
        .execute();
      return rows.map((row) => ({
        id: row.id as CustomerId,
        name: row.name,
        sortKey: row.sort_key,
        boxes: row.boxes ?? 0,
        devices: row.devices ?? 0,
        lastHeard: row.last_heard,
        number: row.number,
        agency: row.agency_id,
        revision: row.revision,
      }));
    },
    async customersOfAgency(agency) {
      const rows = await db.selectFrom('customer').select('id').where('agency_id', '=', agency).execute();
      return rows.map((row) => row.id as CustomerId);
    },
    moveBox: ({ agent, from, to, site, at }) =>
      db.transaction().execute(async (tx) => {
        // A report that is being stored for the first one is finished before; the next one finds the new owner.
        await tx.updateTable('customer').set({ created_at: sql`created_at` }).where('id', '=', from).execute();
        const owned = await tx
          .updateTable('agent_owner')
          .set({ customer_id: to })
          .where('agent', '=', agent)
          .where('customer_id', '=', from)
          .executeTakeFirst();
        if (owned.numUpdatedRows === 0n) return false;
        const row = await tx
          .selectFrom('box')
          .selectAll()
          .where('customer_id', '=', from)
          .where('agent', '=', agent)
          .executeTakeFirstOrThrow();
        await tx
          .updateTable('box')
          .set({ left_at: at })
          .where('customer_id', '=', from)
          .where('agent', '=', agent)
          .execute();
        // It may come back to a customer where it stood before.
        const moved = { ...row, customer_id: to, site_id: site, left_at: null, last_heard: null, waiting: null };
        // What it told of the first one's networks is no business of the second's.
        const untold = { unreached: null, told_settings: null, state_epoch_no: null, state_seq: null };
        await tx
          .insertInto('box')
          .values({ ...moved, ...untold })
          .onConflict((conflict) =>
            conflict
              .columns(['customer_id', 'agent'])
              .doUpdateSet({ public_key: row.public_key, site_id: site, left_at: null, revoked_at: row.revoked_at }),
          )
          .execute();
        await tx
          .insertInto('former_owner')
          .values({ agent, customer_id: from, until_at: at })
          .onConflict((conflict) => conflict.columns(['agent', 'customer_id']).doUpdateSet({ until_at: at }))
          .execute();
        return true;
      }),
    async formerOwners(agent) {
      const rows = await db.selectFrom('former_owner').select('customer_id').where('agent', '=', agent).execute();
      return rows.map((row) => row.customer_id as CustomerId);
    },
    async whoExpects(serialKeys) {
      const found: { serialKey: string; customer: CustomerId }[] = [];
      for (const batch of batches(serialKeys, 1)) {
        const rows = await db
          .selectFrom('expected_machine')
          .select(['serial_key', 'customer_id'])
          .where('serial_key', 'in', batch)
          .execute();
        found.push(...rows.map((row) => ({ serialKey: row.serial_key, customer: row.customer_id as CustomerId })));
      }
      return found;
    },
    async whoSees(serialKeys) {
      const found: { serialKey: string; customer: CustomerId }[] = [];
      for (const batch of batches(serialKeys, 1)) {
        const rows = await db
          .selectFrom('device')
          .select(['serial_key', 'customer_id'])
          .where('serial_key', 'in', batch)
          .execute();
        for (const row of rows)
          if (row.serial_key !== null)
            found.push({ serialKey: row.serial_key, customer: row.customer_id as CustomerId });
      }
      return found;
    },
    async findAgentOwner(agent) {
      const row = await db
        .selectFrom('agent_owner')
        .select('customer_id')
        .where('agent', '=', agent)
        .executeTakeFirst();
      return row?.customer_id as CustomerId | undefined;
    },
    async findCodeOwner(codeHash) {
      const row = await db
        .selectFrom('code_owner')
        .select('customer_id')
        .where('code_hash', '=', codeHash)
        .executeTakeFirst();
      return row?.customer_id as CustomerId | undefined;
    },
  };
}
