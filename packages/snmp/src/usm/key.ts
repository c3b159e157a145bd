/** From a passphrase to the key of a user (Ku), and from it to the key on one engine (Kul): RFC 3414 §2.6, A.2. */
import { createHash } from 'node:crypto';
import { Secret } from '@rsb/runtime';
import type { AuthProtocol } from '../engine.ts';

/** RFC 3414 A.2: the passphrase is repeated to one megabyte, so that guessing costs time. */
const STRETCHED_BYTES = 1024 * 1024;

/** Ku in hex. RFC 3414 §11.2 asks for eight characters and more; that is for whoever takes the passphrase to check. */
export function usmKey(protocol: AuthProtocol, passphrase: string): Secret {
  const octets = Buffer.from(passphrase, 'utf8');
  const stretched = Buffer.alloc(STRETCHED_BYTES, octets.length > 0 ? octets : 0);
  return new Secret(createHash(protocol).update(stretched).digest('hex'));
}

/** Kul: the same user has another key on each engine, so that a stolen one opens only that. */
export function localizedKey(protocol: AuthProtocol, key: Uint8Array, engineId: Uint8Array): Uint8Array {
  return createHash(protocol).update(key).update(engineId).update(key).digest();
}
