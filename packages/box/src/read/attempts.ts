/** In which order credentials are tried on an address, and how patiently. */
import { type Millis, millis } from '@rsb/runtime';
import type { Credential, Patience } from '@rsb/snmp';

export interface Attempt {
  /** Its place in the list that was given. */
  readonly index: number;
  readonly credential: Credential;
  readonly patience: Patience;
}

/**
 * The preferred one first, else as listed. Where one community is listed as v2c and as v1, the second version takes the
 * place of a retry: a silent address costs no more packets, and a device that speaks only v1 is found.
 */
export function attemptsOf(
  credentials: readonly Credential[],
  patience: Patience,
  preferred: number | undefined,
): readonly Attempt[] {
  const attempts = credentials.map((credential, index) => ({
    index,
    credential,
    patience: { timeout: patience.timeout, retries: retriesOf(credentials, credential, patience.retries) },
  }));
  const first = preferred === undefined ? undefined : attempts[preferred];
  return first ? [first, ...attempts.filter((attempt) => attempt !== first)] : attempts;
}

/**
 * For an address that a scan asks: of several logins each once, since most addresses answer none of them; where packets are
 * lost the scan asks again. `order` are places in `credentials`, those that it leaves out come last.
 */
export function scanAttempts(
  credentials: readonly Credential[],
  patience: Patience,
  order: readonly number[] = [],
): readonly Attempt[] {
  const logins = new Set(credentials.map(loginOf));
  const attempts = attemptsOf(credentials, logins.size > 1 ? { ...patience, retries: 0 } : patience, undefined);
  const first = order.flatMap((place) => attempts[place] ?? []);
  return [...first, ...attempts.filter((attempt) => !first.includes(attempt))];
}

const loginOf = (credential: Credential): string =>
  credential.version === 'v3' ? `v3 ${credential.user}` : credential.community.reveal();

function retriesOf(credentials: readonly Credential[], own: Credential, retries: number): number {
  if (own.version === 'v3') return retries;
  const twin = credentials.some(
    (other) =>
      other.version !== 'v3' && other.version !== own.version && other.community.reveal() === own.community.reveal(),
  );
  if (!twin) return retries;
  const shared = Math.max(0, retries - 1) / 2;
  return own.version === 'v2c' ? Math.ceil(shared) : Math.floor(shared);
}

/** For addresses of which nothing is known: most of them never answer. */
export const SHORT_PATIENCE: Patience = { timeout: millis(1000), retries: 1 };
/** For a device that is known to be there, or that somebody asks for by its address. */
export const LONG_PATIENCE: Patience = { timeout: millis(1500) as Millis, retries: 2 };
