/** Content-Digest (RFC 9530) over the bytes as they arrived, before anything else reads them. */
import { createHash, timingSafeEqual } from 'node:crypto';

const MEMBER = /^\s*(sha-256|sha-512)=:([A-Za-z0-9+/]{42,88}={0,2}):\s*$/;

/** True where sha-256 or sha-512 is given and each given one fits; unknown algorithms are passed over, as the RFC says. */
export function digestFits(header: string | undefined, body: Uint8Array): boolean {
  let fitting = 0;
  for (const member of (header ?? '').split(',')) {
    const [, algorithm, value] = MEMBER.exec(member) ?? [];
    if (!algorithm || !value) {
      if (/^\s*sha-(256|512)=/.test(member)) return false;
      continue;
    }
    const given = Buffer.from(value, 'base64');
    const own = createHash(algorithm.replace('-', '')).update(body).digest();
    if (given.length !== own.length || !timingSafeEqual(given, own)) return false;
    fitting += 1;
  }
  return fitting > 0;
}
