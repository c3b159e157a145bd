/** The outbox: what waits to leave the box, and what left it. */
export { type BeforeEnrolment, createBeforeEnrolment, UNENROLLED_LIMITS } from './before-enrolment.ts';
export type { EntryState, ItemName, OutboxEntry, OutboxItem } from './entry.ts';
export {
  type BatchLimits,
  createOutbox,
  type Outbox,
  type OutboxCounts,
  type OutboxDeps,
  type ReceiptEffect,
  type WaitingSummary,
} from './outbox.ts';
export { outboxSchema } from './schema.ts';
