/** When something that was not heard of lately counts as silent. */

const HOUR = 3_600_000;
/** A box reports every day at least; two hours of grace for a late start. */
export const SILENT_AFTER = 26 * HOUR;

export const isSilent = (at: string, now: number): boolean => now - Date.parse(at) > SILENT_AFTER;
