/** Finding printers. */
export {
  type DiscoverCounts,
  type DiscoverDeps,
  type DiscoverOptions,
  type DiscoverProgress,
  type DiscoverRange,
  type DiscoverSummary,
  type Discovery,
  discover,
  type Found,
  type Load,
} from './discover.ts';
export { type Estimate, estimate } from './estimate.ts';
export { type BudgetLimits, type BudgetRange, createSendBudget, type SendBudget } from './send-budget.ts';
