/** How much one caller may ask in a minute: each account and token by itself, strangers by their address. */
import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import { minutes } from '@rsb/runtime';
import type { FastifyRequest } from 'fastify';

export interface Limits {
  /** Far above what pages need. */
  readonly people: number;
  readonly tokens: number;
  readonly strangers: number;
}

export const LIMITS: Limits = { people: 1200, tokens: 600, strangers: 1200 };

export const rateLimits = (limits: Limits): RateLimitPluginOptions => ({
  timeWindow: minutes(1),
  keyGenerator: ({ caller, ip }: FastifyRequest) => (caller ? `${caller.kind} ${caller.id}` : ip),
  max: ({ caller }: FastifyRequest) => {
    if (!caller) return limits.strangers;
    return caller.kind === 'token' ? limits.tokens : limits.people;
  },
  errorResponseBuilder: (_request, { ttl }) =>
    Object.assign(new Error('too many requests'), { statusCode: 429, seconds: Math.ceil(ttl / 1000) }),
});
