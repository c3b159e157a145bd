/** Sessions in the store, so that a restart signs nobody out; under a hash, so that a copied store opens none. */
import { createHash } from 'node:crypto';
import type { FastifySessionOptions } from '@fastify/session';
import { type Clock, hours, minutes } from '@rsb/runtime';
import type { Session } from 'fastify';
import type { Database } from '../store/database.ts';
import { jsonAt, numberAt } from '../store/row.ts';

type SessionStore = NonNullable<FastifySessionOptions['store']>;

export interface Sessions extends SessionStore {
  /** Ends all sessions but one: after a change of password. */
  endOthers(keptId: string): void;
  forgetExpired(): void;
}

/** Signed out after this long without a request. */
export const IDLE_LIMIT = hours(12);
/** How often a session in use is written again. */
const TOUCH_INTERVAL = minutes(5);

export function createSessions(db: Database, clock: Clock): Sessions {
  const nameOf = (id: string): string => createHash('sha256').update(id).digest('hex');
  const find = (id: string) => {
    const row = db.one('SELECT body, touched_at, expires_at FROM session WHERE name = ?', nameOf(id));
    return row && numberAt(row, 'expires_at') > clock.now() ? row : undefined;
  };
  return {
    set(id, session, callback) {
      // The cookie's own times are left out: the clock passed in decides when a session ends.
      const { cookie: _cookie, ...content } = session;
      const body = JSON.stringify(content);
      const now = Math.round(clock.now());
      const known = find(id);
      const fresh = known && now - numberAt(known, 'touched_at') < TOUCH_INTERVAL && known['body'] === body;
      if (!fresh) {
        db.run(
          'INSERT OR REPLACE INTO session (name, body, touched_at, expires_at) VALUES (?, ?, ?, ?)',
          nameOf(id),
          body,
          now,
          now + IDLE_LIMIT,
        );
      }
      callback();
    },
    get(id, callback) {
      const row = find(id);
      callback(null, row ? jsonAt<Session>(row, 'body') : null);
    },
    destroy(id, callback) {
      db.run('DELETE FROM session WHERE name = ?', nameOf(id));
      callback();
    },
    endOthers: (keptId) => {
      db.run('DELETE FROM session WHERE name <> ?', nameOf(keptId));
    },
    forgetExpired: () => {
      db.run('DELETE FROM session WHERE expires_at <= ?', Math.round(clock.now()));
    },
  };
}
