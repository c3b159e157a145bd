/** Passkeys of accounts and the challenges that were answered with them; nobody loses the last way to sign in. */
import type { Kysely, Selectable } from 'kysely';
import type { PasskeyTable } from './people-and-place-tables.ts';
import type { Tables } from './tables.ts';

export type PasskeyRow = Selectable<PasskeyTable>;

/** What an account without a password has in its place; no password hashes to it. */
export const NO_PASSWORD = '';

export interface PasskeyRows {
  listPasskeys(account: number): Promise<PasskeyRow[]>;
  findPasskey(id: string): Promise<PasskeyRow | undefined>;
  /** False where it is known already. */
  addPasskey(row: PasskeyRow): Promise<boolean>;
  savePasskeyUse(id: string, counter: number, at: number): Promise<void>;
  /** `last`: it is the only way in that the account has; nothing is removed then. */
  removePasskey(account: number, id: string): Promise<'removed' | 'unknown' | 'last'>;
  /** False where the account has no passkey to sign in with. */
  removePassword(account: number): Promise<boolean>;
  /** True for the first who uses it. */
  useChallenge(hash: string, expiresAt: number, now: number): Promise<boolean>;
}

export function passkeyRowsOf(db: Kysely<Tables>): PasskeyRows {
  /** Both ways in are looked at under the lock of the account's row: two removals at once leave one. */
  const locked = <T>(account: number, run: (tx: Kysely<Tables>, hasPassword: boolean) => Promise<T>) =>
    db.transaction().execute(async (tx) => {
      await tx.updateTable('account').set({ id: account }).where('id', '=', account).execute();
      const row = await tx.selectFrom('account').select('password_hash').where('id', '=', account).executeTakeFirst();
      return run(tx, row !== undefined && row.password_hash !== NO_PASSWORD);
    });
  const idsOf = (tx: Kysely<Tables>, account: number) =>
    tx.selectFrom('passkey').select('id').where('account_id', '=', account).execute();
  return {
    listPasskeys: (account) =>
      db
        .selectFrom('passkey')
        .selectAll()
        .where('account_id', '=', account)
        .orderBy('created_at')
        .orderBy('id')
        .execute(),
    findPasskey: (id) => db.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst(),
    async addPasskey(row) {
      const made = await db
        .insertInto('passkey')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
    },
    async savePasskeyUse(id, counter, at) {
      await db.updateTable('passkey').set({ counter, last_used: at }).where('id', '=', id).execute();
    },
    removePasskey: (account, id) =>
      locked(account, async (tx, hasPassword) => {
        const ids = await idsOf(tx, account);
        if (!ids.some((each) => each.id === id)) return 'unknown';
        if (!hasPassword && ids.length === 1) return 'last';
        await tx.deleteFrom('passkey').where('id', '=', id).execute();
        return 'removed';
      }),
    removePassword: (account) =>
      locked(account, async (tx) => {
        if ((await idsOf(tx, account)).length === 0) return false;
        await tx.updateTable('account').set({ password_hash: NO_PASSWORD }).where('id', '=', account).execute();
        return true;
      }),
    async useChallenge(hash, expiresAt, now) {
      await db.deleteFrom('used_challenge').where('expires_at', '<=', now).execute();
      const made = await db
        .insertInto('used_challenge')
        .values({ challenge_hash: hash, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('challenge_hash').doNothing())
        .executeTakeFirst();
      return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
    },
  };
}
