/** With whom an alert is, until when it sleeps and why central ended it stand in columns of their own; the note is a person's. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columnTypes, type Engine } from './column-types.ts';

export function alertSteps(engine: Engine): Migration {
  const { text, integer } = columnTypes(engine);
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('alert_step').addColumn('given_to', text).execute();
      await db.schema.alterTable('alert_step').addColumn('until', integer).execute();
      await db.schema.alterTable('alert_step').addColumn('reason', text).execute();
      // The first line said it, what somebody noted followed.
      const end = engine === 'postgres' ? sql`strpos(note, chr(10))` : sql`instr(note, char(10))`;
      const first = sql`case when ${end} > 0 then substr(note, 1, ${end} - 1) else note end`;
      const rest = sql`nullif(case when ${end} > 0 then substr(note, ${end} + 1) else '' end, '')`;
      await sql`update alert_step set given_to = nullif(${first}, ''), note = ${rest}
        where step = 'assigned' and note is not null`.execute(db);
      await sql`update alert_step set until = cast(${first} as bigint), note = ${rest}
        where step = 'snoozed' and substr(note, 1, 1) between '0' and '9'`.execute(db);
      await sql`update alert_step set reason = note, note = null
        where step = 'resolved' and by is null and note is not null`.execute(db);
    },
  };
}
