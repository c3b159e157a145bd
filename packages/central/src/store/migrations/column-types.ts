/** What differs between the two engines in a table's definition, in one place. */
import { type CreateTableBuilder, type RawBuilder, sql } from 'kysely';

export type Engine = 'sqlite' | 'postgres';

export interface ColumnTypes {
  readonly integer: RawBuilder<unknown>;
  readonly text: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
  /** Ends a table of small rows that are always reached by their key. */
  keyed<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** Ends a table whose rows hold bytes. */
  heap<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
}

export function columnTypes(engine: Engine): ColumnTypes {
  return engine === 'postgres'
    ? {
        integer: sql`bigint`,
        text: sql`text`,
        bytes: sql`bytea`,
        keyed: (table) => table,
        heap: (table) => table,
      }
    : {
        integer: sql`integer`,
        text: sql`text`,
        bytes: sql`blob`,
        keyed: (table) => table.modifyEnd(sql`strict, without rowid`),
        heap: (table) => table.modifyEnd(sql`strict`),
      };
}
