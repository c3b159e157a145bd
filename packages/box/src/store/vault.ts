/** Secrets at rest: AES-256-GCM under `secret.key`, which lies beside the store and never inside a backup. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Clock, type Instant, type Log, type Random, Secret } from '@rsb/runtime';
import type { Database } from './database.ts';
import { bytesAt, instantAt } from './row.ts';

export interface Vault {
  /** Null where none is set, and where the key that sealed it is gone. */
  find(name: string): Secret | null;
  save(name: string, secret: Secret | null): void;
  setAt(name: string): Instant | null;
  /** A key for one purpose, the same at every start. */
  derive(purpose: string): Buffer;
}

const KEY_BYTES = 32;
/** NIST SP 800-38D: 96-bit nonces drawn at random, far below 2^32 of them under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function openVault(
  keyFile: string,
  deps: { readonly db: Database; readonly random: Random; readonly clock: Clock; readonly log: Log },
): Vault {
  const { db, random, clock, log } = deps;
  const key = loadKey(keyFile, random);
  return {
    find(name) {
      const row = db.one('SELECT sealed FROM secret WHERE name = ?', name);
      if (!row) return null;
      const opened = open(key, name, bytesAt(row, 'sealed'));
      if (opened === null) log.warn('a stored secret cannot be opened with this secret.key', { name });
      return opened;
    },
    save(name, secret) {
      if (secret === null) {
        db.run('DELETE FROM secret WHERE name = ?', name);
        return;
      }
      db.run(
        'INSERT OR REPLACE INTO secret (name, sealed, set_at) VALUES (?, ?, ?)',
        name,
        seal(key, name, secret, random),
        Math.round(clock.now()),
      );
    },
    setAt(name) {
      const row = db.one('SELECT set_at FROM secret WHERE name = ?', name);
      return row ? instantAt(row, 'set_at') : null;
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `rsb box ${purpose}`, KEY_BYTES)),
  };
}

function loadKey(path: string, random: Random): Buffer {
  if (!existsSync(path)) {
    // Renamed into place, so that a power cut leaves no half key behind.
    const text = `${Buffer.from(random.bytes(KEY_BYTES)).toString('base64')}\n`;
    writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  const key = Buffer.from(readFileSync(path, 'utf8'), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${path} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}

/** The name is authenticated too: a sealed secret moved to another name does not open. */
function seal(key: Buffer, name: string, secret: Secret, random: Random): Buffer {
  const nonce = Buffer.from(random.bytes(NONCE_BYTES));
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function open(key: Buffer, name: string, sealed: Uint8Array): Secret | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return new Secret(text.toString('utf8'));
  } catch {
    return null;
  }
}
