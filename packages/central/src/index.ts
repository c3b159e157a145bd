export { type Preparation, prepare } from './prepare.ts';
export { type CentralOptions, type RunningCentral, startCentral } from './start.ts';
