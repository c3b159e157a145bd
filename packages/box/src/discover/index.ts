/** Finding printers, and finding out why one is not found. */
export { type DiagnoseDeps, diagnose } from './diagnose.ts';
export { discover } from './discover.ts';
export type {
  DiscoverCounts,
  DiscoverDeps,
  DiscoverOptions,
  DiscoverProgress,
  DiscoverRange,
  DiscoverSummary,
  Discovery,
  Found,
  Load,
} from './discovery.ts';
export { type Estimate, type EstimatedRange, type EstimateOptions, estimate } from './estimate.ts';
export { type PortProbe, type PortState, portProbe } from './port-probe.ts';
export { type LineQuality, waitOn } from './round-trips.ts';
export {
  type BudgetLimits,
  type BudgetRange,
  createSendBudget,
  type LineJudge,
  type Passed,
  type SendBudget,
} from './send-budget.ts';
