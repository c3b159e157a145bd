/** The box's own key pair: made at first need, its private half never leaves the box. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Where the private key is kept, encrypted at rest by the one who implements it. */
export interface KeyStore {
  load(): string | null;
  save(pem: string): void;
}

export interface BoxIdentity {
  /** SPKI in PEM, as enrolment sends it. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** Throws where a key is kept that cannot be read: a new one in its place would lock the box out of central. */
export function loadIdentity(store: KeyStore): BoxIdentity {
  const kept = store.load();
  const privateKey = kept === null ? generateKeyPairSync('ed25519').privateKey : createPrivateKey(kept);
  if (kept === null) store.save(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { publicKey, privateKey };
}
