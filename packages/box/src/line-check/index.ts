/** What stands between this box and central. */
export { type LineCheckParts, runLineCheck } from './line-check.ts';
export { type Surroundings, systemSurroundings } from './surroundings.ts';
