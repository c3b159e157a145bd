/** Versions of what is read and written: ETag on every answer, If-None-Match, and If-Match before a change (RFC 9110 §13). */
import { createHash } from 'node:crypto';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export function addVersions(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    if (!request.url.startsWith('/api/')) return payload;
    if (reply.getHeader('etag') === undefined) {
      // Weak: the same content, however it is packed for the way.
      reply.header('etag', `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`);
    }
    if (!isKnown(request.headers['if-none-match'], String(reply.getHeader('etag')))) return payload;
    reply.code(304).removeHeader('content-type');
    reply.removeHeader('content-length');
    return null;
  });
}

const plain = (tag: string): string => tag.trim().replace(/^W\//, '');

function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((each) => plain(each) === plain(tag));
}

/** Sends what has a revision, with that as its version. */
export function withRevision<T extends { readonly revision: number }>(reply: FastifyReply, view: T): T {
  reply.header('etag', `"${view.revision}"`);
  return view;
}

/** The revision that a change is based on. */
export function baseRevision(request: FastifyRequest): Outcome<number, Fault> {
  const header = request.headers['if-match'];
  if (header === undefined) return failure(fault('revisionMissing'));
  const [, digits] = /^"(\d{1,12})"$/.exec(plain(header)) ?? [];
  return digits === undefined ? failure(fault('changedElsewhere')) : success(Number(digits));
}
