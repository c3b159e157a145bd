/** The one list of what looks across customers. Everything else goes through `forCustomer`. */
import type { Kysely } from 'kysely';
import type { CustomerId } from './identifiers.ts';
import type { CustomerTable, Tables } from './tables.ts';

export interface CustomerSummary {
  readonly id: CustomerId;
  readonly name: string;
  readonly boxes: number;
  readonly devices: number;
  readonly lastHeard: number | null;
}

export interface AcrossCustomers {
  addCustomer(customer: CustomerTable): Promise<void>;
  listCustomers(): Promise<CustomerSummary[]>;
  /** Whose box signs a report: before its signature is checked, only its number is known. */
  findAgentOwner(agent: string): Promise<CustomerId | undefined>;
  /** Whose enrolment code this is. */
  findCodeOwner(codeHash: string): Promise<CustomerId | undefined>;
}

export function acrossCustomersOf(db: Kysely<Tables>): AcrossCustomers {
  return {
    async addCustomer(customer) {
      await db.insertInto('customer').values(customer).execute();
    },
    async listCustomers() {
      const rows = await db
        .selectFrom('customer')
        .select(({ selectFrom, fn }) => [
          'customer.id',
          'customer.name',
          selectFrom('box')
            .select(fn.countAll<number>().as('count'))
            .whereRef('box.customer_id', '=', 'customer.id')
            .where('box.revoked_at', 'is', null)
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
        .orderBy('customer.name')
        .orderBy('customer.id')
        .execute();
      return rows.map((row) => ({
        id: row.id as CustomerId,
        name: row.name,
        boxes: row.boxes ?? 0,
        devices: row.devices ?? 0,
        lastHeard: row.last_heard,
      }));
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
