/**
 * Challenges of passkeys: central knows its own again by a mark in them, so that asking for one stores nothing, however often a
 * stranger asks. Only those that were answered rightly are kept, until they would have ended.
 */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Clock, minutes, type Random } from '@rsb/runtime';
import type { CentralKey } from '../key-file.ts';

export interface Challenge {
  readonly hash: string;
  readonly expiresAt: number;
}

export interface Challenges {
  /** `purpose` is what it is good for, and for whom. */
  draw(purpose: string): Uint8Array<ArrayBuffer>;
  /** undefined where it is not one of ours for this purpose, or has ended. */
  check(challenge: string, purpose: string): Challenge | undefined;
}

/** As long as a browser waits for a person. */
export const CHALLENGE_LIFE = minutes(5);
const TIME_BYTES = 6;
const DRAWN_BYTES = 16;
const MARK_BYTES = 16;
const KEY_BYTES = 32;

export function createChallenges({ privateKey }: CentralKey, clock: Clock, random: Random): Challenges {
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'rsb central passkey challenges', KEY_BYTES));
  const markOf = (drawn: Uint8Array, purpose: string): Buffer =>
    createHmac('sha256', key).update(drawn).update(purpose).digest().subarray(0, MARK_BYTES);
  return {
    draw(purpose) {
      const drawn = Buffer.alloc(TIME_BYTES + DRAWN_BYTES);
      drawn.writeUIntBE(clock.now() + CHALLENGE_LIFE, 0, TIME_BYTES);
      drawn.set(random.bytes(DRAWN_BYTES), TIME_BYTES);
      return new Uint8Array(Buffer.concat([drawn, markOf(drawn, purpose)]));
    },
    check(challenge, purpose) {
      const bytes = Buffer.from(challenge, 'base64url');
      if (bytes.length !== TIME_BYTES + DRAWN_BYTES + MARK_BYTES) return undefined;
      const drawn = bytes.subarray(0, TIME_BYTES + DRAWN_BYTES);
      const expiresAt = drawn.readUIntBE(0, TIME_BYTES);
      if (!timingSafeEqual(bytes.subarray(drawn.length), markOf(drawn, purpose))) return undefined;
      if (expiresAt <= clock.now()) return undefined;
      return { hash: createHash('sha256').update(bytes).digest('hex'), expiresAt };
    },
  };
}
