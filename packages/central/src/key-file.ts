/** Central's own secrets in the data folder: made once, mode 0600, whole or not there. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '@rsb/runtime';

export interface CentralKey {
  readonly privateKey: KeyObject;
  /** SPKI in PEM: what a box pins at enrolment. */
  readonly publicPem: string;
}

/** The Ed25519 key that signs receipts. Losing it means enrolling every box anew, so it is never made over an old one. */
export function loadCentralKey(folder: string): CentralKey {
  const pem = loadOrMake(join(folder, 'central.key'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('central.key is no Ed25519 key');
  const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicPem };
}

/** Signs the cookies of sessions. */
export function loadSessionSecret(folder: string, random: Random): string {
  return loadOrMake(join(folder, 'session.key'), () => Buffer.from(random.bytes(32)).toString('hex'));
}

function loadOrMake(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const value = make();
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, value);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return value;
}
