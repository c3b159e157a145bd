/** Encryption of the scoped PDU: DES-CBC by RFC 3414 §8, AES in CFB mode by RFC 3826 and its longer-keyed drafts. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { unreachable } from '@rsb/runtime';
import type { PrivacyProtocol } from '../engine.ts';

/** RFC 3414 §8.1.1.1, RFC 3826 §3.1.2.1: msgPrivacyParameters are eight octets in both. */
export const SALT_BYTES = 8;

const DES_BLOCK = 8;

/** What both sides mix into the initialization vector: as told in the message's own header. */
export interface PrivacyClock {
  readonly boots: number;
  readonly time: number;
}

export function encrypt(
  protocol: PrivacyProtocol,
  key: Uint8Array,
  clock: PrivacyClock,
  salt: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const { cipher, cipherKey, iv } = cipherOf(protocol, key, clock, salt);
  const sealing = createCipheriv(cipher, cipherKey, iv).setAutoPadding(false);
  if (protocol !== 'des') return sealing.update(plain);
  // RFC 3414 §8.1.1.2: what fills the last block does not matter.
  const padded = new Uint8Array(Math.ceil(plain.length / DES_BLOCK) * DES_BLOCK);
  padded.set(plain);
  return sealing.update(padded);
}

/** Undefined where the octets cannot be of this cipher. A wrong key gives octets that are no PDU, not undefined. */
export function decrypt(
  protocol: PrivacyProtocol,
  key: Uint8Array,
  clock: PrivacyClock,
  salt: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (salt.length !== SALT_BYTES) return undefined;
  if (protocol === 'des' && sealed.length % DES_BLOCK !== 0) return undefined;
  const { cipher, cipherKey, iv } = cipherOf(protocol, key, clock, salt);
  return createDecipheriv(cipher, cipherKey, iv).setAutoPadding(false).update(sealed);
}

interface CipherInput {
  readonly cipher: string;
  readonly cipherKey: Uint8Array;
  readonly iv: Uint8Array;
}

function cipherOf(protocol: PrivacyProtocol, key: Uint8Array, clock: PrivacyClock, salt: Uint8Array): CipherInput {
  switch (protocol) {
    case 'des': {
      // OpenSSL 3 keeps single DES in its legacy part; triple DES with one key three times is the same function.
      const single = key.subarray(0, DES_BLOCK);
      const preIv = key.subarray(DES_BLOCK, 2 * DES_BLOCK);
      const iv = preIv.map((octet, index) => octet ^ (salt[index] as number));
      return { cipher: 'des-ede3-cbc', cipherKey: Buffer.concat([single, single, single]), iv };
    }
    case 'aes128':
      return { cipher: 'aes-128-cfb', cipherKey: key, iv: aesIv(clock, salt) };
    case 'aes192':
    case 'aes192c':
      return { cipher: 'aes-192-cfb', cipherKey: key, iv: aesIv(clock, salt) };
    case 'aes256':
    case 'aes256c':
      return { cipher: 'aes-256-cfb', cipherKey: key, iv: aesIv(clock, salt) };
    default:
      return unreachable(protocol);
  }
}

/** RFC 3826 §3.1.2.1: boots, time, salt. */
function aesIv({ boots, time }: PrivacyClock, salt: Uint8Array): Uint8Array {
  const iv = new Uint8Array(16);
  const view = new DataView(iv.buffer);
  view.setUint32(0, boots);
  view.setUint32(4, time);
  iv.set(salt, 8);
  return iv;
}

/** Salts that do not repeat while the engine runs, from a place that nobody can foresee. */
export class Salts {
  readonly #next: DataView;

  constructor(start: Uint8Array) {
    this.#next = new DataView(new Uint8Array(start).buffer);
  }

  next(protocol: PrivacyProtocol, boots: number): Uint8Array {
    const view = this.#next;
    const low = (view.getUint32(4) + 1) >>> 0;
    view.setUint32(4, low);
    if (low === 0) view.setUint32(0, (view.getUint32(0) + 1) >>> 0);
    const salt = new Uint8Array(view.buffer.slice(0));
    // RFC 3414 §8.1.1.1: the engine's boots, then a counter of one's own.
    if (protocol === 'des') new DataView(salt.buffer).setUint32(0, boots);
    return salt;
  }
}
