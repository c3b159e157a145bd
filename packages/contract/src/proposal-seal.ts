/**
 * The exact text that central signs, and the box for what is secret in it: X25519 with keys made for one question and one
 * answer, HKDF-SHA-256 (RFC 5869), AES-256-GCM. Whoever reads along later, or in a proxy that opens TLS, reads nothing.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { canonicalJson } from './digest.ts';
import type { ProposalAnswer } from './proposals.ts';

/** Unknown members are covered too: an answer of a later version is signed as a whole. */
export function proposalText({ signature: _signature, ...rest }: Partial<ProposalAnswer>): string {
  return `rsb-proposals-1\n${canonicalJson(rest)}`;
}

export interface Unsealer {
  /** Raw X25519 public key, base64url. */
  readonly key: string;
  /** Null where it was sealed for another key or context, or changed. */
  open(sealed: string, context: string): string | null;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createUnsealer(): Unsealer {
  const own = generateKeyPairSync('x25519');
  const key = rawOf(own.publicKey);
  return {
    key,
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < KEY_BYTES + NONCE_BYTES + TAG_BYTES) return null;
      const theirs = bytes.subarray(0, KEY_BYTES).toString('base64url');
      const nonce = bytes.subarray(KEY_BYTES, KEY_BYTES + NONCE_BYTES);
      const tag = bytes.subarray(KEY_BYTES + NONCE_BYTES, KEY_BYTES + NONCE_BYTES + TAG_BYTES);
      try {
        const secret = sharedKey(own.privateKey, theirs, `${theirs} ${key} ${context}`);
        const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES }).setAuthTag(tag);
        const text = bytes.subarray(KEY_BYTES + NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** Null where `key` is no key that a secret can be agreed with. */
export function sealFor(key: string, context: string, text: string): string | null {
  const own = generateKeyPairSync('x25519');
  const ours = rawOf(own.publicKey);
  try {
    const secret = sharedKey(own.privateKey, key, `${ours} ${key} ${context}`);
    // A key for this one message: the nonce need not differ.
    const nonce = Buffer.alloc(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES });
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(ours, 'base64url'), nonce, cipher.getAuthTag(), sealed]).toString('base64');
  } catch {
    return null;
  }
}

const rawOf = (key: KeyObject): string => String(key.export({ format: 'jwk' }).x);

/** A point of small order makes `diffieHellman` throw (RFC 7748 §6.1). */
function sharedKey(own: KeyObject, theirs: string, info: string): Buffer {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: theirs }, format: 'jwk' });
  const agreed = diffieHellman({ privateKey: own, publicKey });
  return Buffer.from(hkdfSync('sha256', agreed, '', `rsb-proposal-seal-1 ${info}`, KEY_BYTES));
}
