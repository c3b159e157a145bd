/** What the readings mean: pages of each day, events, and questions for a person. Pure functions over readings. */

export { ANSWERS, type Answer, type Answers, questionKey } from './answers.ts';
export { type Checkpoint, decodeCheckpoint, encodeCheckpoint, validCheckpoint } from './checkpoint.ts';
export { type FleetReadings, type PackedReadings, packReadings } from './fleet-readings.ts';
export * from './lines.ts';
export { type Observation, type ObservationProblem, type Observe, observer } from './observation.ts';
export { type DeviceHistory, historyOf, processDevice, processFrom, type Worked } from './process-device.ts';
export { type AlertsOf, processFleet } from './process-fleet.ts';
export { isQuiet, isRising, quietCheckpoint } from './quiet-end.ts';
export { DEFAULT_SETTINGS, type ProcessingSettings } from './settings.ts';
