/** Sessions in the store, so that a restart signs nobody out; under a hash, so that a copied store opens none. */
import { createHash } from 'node:crypto';
import type { FastifySessionOptions } from '@fastify/session';
import { type Clock, hours, type Instant, instant, minutes } from '@rsb/runtime';
import type { Session } from 'fastify';
import type { Database } from '../store/database.ts';
import { instantAt, jsonAt, numberAt, textAt } from '../store/row.ts';

type SessionStore = NonNullable<FastifySessionOptions['store']>;

export interface KnownSession {
  /** Names it, and opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly since: Instant;
  readonly lastSeen: Instant;
  readonly current: boolean;
}

export interface Sessions extends SessionStore {
  /** Ends all of one person's sessions but one: after a change of password. */
  endOf(person: string, keptId: string): void;
  endAll(): void;
  end(id: string): void;
  /** Of people who are signed in; `ownId` is the session id of who asks. */
  list(ownId: string): readonly KnownSession[];
  /** Who is signed in by it; null where nobody is. */
  personOf(sessionId: string): string | null;
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
  const list: Sessions['list'] = (ownId) =>
    db
      .all(
        'SELECT name, body, touched_at FROM session WHERE expires_at > ? ORDER BY touched_at DESC',
        Math.round(clock.now()),
      )
      .flatMap((row) => {
        const { person, address = '', since } = jsonAt<Partial<Session>>(row, 'body');
        if (person === undefined) return [];
        const id = textAt(row, 'name');
        const lastSeen = instantAt(row, 'touched_at');
        return [
          { id, name: person, address, since: instant(since ?? lastSeen), lastSeen, current: id === nameOf(ownId) },
        ];
      });
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
    list,
    end: (id) => {
      db.run('DELETE FROM session WHERE name = ?', id);
    },
    endOf: (person, keptId) => {
      for (const session of list(keptId)) {
        if (session.name === person && !session.current) db.run('DELETE FROM session WHERE name = ?', session.id);
      }
    },
    endAll: () => {
      db.run('DELETE FROM session');
    },
    personOf(sessionId) {
      const row = find(sessionId);
      return row ? (jsonAt<Partial<Session>>(row, 'body').person ?? null) : null;
    },
    forgetExpired: () => {
      db.run('DELETE FROM session WHERE expires_at <= ?', Math.round(clock.now()));
    },
  };
}
