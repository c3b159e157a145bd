/** The box: reads a site's printers and sends what it read to central. */
export { type BoxOptions, type RunningBox, startBox } from './start.ts';
