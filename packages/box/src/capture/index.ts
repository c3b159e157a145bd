/** What a printer answers, as a file in which everything private is changed. */
export { askAll } from './ask-all.ts';
export {
  type CaptureTarget,
  createMachineCapture,
  type MachineCapture,
  type MachineCaptureDeps,
} from './capture-machine.ts';
export { redactCarefully } from './redact-carefully.ts';
export { encodeSnmprec } from './snmprec.ts';
