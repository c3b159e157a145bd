/** The revision that a change is based on, from the If-Match header (RFC 9110 §13.1.1). */

/** `"7"`, `W/"7"` or plain 7; anything else matches no revision. */
export const revisionOf = (header: string): number => {
  const digits = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim())?.[1];
  return digits === undefined ? -1 : Number(digits);
};
