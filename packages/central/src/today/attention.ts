/** What somebody does about a line of the day's page: acknowledged, given to a person, put off; each step is kept. */
import type { AttentionRequest } from '@rsb/contract';
import { instant, isoInstant } from '@rsb/runtime';
import type { AttentionRow } from '../store/customer-standings.ts';
import type { CustomerStore } from '../store/database.ts';
import { storable } from '../store/storable-text.ts';

const HOUR = 3_600_000;
const DEFAULT_SNOOZE_HOURS = 24;
const FRESH = {
  acknowledged_by: null,
  acknowledged_at: null,
  assigned_to: null,
  assigned_by: null,
  assigned_at: null,
  snoozed_until: null,
  snoozed_by: null,
  snoozed_at: null,
} as const;

export function attend(outside: CustomerStore, request: AttentionRequest, by: string, now: number): Promise<void> {
  return outside.exclusively(async (store) => {
    const subject = storable(request.subject);
    const known = await store.standings.findAttention(subject);
    // Another cause is another case: what was said of the last one is no longer so.
    const before: AttentionRow = known?.cause === request.cause ? known : { cause: storable(request.cause), ...FRESH };
    const { row, detail } = stepped(before, request, by, now);
    await store.standings.saveAttention(subject, row, { at: now, by, step: request.step, detail });
  });
}

function stepped(
  before: AttentionRow,
  { step, to, hours = DEFAULT_SNOOZE_HOURS }: AttentionRequest,
  by: string,
  now: number,
): { readonly row: AttentionRow; readonly detail: string | null } {
  switch (step) {
    case 'acknowledge':
      return { row: { ...before, acknowledged_by: by, acknowledged_at: now }, detail: null };
    case 'assign': {
      const whom = to ? storable(to) : null;
      const given = {
        assigned_to: whom,
        assigned_by: whom === null ? null : by,
        assigned_at: whom === null ? null : now,
      };
      return { row: { ...before, ...given }, detail: whom };
    }
    case 'snooze': {
      const until = now + hours * HOUR;
      return {
        row: { ...before, snoozed_until: until, snoozed_by: by, snoozed_at: now },
        detail: isoInstant(instant(until)),
      };
    }
    case 'wake':
      return { row: { ...before, snoozed_until: null, snoozed_by: null, snoozed_at: null }, detail: null };
    case 'clear':
      return { row: { cause: before.cause, ...FRESH }, detail: null };
  }
}
