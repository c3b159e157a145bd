/** Choices of the fleet that people keep, each under a name of its own. */
import type { Kysely } from 'kysely';
import type { SavedViewTable } from './standing-tables.ts';
import type { Tables } from './tables.ts';

export interface SavedViews {
  list(account: string): Promise<Omit<SavedViewTable, 'account'>[]>;
  /** A view of that name is replaced; beyond `most` nothing is added. */
  add(account: string, name: string, query: string, most: number): Promise<void>;
  remove(account: string, id: number): Promise<void>;
}

export function savedViewsOf(db: Kysely<Tables>): SavedViews {
  return {
    list: (account) =>
      db
        .selectFrom('saved_view')
        .select(['id', 'name', 'query'])
        .where('account', '=', account)
        .orderBy('id')
        .execute(),
    async add(account, name, query, most) {
      const known = await this.list(account);
      const same = known.find((view) => view.name === name);
      if (!same && known.length >= most) return;
      const id = same?.id ?? (known.at(-1)?.id ?? 0) + 1;
      await db
        .insertInto('saved_view')
        .values({ account, id, name, query })
        .onConflict((conflict) => conflict.columns(['account', 'id']).doUpdateSet({ query }))
        .execute();
    },
    async remove(account, id) {
      await db.deleteFrom('saved_view').where('account', '=', account).where('id', '=', id).execute();
    },
  };
}
