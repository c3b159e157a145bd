/** API tokens: shown once, kept as a hash, good for named scopes, for one customer or all, until a day. */
import { createHash } from 'node:crypto';
import { type Fault, fault, type TokenMade, type TokenRequest, type TokenView } from '@rsb/contract';
import { type Clock, failure, instant, isoInstant, minutes, type Outcome, type Random, success } from '@rsb/runtime';
import { attempts } from '../people/attempts.ts';
import { type Caller, callerOfToken } from '../people/caller.ts';
import type { CentralDatabase } from '../store/database.ts';
import { drawId, findCustomerId } from '../store/identifiers.ts';
import type { TokenRow } from '../store/people.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A mark by which scanners for leaked secrets know it. */
const MARK = 'rsb_';
/** 256 bits: the plain hash cannot be searched. */
const BYTES = 32;
/** Each use is noted in steps, so that not every request writes. */
const USED_STEP = minutes(5);
const MOST_FAILURES = 60;

export interface ApiTokens {
  make(request: TokenRequest, by: string): Promise<Outcome<TokenMade, Fault>>;
  list(): Promise<TokenView[]>;
  revoke(id: number): Promise<boolean>;
  /** Who calls with this Authorization header. */
  callerOf(authorization: string, address: string): Promise<Outcome<Caller, Fault>>;
}

export interface ApiTokensNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
}

const hashOf = (token: string): string => createHash('sha256').update(`rsb-token-1 ${token}`).digest('hex');
const iso = (at: number): string => isoInstant(instant(at));
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const viewOf = (row: TokenRow): TokenView => ({
  id: String(row.id),
  name: row.name,
  customer: row.customer_id === null ? null : String(row.customer_id),
  scopes: row.scopes.split(' '),
  createdBy: row.created_by,
  createdAt: iso(row.created_at),
  lastUsed: isoOrNull(row.last_used),
  expiresAt: isoOrNull(row.expires_at),
  revokedAt: isoOrNull(row.revoked_at),
});

export function createApiTokens({ database, clock, random }: ApiTokensNeeds): ApiTokens {
  const { people } = database;
  const guesses = attempts(clock, MOST_FAILURES, minutes(1));
  return {
    async make({ name, customer, scopes, days }, by) {
      if (name.trim() === '') return failure(fault('fieldInvalid', { path: '/name', detail: 'blank' }, '/name'));
      const of = customer === null ? null : findCustomerId(customer);
      if (of === undefined || (of !== null && !(await database.forCustomer(of).find())))
        return failure(fault('fieldInvalid', { path: '/customer', detail: 'unknownPlace' }, '/customer'));
      // People are the whole house's: a token for one customer has no business there.
      if (of !== null && scopes.some((scope) => scope.endsWith(':people')))
        return failure(fault('fieldInvalid', { path: '/scopes', detail: 'people' }, '/scopes'));
      const token = `${MARK}${Buffer.from(random.bytes(BYTES)).toString('base64url')}`;
      const row: TokenRow = {
        id: drawId(random),
        token_hash: hashOf(token),
        name: name.trim(),
        customer_id: of,
        scopes: [...scopes].sort().join(' '),
        created_by: by,
        created_at: clock.now(),
        last_used: null,
        expires_at: days === null ? null : clock.now() + days * DAY,
        revoked_at: null,
      };
      await people.addToken(row);
      return success({ ...viewOf(row), token });
    },
    list: async () => (await people.listTokens()).map(viewOf),
    revoke: (id) => people.revokeToken(id, clock.now()),
    async callerOf(authorization, address) {
      const wait = guesses.wait(address);
      if (wait > 0) return failure(fault('tooManyRequests', { seconds: wait }));
      const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(authorization.trim()) ?? [];
      const row = token?.startsWith(MARK) ? await people.findToken(hashOf(token)) : undefined;
      if (!row) guesses.failed(address);
      if (!row || row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= clock.now()))
        return failure(fault('tokenInvalid'));
      if (clock.now() - (row.last_used ?? 0) >= USED_STEP) await people.saveTokenUsed(row.id, clock.now());
      return success(callerOfToken(row));
    },
  };
}
