/** From a passphrase to the key of a user (Ku), and from it to the keys on one engine (Kul): RFC 3414 §2.6, A.2. */
import { createHash } from 'node:crypto';
import { Secret } from '@rsb/runtime';
import type { AuthProtocol, PrivacyProtocol } from '../engine.ts';

/** RFC 3414 A.2: the passphrase is repeated to one megabyte, so that guessing costs time. */
const STRETCHED_BYTES = 1024 * 1024;

/** RFC 3414 §8.1.1.1: eight octets of key and eight of pre-IV. RFC 3826 §1.2 and the drafts: the cipher's own length. */
const PRIVACY_KEY_BYTES: Readonly<Record<PrivacyProtocol, number>> = {
  des: 16,
  aes128: 16,
  aes192: 24,
  aes256: 32,
  aes192c: 24,
  aes256c: 32,
};

/** Ku in hex. RFC 3414 §11.2 asks for eight characters and more; that is for whoever takes the passphrase to check. */
export function usmKey(protocol: AuthProtocol, passphrase: string): Secret {
  return new Secret(stretched(protocol, Buffer.from(passphrase, 'utf8')).toString('hex'));
}

function stretched(protocol: AuthProtocol, passphrase: Uint8Array): Buffer {
  const repeated = Buffer.alloc(STRETCHED_BYTES, passphrase.length > 0 ? passphrase : 0);
  return createHash(protocol).update(repeated).digest();
}

/** Kul: the same user has another key on each engine, so that a stolen one opens only that. */
export function localizedKey(protocol: AuthProtocol, key: Uint8Array, engineId: Uint8Array): Uint8Array {
  return createHash(protocol).update(key).update(engineId).update(key).digest();
}

/** Kul for a cipher: cut to its length, or extended to it in one of the two dialects. */
export function localizedPrivacyKey(
  protocol: PrivacyProtocol,
  hash: AuthProtocol,
  key: Uint8Array,
  engineId: Uint8Array,
): Uint8Array {
  const length = PRIVACY_KEY_BYTES[protocol];
  const reeder = protocol === 'aes192c' || protocol === 'aes256c';
  let last = localizedKey(hash, key, engineId);
  let extended = last;
  while (extended.length < length) {
    // draft-reeder-snmpv3-usm-3desede §2.1 takes the last part for a passphrase; draft-blumenthal-aes-usm §3.1.2.1
    // appends the hash of all that there is.
    last = reeder ? localizedKey(hash, stretched(hash, last), engineId) : createHash(hash).update(extended).digest();
    extended = Buffer.concat([extended, last]);
  }
  return extended.subarray(0, length);
}
