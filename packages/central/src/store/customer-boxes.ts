/** A customer's boxes and the codes that enrol them. */
import type { Selectable } from 'kysely';
import type { Scope } from './scope.ts';
import type { BoxTable, EnrolmentCodeTable } from './tables.ts';

export type BoxRow = Selectable<BoxTable>;
export type CodeRow = Selectable<EnrolmentCodeTable>;

export interface BoxSummary extends BoxRow {
  readonly devices: number;
  readonly quarantined: number;
}

/** What a box last said of itself, and where in its items that stands. */
export interface BoxStateRow {
  readonly version: string;
  readonly zone: string;
  readonly waiting: number;
  readonly unreached: string | null;
  readonly state_epoch_no: number;
  readonly state_seq: number;
  /** Left out: as it was. */
  readonly told_settings?: string;
}

export interface CustomerBoxes {
  list(): Promise<BoxSummary[]>;
  /** Without counts. */
  listPlain(): Promise<BoxRow[]>;
  find(agent: string): Promise<BoxRow | undefined>;
  /** False where the agent number is taken, by this customer or another. */
  add(
    box: Pick<BoxRow, 'agent' | 'public_key' | 'enrolled_at' | 'version'> & { readonly site_id?: number },
  ): Promise<boolean>;
  /** Gives a box's number to the machine that takes its place; the key of before is worth nothing from then on. */
  replace(agent: string, next: Pick<BoxRow, 'public_key' | 'version'>, at: number): Promise<boolean>;
  retiredKeys(agent: string): Promise<string[]>;
  /** When another machine last took this number's place; null where none has. */
  lastRetired(agent: string): Promise<number | null>;
  /** False where there is no such box; a box revoked before keeps its first moment. */
  revoke(agent: string, at: number): Promise<boolean>;
  saveHeard(agent: string, at: number): Promise<void>;
  saveSilentHours(agent: string, hours: number): Promise<void>;
  saveState(agent: string, state: BoxStateRow): Promise<void>;
  addCode(
    code: Pick<CodeRow, 'code_hash' | 'created_at' | 'expires_at'> & Partial<Pick<CodeRow, 'replaces' | 'site_id'>>,
  ): Promise<void>;
  findCode(codeHash: string): Promise<CodeRow | undefined>;
  /** True for the one caller who used the code first. */
  useCode(codeHash: string, agent: string, at: number): Promise<boolean>;
}

export function customerBoxes({ db, customer }: Scope): CustomerBoxes {
  const box = (agent: string) => db.updateTable('box').where('customer_id', '=', customer).where('agent', '=', agent);
  return {
    async list() {
      const rows = await db
        .selectFrom('box')
        .selectAll('box')
        .select(({ selectFrom, fn }) => [
          selectFrom('device')
            .select(fn.countAll<number>().as('count'))
            .where('device.customer_id', '=', customer)
            .whereRef('device.agent', '=', 'box.agent')
            .as('devices'),
          selectFrom('quarantine')
            .select(fn.countAll<number>().as('count'))
            .where('quarantine.customer_id', '=', customer)
            .whereRef('quarantine.agent', '=', 'box.agent')
            .as('quarantined'),
        ])
        .where('box.customer_id', '=', customer)
        .orderBy('box.enrolled_at')
        .orderBy('box.agent')
        .execute();
      return rows.map((row) => ({ ...row, devices: row.devices ?? 0, quarantined: row.quarantined ?? 0 }));
    },
    listPlain: () => db.selectFrom('box').selectAll().where('customer_id', '=', customer).orderBy('agent').execute(),
    find: (agent) =>
      db
        .selectFrom('box')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .executeTakeFirst(),
    async add(row) {
      const owned = await db
        .insertInto('agent_owner')
        .values({ agent: row.agent, customer_id: customer })
        .onConflict((conflict) => conflict.column('agent').doNothing())
        .executeTakeFirst();
      if (Number(owned.numInsertedOrUpdatedRows ?? 0) === 0) return false;
      await db
        .insertInto('box')
        .values({ ...row, customer_id: customer })
        .execute();
      return true;
    },
    async replace(agent, next, at) {
      const old = await this.find(agent);
      if (!old || old.left_at !== null) return false;
      await db
        .insertInto('retired_key')
        .values({ customer_id: customer, agent, public_key: old.public_key, retired_at: at })
        .onConflict((conflict) => conflict.columns(['customer_id', 'agent', 'public_key']).doNothing())
        .execute();
      await db
        .deleteFrom('retired_key')
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .where('public_key', '=', next.public_key)
        .execute();
      await box(agent)
        .set({ ...next, revoked_at: null, waiting: null, unreached: null })
        .execute();
      return true;
    },
    async retiredKeys(agent) {
      const rows = await db
        .selectFrom('retired_key')
        .select('public_key')
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .execute();
      return rows.map((row) => row.public_key);
    },
    async lastRetired(agent) {
      const row = await db
        .selectFrom('retired_key')
        .select(({ fn }) => fn.max('retired_at').as('at'))
        .where('customer_id', '=', customer)
        .where('agent', '=', agent)
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async revoke(agent, at) {
      await box(agent).set({ revoked_at: at }).where('revoked_at', 'is', null).execute();
      return (await this.find(agent)) !== undefined;
    },
    async saveHeard(agent, at) {
      await box(agent).set({ last_heard: at }).execute();
    },
    async saveSilentHours(agent, hours) {
      await box(agent).set({ silent_hours: hours }).execute();
    },
    async saveState(agent, state) {
      await box(agent).set(state).execute();
    },
    async addCode(code) {
      await db.insertInto('code_owner').values({ code_hash: code.code_hash, customer_id: customer }).execute();
      await db
        .insertInto('enrolment_code')
        .values({ ...code, customer_id: customer })
        .execute();
    },
    findCode: (codeHash) =>
      db
        .selectFrom('enrolment_code')
        .selectAll()
        .where('customer_id', '=', customer)
        .where('code_hash', '=', codeHash)
        .executeTakeFirst(),
    async useCode(codeHash, agent, at) {
      const used = await db
        .updateTable('enrolment_code')
        .set({ used_at: at, agent })
        .where('customer_id', '=', customer)
        .where('code_hash', '=', codeHash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return Number(used.numUpdatedRows) === 1;
    },
  };
}
