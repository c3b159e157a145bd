/** Reading printers. */
export { absentReading } from './absent-reading.ts';
export type { ReadOptions } from './ask-in-rounds.ts';
export { askedLog } from './asked-log.ts';
export { type Attempt, attemptsOf, LONG_PATIENCE, SHORT_PATIENCE } from './attempts.ts';
export { codeOf } from './gathered.ts';
export { type AddressedDevice, type IdentifiedPrinter, identifyDevice, type WhoIsThere } from './identify-device.ts';
export type { LearnedPart, LearnedPlan } from './learned-plan.ts';
export type { Before } from './lone-objects.ts';
export { reckonPoll } from './poll-cost.ts';
export { type PollTarget, pollDevice } from './poll-device.ts';
export {
  READ_ALLOWANCE,
  type ReadDeps,
  type ReadResult,
  type ReadTarget,
  readDevice,
} from './read-device.ts';
