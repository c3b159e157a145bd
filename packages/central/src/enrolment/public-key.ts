/** A box's public key, as it arrives and as it is kept. */
import { createPublicKey } from 'node:crypto';

/** The key in its one canonical PEM, undefined where it is no Ed25519 public key in SPKI. */
export function findPublicKey(pem: string): string | undefined {
  // createPublicKey would also derive it from a private key: one that is sent is refused, not quietly used.
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(pem)) return undefined;
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') return undefined;
    return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    return undefined;
  }
}
