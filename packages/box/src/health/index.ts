/** How the box is, for people: the page "Health" and `rsb doctor`. */
export { type CheckParts, LEAST_FREE, runChecks } from './checks.ts';
export { type ClockOffset, createClockOffset } from './clock-offset.ts';
export { createHealthPages, type HealthPages } from './health.ts';
export { createLogMemory, type LogMemory } from './log-memory.ts';
