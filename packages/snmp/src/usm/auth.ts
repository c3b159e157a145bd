/** The digest over a whole message: RFC 3414 §6 and §7 (MD5, SHA-1), RFC 7860 §4 (SHA-2). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AuthProtocol } from '../engine.ts';

/** RFC 3414 §6.1 and §7.1, RFC 7860 §4.2: octets of the digest that go into the message. */
export const DIGEST_BYTES: Readonly<Record<AuthProtocol, number>> = {
  md5: 12,
  sha1: 12,
  sha224: 16,
  sha256: 24,
  sha384: 32,
  sha512: 48,
};

const ZEROS = new Uint8Array(Math.max(...Object.values(DIGEST_BYTES)));

/** Over `message` with zeros where the digest stands, from `at` on. */
export function digestOf(protocol: AuthProtocol, key: Uint8Array, message: Uint8Array, at: number): Uint8Array {
  const length = DIGEST_BYTES[protocol];
  return createHmac(protocol, key)
    .update(message.subarray(0, at))
    .update(ZEROS.subarray(0, length))
    .update(message.subarray(at + length))
    .digest()
    .subarray(0, length);
}

/** Whether the digest at `start` to `end` is the right one; a shorter or longer one is none. */
export function isSigned(
  protocol: AuthProtocol,
  key: Uint8Array,
  message: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (end - start !== DIGEST_BYTES[protocol]) return false;
  return timingSafeEqual(message.subarray(start, end), digestOf(protocol, key, message, start));
}
