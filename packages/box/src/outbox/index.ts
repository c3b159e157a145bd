/** The outbox: what waits to leave the box, and what left it. */
export type { EntryState, ItemName, OutboxEntry, OutboxItem } from './entry.ts';
export {
  type BatchLimits,
  createOutbox,
  type Outbox,
  type OutboxCounts,
  type ReceiptEffect,
} from './outbox.ts';
export { outboxSchema } from './schema.ts';
