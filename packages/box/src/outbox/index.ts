/** The outbox: what waits to leave the box, and what left it. */
export { type BeforeEnrolment, createBeforeEnrolment, UNENROLLED_LIMITS } from './before-enrolment.ts';
export type { EntryState, ItemName, OutboxEntry, OutboxItem } from './entry.ts';
export {
  type BatchLimits,
  createOutbox,
  type Outbox,
  type OutboxDeps,
  type ReceiptEffect,
} from './outbox.ts';
export type { OutboxCounts, OutboxView, WaitingSummary } from './outbox-view.ts';
export { outboxSchema } from './schema.ts';
