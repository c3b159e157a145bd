/** Secrets of channels and of the mail server as text in the store. */
import { Secret } from '@rsb/runtime';
import type { AtRest } from '../proposals/at-rest.ts';

export interface Seal {
  close(secret: Secret, context: string): string;
  /** undefined where it was sealed for something else, or under another key. */
  open(text: string, context: string): Secret | undefined;
}

export const MAIL_SERVER = 'mail server';
export const channelContext = (id: number): string => `alert channel ${id}`;

export const sealOf = (atRest: AtRest): Seal => ({
  close: (secret, context) => Buffer.from(atRest.seal(secret.reveal(), context)).toString('base64'),
  open(text, context) {
    const found = atRest.open(Buffer.from(text, 'base64'), context);
    return found === null ? undefined : new Secret(found);
  },
});
