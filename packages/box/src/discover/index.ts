/** Finding printers, and finding out why one is not found. */
export { type DiagnoseDeps, diagnose } from './diagnose.ts';
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
