/** When something that was not heard of lately counts as silent, and values as old. */

const HOUR = 3_600_000;
/** A day, and two hours of grace for a late start: what settings say where nobody has said anything. */
export const SILENT_HOURS = 26;

export const isSilent = (at: string, now: number, hours: number): boolean => now - Date.parse(at) > hours * HOUR;
export const isOld = (at: string, now: number): boolean => isSilent(at, now, SILENT_HOURS);
