/** The site's time zone. */

/** An IANA name that this system knows; offsets such as +01:00 are none, for they know no summer time. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const systemZone = (): string => new Intl.DateTimeFormat('en').resolvedOptions().timeZone || 'UTC';
