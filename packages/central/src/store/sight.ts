/** What a question across customers may see: all of the dealer's, or one customer alone. */
import type { Kysely } from 'kysely';
import type { CustomerId } from './identifiers.ts';
import type { Tables } from './tables.ts';

export interface Sight {
  readonly db: Kysely<Tables>;
  /** null: all customers. */
  readonly customer: CustomerId | null;
}
