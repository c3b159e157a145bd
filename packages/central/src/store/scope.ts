/** What every part of a customer's store works on: a connection or transaction, and the one customer. */
import type { Kysely } from 'kysely';
import type { CustomerId } from './identifiers.ts';
import type { Tables } from './tables.ts';

export interface Scope {
  readonly db: Kysely<Tables>;
  readonly customer: CustomerId;
}
