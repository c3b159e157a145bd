/** The last 24 hours of a box, the current one last: whether it was heard in each. Pure. */

const HOUR = 3_600_000;
const SHOWN = 24;

/** `heard`: bit 0 is the hour `hour` since 1970, bit 1 the one before. */
export function heardHours(
  { hour, heard }: { readonly hour: number | null; readonly heard: number | null },
  now: number,
): boolean[] {
  const passed = Math.floor(now / HOUR) - (hour ?? 0);
  return Array.from({ length: SHOWN }, (_, place) => {
    const bit = SHOWN - 1 - place - passed;
    return bit >= 0 && Math.floor((heard ?? 0) / 2 ** bit) % 2 === 1;
  });
}
