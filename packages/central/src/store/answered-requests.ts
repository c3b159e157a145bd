/** Requests with an Idempotency-Key: which runs, and how it was answered. Kept sealed, for as long as a repeat may come. */
import type { Kysely, Selectable } from 'kysely';
import type { AnsweredRequestTable } from './people-and-place-tables.ts';
import type { Tables } from './tables.ts';

export type AnsweredRow = Selectable<AnsweredRequestTable>;

export interface AnsweredRequests {
  /** True for the first with this key: it may run. */
  begin(row: Pick<AnsweredRow, 'key_hash' | 'fingerprint' | 'expires_at'>, now: number): Promise<boolean>;
  find(keyHash: string): Promise<AnsweredRow | undefined>;
  finish(keyHash: string, answer: Pick<AnsweredRow, 'status' | 'sealed' | 'expires_at'>): Promise<void>;
  /** Nothing was done: the same key may be used again. */
  forget(keyHash: string): Promise<void>;
}

export function answeredRequestsOf(db: Kysely<Tables>): AnsweredRequests {
  return {
    async begin(row, now) {
      await db.deleteFrom('answered_request').where('expires_at', '<=', now).execute();
      const made = await db
        .insertInto('answered_request')
        .values({ ...row, status: null, sealed: null })
        .onConflict((conflict) => conflict.column('key_hash').doNothing())
        .executeTakeFirst();
      return Number(made.numInsertedOrUpdatedRows ?? 0) === 1;
    },
    find: (keyHash) => db.selectFrom('answered_request').selectAll().where('key_hash', '=', keyHash).executeTakeFirst(),
    async finish(keyHash, answer) {
      await db.updateTable('answered_request').set(answer).where('key_hash', '=', keyHash).execute();
    },
    async forget(keyHash) {
      await db.deleteFrom('answered_request').where('key_hash', '=', keyHash).execute();
    },
  };
}
