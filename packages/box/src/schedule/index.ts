/** When the box works. */
export { createScheduleMemory } from './memory.ts';
export { drawPollMinute, type NextRuns, nextRuns, type Plan, scanDelayOf, slotStart, type Times } from './next-runs.ts';
export { createSchedule, type PollParts, type Schedule, type ScheduledWork, type ScheduleMemory } from './schedule.ts';
