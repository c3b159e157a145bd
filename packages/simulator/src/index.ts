export type { Traffic } from './agent.ts';
export { CANARY } from './canary.ts';
export type { Fault } from './fault.ts';
export type { PastMachine, PastReading } from './history/machine-past.ts';
export { type PastBox, type PastCustomer, type PastPlan, pastFleet } from './history/past-fleet.ts';
export type { SimulatedMachine } from './machine.ts';
export { allObjects, changingMib, type LiveValue, type Mib, type MibObject, mibOf } from './mib.ts';
export { type SeedMachine, seedMachines, seedServiceIds } from './seed-machines.ts';
export { type LiveOptions, type SeedSiteOptions, seedSite } from './seed-site.ts';
export {
  type CapturesSite,
  capturesSite,
  type RunningSite,
  SiteBindError,
  type SiteOptions,
  siteLines,
  startSite,
} from './site.ts';
export { type Capture, type CaptureProblem, parseSnmprec } from './snmprec.ts';
