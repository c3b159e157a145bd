export { allowedObjects, captureObjects } from './allow-list.ts';
export { type AskedAndFailed, answersOf, type FailedObject } from './answers.ts';
export type * from './definition.ts';
export { IMPOSSIBLE, mayAnswerAnything } from './identify/answers-anything.ts';
export { driverByMore, identify } from './identify/identify.ts';
export {
  IDENTIFYING,
  IDENTIFYING_MARKS,
  IDENTIFYING_OBJECTS,
  identifyingWithout,
  secondLookWithout,
} from './identify/identifying.ts';
export { type Interpretation, interpret, interpretInDetail } from './interpret/interpret.ts';
export { groupOf, withoutGroups } from './plan/groups.ts';
export { countsOf, objectsOf } from './plan/objects.ts';
export { columnsWithoutSign, planFor, toldWithoutSign } from './plan/plan.ts';
export { DRIVERS, findDriver } from './registry.ts';
