/** What belongs to the dealer's house and to no customer: the dealer, accounts, sessions, the set-up code. */
import type { Kysely } from 'kysely';
import type { AccountTable, DealerTable, Tables } from './tables.ts';

export interface SessionRow {
  readonly accountId: number;
  readonly data: string;
  readonly expiresAt: number;
}

export interface House {
  findDealer(): Promise<DealerTable | undefined>;
  /** What boxes show at the top of their page. */
  saveDealer(dealer: Pick<DealerTable, 'name' | 'hotline'>): Promise<void>;
  /** Makes dealer and first account at once; false where there is a dealer already. */
  found(dealer: Omit<DealerTable, 'id'>, account: AccountTable): Promise<boolean>;
  findSetupCodeHash(): Promise<string | undefined>;
  saveSetupCodeHash(hash: string): Promise<void>;
  findAccountByName(nameKey: string): Promise<AccountTable | undefined>;
  findAccount(id: number): Promise<AccountTable | undefined>;
  findSession(idHash: string): Promise<SessionRow | undefined>;
  saveSession(idHash: string, row: SessionRow): Promise<void>;
  removeSession(idHash: string): Promise<void>;
  removeSessionsExpiredBy(now: number): Promise<void>;
}

export function houseOf(db: Kysely<Tables>): House {
  return {
    findDealer: () => db.selectFrom('dealer').selectAll().executeTakeFirst(),
    async saveDealer(dealer) {
      await db.updateTable('dealer').set(dealer).execute();
    },
    found: (dealer, account) =>
      db.transaction().execute(async (tx) => {
        const made = await tx
          .insertInto('dealer')
          .values({ id: 1, ...dealer })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst();
        if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0) return false;
        await tx.insertInto('account').values(account).execute();
        await tx.deleteFrom('setup').execute();
        return true;
      }),
    async findSetupCodeHash() {
      return (await db.selectFrom('setup').select('code_hash').executeTakeFirst())?.code_hash;
    },
    async saveSetupCodeHash(hash) {
      await db
        .insertInto('setup')
        .values({ id: 1, code_hash: hash })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ code_hash: hash }))
        .execute();
    },
    findAccountByName: (nameKey) =>
      db.selectFrom('account').selectAll().where('name_key', '=', nameKey).executeTakeFirst(),
    findAccount: (id) => db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst(),
    async findSession(idHash) {
      const row = await db.selectFrom('session').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
      return row && { accountId: row.account_id, data: row.data, expiresAt: row.expires_at };
    },
    async saveSession(idHash, { accountId, data, expiresAt }) {
      const values = { account_id: accountId, data, expires_at: expiresAt };
      await db
        .insertInto('session')
        .values({ id_hash: idHash, ...values })
        .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(values))
        .execute();
    },
    async removeSession(idHash) {
      await db.deleteFrom('session').where('id_hash', '=', idHash).execute();
    },
    async removeSessionsExpiredBy(now) {
      await db.deleteFrom('session').where('expires_at', '<=', now).execute();
    },
  };
}
