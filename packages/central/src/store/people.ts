/** The house's people and programs in the store: accounts, their sessions, invitations, API tokens. */
import type { Kysely, Selectable } from 'kysely';
import { NO_PASSWORD, type PasskeyRow, type PasskeyRows, passkeyRowsOf } from './passkey-rows.ts';
import type { ApiTokenTable, InvitationTable } from './people-and-place-tables.ts';
import type { AccountTable, Tables } from './tables.ts';

export type AccountRow = Selectable<AccountTable>;
export type InvitationRow = Selectable<InvitationTable>;
export type TokenRow = Selectable<ApiTokenTable>;

export interface SignInRow {
  readonly idHash: string;
  readonly data: string;
  readonly expiresAt: number;
}

export interface People extends PasskeyRows {
  listAccounts(): Promise<(AccountRow & { readonly passkeys: number })[]>;
  /** False where the name is taken. */
  addAccount(row: AccountRow): Promise<boolean>;
  /** False where nobody who may manage people would be left; nothing is changed then. */
  changeAccount(
    id: number,
    change: Partial<Pick<AccountRow, 'role' | 'customer_id' | 'disabled_at'>>,
  ): Promise<boolean>;
  savePassword(id: number, hash: string): Promise<void>;
  saveSeen(id: number, at: number): Promise<void>;
  listSessions(account: number): Promise<SignInRow[]>;
  /** All of an account's sessions but one. */
  removeSessions(account: number, but?: string): Promise<void>;
  removeSessionOf(account: number, idHash: string): Promise<boolean>;
  addInvitation(row: InvitationRow): Promise<void>;
  /** Those that are neither used nor over. */
  listInvitations(now: number): Promise<InvitationRow[]>;
  findInvitation(codeHash: string, now: number): Promise<InvitationRow | undefined>;
  /** True for the one who used it first. */
  useInvitation(id: number, at: number): Promise<boolean>;
  removeInvitation(id: number): Promise<boolean>;
  /**
   * An invitation ends with a passkey, all at once: a new account without a password, or a known one that loses its password
   * and its sessions. False where the invitation was used meanwhile, or the name or the passkey is taken.
   */
  joinByPasskey(invitation: number, at: number, account: AccountRow | null, passkey: PasskeyRow): Promise<boolean>;
  addToken(row: TokenRow): Promise<void>;
  listTokens(): Promise<TokenRow[]>;
  findToken(hash: string): Promise<TokenRow | undefined>;
  revokeToken(id: number, at: number): Promise<boolean>;
  saveTokenUsed(id: number, at: number): Promise<void>;
}

const changed = (result: { readonly numUpdatedRows?: bigint; readonly numDeletedRows?: bigint } | undefined): boolean =>
  Number(result?.numUpdatedRows ?? result?.numDeletedRows ?? 0) > 0;

export function peopleOf(db: Kysely<Tables>): People {
  return { ...accountsIn(db), ...invitationsIn(db), ...tokensIn(db), ...passkeyRowsOf(db) };
}

type Part<K extends keyof People> = Pick<People, K>;

function accountsIn(
  db: Kysely<Tables>,
): Part<
  | 'listAccounts'
  | 'addAccount'
  | 'changeAccount'
  | 'savePassword'
  | 'saveSeen'
  | 'listSessions'
  | 'removeSessions'
  | 'removeSessionOf'
> {
  return {
    async listAccounts() {
      const rows = await db
        .selectFrom('account')
        .selectAll('account')
        .select(({ selectFrom, fn }) =>
          selectFrom('passkey')
            .select(fn.countAll<number>().as('count'))
            .whereRef('passkey.account_id', '=', 'account.id')
            .as('passkeys'),
        )
        .orderBy('name_key')
        .execute();
      return rows.map((row) => ({ ...row, passkeys: row.passkeys ?? 0 }));
    },
    async addAccount(row) {
      const made = await db
        .insertInto('account')
        .values(row)
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .executeTakeFirst();
      return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
    },
    changeAccount: (id, change) =>
      db
        .transaction()
        .execute(async (tx) => {
          // Two administrators who demote each other at once would leave nobody: one after the other.
          await tx.updateTable('dealer').set({ id: 1 }).where('id', '=', 1).execute();
          await tx.updateTable('account').set(change).where('id', '=', id).execute();
          const left = await tx
            .selectFrom('account')
            .select('id')
            .where('role', '=', 'admin')
            .where('disabled_at', 'is', null)
            .executeTakeFirst();
          if (!left) throw new NobodyLeft();
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof NobodyLeft) return false;
          throw error;
        }),
    async savePassword(id, hash) {
      await db.updateTable('account').set({ password_hash: hash }).where('id', '=', id).execute();
    },
    async saveSeen(id, at) {
      await db.updateTable('account').set({ last_seen: at }).where('id', '=', id).execute();
    },
    async listSessions(account) {
      const rows = await db.selectFrom('session').selectAll().where('account_id', '=', account).execute();
      return rows.map((row) => ({ idHash: row.id_hash, data: row.data, expiresAt: row.expires_at }));
    },
    async removeSessions(account, but) {
      await db
        .deleteFrom('session')
        .where('account_id', '=', account)
        .where('id_hash', '<>', but ?? '')
        .execute();
    },
    removeSessionOf: async (account, idHash) =>
      changed(
        await db
          .deleteFrom('session')
          .where('account_id', '=', account)
          .where('id_hash', '=', idHash)
          .executeTakeFirst(),
      ),
  };
}

/** These roll a change back. */
class NobodyLeft extends Error {}
class NotJoined extends Error {}

function invitationsIn(
  db: Kysely<Tables>,
): Part<
  'addInvitation' | 'listInvitations' | 'findInvitation' | 'useInvitation' | 'removeInvitation' | 'joinByPasskey'
> {
  const waiting = (now: number) =>
    db.selectFrom('invitation').selectAll().where('used_at', 'is', null).where('expires_at', '>', now);
  return {
    async addInvitation(row) {
      await db.insertInto('invitation').values(row).execute();
    },
    listInvitations: (now) => waiting(now).orderBy('created_at', 'desc').orderBy('id').execute(),
    findInvitation: (codeHash, now) => waiting(now).where('code_hash', '=', codeHash).executeTakeFirst(),
    useInvitation: async (id, at) =>
      changed(
        await db
          .updateTable('invitation')
          .set({ used_at: at })
          .where('id', '=', id)
          .where('used_at', 'is', null)
          .executeTakeFirst(),
      ),
    removeInvitation: async (id) =>
      changed(await db.deleteFrom('invitation').where('id', '=', id).where('used_at', 'is', null).executeTakeFirst()),
    joinByPasskey: (invitation, at, account, passkey) =>
      db
        .transaction()
        .execute(async (tx) => {
          if (!(await invitationsIn(tx).useInvitation(invitation, at))) throw new NotJoined();
          if (account) {
            if (!(await accountsIn(tx).addAccount(account))) throw new NotJoined();
          } else {
            await accountsIn(tx).savePassword(passkey.account_id, NO_PASSWORD);
            await accountsIn(tx).removeSessions(passkey.account_id);
          }
          if (!(await passkeyRowsOf(tx).addPasskey(passkey))) throw new NotJoined();
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof NotJoined) return false;
          throw error;
        }),
  };
}

function tokensIn(db: Kysely<Tables>): Part<'addToken' | 'listTokens' | 'findToken' | 'revokeToken' | 'saveTokenUsed'> {
  return {
    async addToken(row) {
      await db.insertInto('api_token').values(row).execute();
    },
    listTokens: () => db.selectFrom('api_token').selectAll().orderBy('created_at', 'desc').orderBy('id').execute(),
    findToken: (hash) => db.selectFrom('api_token').selectAll().where('token_hash', '=', hash).executeTakeFirst(),
    revokeToken: async (id, at) =>
      changed(
        await db
          .updateTable('api_token')
          .set({ revoked_at: at })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      ),
    async saveTokenUsed(id, at) {
      await db.updateTable('api_token').set({ last_used: at }).where('id', '=', id).execute();
    },
  };
}
