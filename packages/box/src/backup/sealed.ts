/** Secrets in a backup: AES-256-GCM under a key that argon2id makes of a passphrase. */
import { argon2, createCipheriv, createDecipheriv } from 'node:crypto';
import type { SealedSecrets } from '@rsb/contract';
import type { Random } from '@rsb/runtime';

export type Secrets = Readonly<Record<string, string>>;

/** The file may be tried for years: four times the memory of a sign-in, three passes (OWASP, RFC 9106 §4). */
const COST = { memory: 65_536, passes: 3, parallelism: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export async function sealSecrets(secrets: Secrets, passphrase: string, random: Random): Promise<SealedSecrets> {
  const salt = Buffer.from(random.bytes(SALT_BYTES));
  const nonce = Buffer.from(random.bytes(NONCE_BYTES));
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt, COST), nonce, {
    authTagLength: TAG_BYTES,
  });
  const data = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return {
    ...COST,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Null where the passphrase is another one, or the file was changed. */
export async function openSecrets(sealed: SealedSecrets, passphrase: string): Promise<Secrets | null> {
  const [salt, nonce, tag, data] = [sealed.salt, sealed.nonce, sealed.tag, sealed.data].map((text) =>
    Buffer.from(text, 'base64'),
  );
  if (!salt || !data || nonce?.length !== NONCE_BYTES || tag?.length !== TAG_BYTES) return null;
  try {
    const key = await keyOf(passphrase, salt, sealed);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAuthTag(tag);
    const text = Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const entries = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return Object.fromEntries(entries);
  } catch {
    return null;
  }
}

function keyOf(
  passphrase: string,
  nonce: Buffer,
  { memory, passes, parallelism }: Pick<SealedSecrets, 'memory' | 'passes' | 'parallelism'>,
): Promise<Buffer> {
  const message = Buffer.from(passphrase.normalize('NFC'));
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength: KEY_BYTES, memory, passes, parallelism }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
