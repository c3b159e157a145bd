/** When a box counts as silent: by the hours that the settings at its place say, which its row keeps. */
import { type SqlBool, sql } from 'kysely';

const HOUR = 3_600_000;

/** A box that has never reported is given its time from its enrolment on. */
export const boxIsSilent = (box: string, now: number) =>
  sql<SqlBool>`coalesce(${sql.ref(`${box}.last_heard`)}, ${sql.ref(`${box}.enrolled_at`)}) + ${sql.ref(`${box}.silent_hours`)} * ${sql.lit(HOUR)} < ${now}`;

export const isSilentBox = (
  box: { readonly last_heard: number | null; readonly enrolled_at: number; readonly silent_hours: number },
  now: number,
): boolean => (box.last_heard ?? box.enrolled_at) + box.silent_hours * HOUR < now;
