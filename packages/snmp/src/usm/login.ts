/** An SNMPv3 user in bytes. */
import type { UsmCredential } from '../engine.ts';
import { DIGEST_BYTES } from './auth.ts';

export interface UsmLogin {
  readonly version: 'v3';
  readonly credential: UsmCredential;
  readonly user: Uint8Array;
  readonly context: Uint8Array;
}

export const usmLogin = (credential: UsmCredential): UsmLogin => ({
  version: 'v3',
  credential,
  user: Buffer.from(credential.user, 'utf8'),
  context: Buffer.from(credential.context, 'utf8'),
});

/** Around the names of a request: numbers and tags, engine id twice, the digest, salt and padding. */
export const usmFrameSize = ({ credential: { auth, privacy }, user, context }: UsmLogin): number =>
  90 +
  2 * 32 +
  user.length +
  context.length +
  (auth === null ? 0 : DIGEST_BYTES[auth.protocol]) +
  (privacy === null ? 0 : 20);
