/** Passwords are kept as argon2id hashes, with their parameters beside them so that these may grow. */
import { argon2, timingSafeEqual } from 'node:crypto';
import type { Random } from '@rsb/runtime';

/** OWASP's first choice: 19 MiB and two passes cost a small box some 50 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const HASH_BYTES = 32;
const NONCE_BYTES = 16;

/** NIST SP 800-63B asks for 8; this one is tried from the whole network. */
export const SHORTEST_PASSWORD = 10;

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

export async function hashPassword(password: string, random: Random): Promise<string> {
  const nonce = Buffer.from(random.bytes(NONCE_BYTES));
  const hash = await derive(password, nonce, COST);
  const { memory, passes, parallelism } = COST;
  return ['argon2id', memory, passes, parallelism, nonce.toString('base64'), hash.toString('base64')].join('$');
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, nonce = '', hash = ''] = stored.split('$');
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const expected = Buffer.from(hash, 'base64');
  const derived = await derive(password, Buffer.from(nonce, 'base64'), cost);
  return derived.length === expected.length && timingSafeEqual(derived, expected);
}

function derive(password: string, nonce: Buffer, cost: Parameters): Promise<Buffer> {
  // The same password typed on another keyboard may come in another Unicode form.
  const message = Buffer.from(password.normalize('NFC'));
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength: HASH_BYTES, ...cost }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
