/** Sessions in the database, for @fastify/session: the id is kept as a hash, and our clock decides when one has ended. */
import { createHash } from 'node:crypto';
import type { SessionStore } from '@fastify/session';
import { type Clock, hours } from '@rsb/runtime';
import type { House } from '../store/house.ts';

/** A session that is not used this long has ended. */
export const SESSION_IDLE = hours(12);

export const sessionIdHash = (id: string): string => createHash('sha256').update(id).digest('hex');

export function databaseSessions(house: House, clock: Clock): SessionStore {
  const idHash = sessionIdHash;
  const settle = <T>(work: Promise<T>, done: (error: unknown, value?: T) => void) => {
    work.then(
      (value) => done(null, value),
      (error: unknown) => done(error),
    );
  };
  return {
    get: (id, done) =>
      settle(
        house.findSession(idHash(id)).then((row) => {
          if (!row || row.expiresAt <= clock.now()) return null;
          // Without its cookie: the plugin would judge that one's end by the machine's clock.
          return JSON.parse(row.data);
        }),
        done,
      ),
    set: (id, session, done) => {
      // A session that nobody signed in to has nothing worth keeping.
      if (typeof session.accountId !== 'number') return done();
      const { cookie: _cookie, ...data } = session;
      settle(
        house.saveSession(idHash(id), {
          accountId: session.accountId,
          data: JSON.stringify(data),
          expiresAt: clock.now() + SESSION_IDLE,
        }),
        (error) => done(error),
      );
    },
    destroy: (id, done) => settle(house.removeSession(idHash(id)), (error) => done(error)),
  };
}
