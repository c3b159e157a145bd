/**
 * A change that is sent again under the same Idempotency-Key is answered as before and not made again. What was answered is
 * kept sealed under that key: a code or a token in it can be read only by whoever made the request.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { fault } from '@rsb/contract';
import { hours, minutes } from '@rsb/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CentralWork } from '../work.ts';
import { sendFault } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request runs under this key, and its answer is to be kept. */
    answerKey: AnswerKey | null;
  }
}

export interface AnswerKey {
  readonly hash: string;
  readonly seal: Buffer;
}

/** A program that gave up asks again within the day. */
const KEPT = hours(24);
/** After a crash in the middle the same key may be used again. */
const RUNNING = minutes(2);
const KEY = /^[\x21-\x7e]{1,255}$/;
const CHANGES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
const IV_BYTES = 12;
const TAG_BYTES = 16;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function addIdempotency(server: FastifyInstance, work: CentralWork, secret: string): void {
  const { answeredRequests } = work.database;
  server.decorateRequest('answerKey', null);
  server.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    const { caller } = request;
    if (key === undefined || !caller || !CHANGES.includes(request.method)) return;
    if (typeof key !== 'string' || !KEY.test(key)) return sendFault(request, reply, fault('idempotencyMismatch'));
    const whose = `${caller.kind} ${caller.id} ${key}`;
    const answerKey = {
      hash: digest(`rsb-idempotency-1 ${whose}`).toString('hex'),
      seal: digest(`rsb-idempotency-seal-1 ${secret} ${whose}`),
    };
    const fingerprint = fingerprintOf(request);
    const now = work.clock.now();
    const row = { key_hash: answerKey.hash, fingerprint, expires_at: now + RUNNING };
    if (await answeredRequests.begin(row, now)) {
      request.answerKey = answerKey;
      return;
    }
    const before = await answeredRequests.find(answerKey.hash);
    if (before && before.fingerprint !== fingerprint) return sendFault(request, reply, fault('idempotencyMismatch'));
    if (!before || before.status === null || before.sealed === null) {
      reply.header('retry-after', '1');
      return sendFault(request, reply, fault('idempotencyRunning'));
    }
    const { body, headers } = unseal(before.sealed, answerKey.seal);
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    return reply
      .code(before.status)
      .header('idempotency-replayed', 'true')
      .send(body === '' ? undefined : body);
  });
  server.addHook('onSend', async (request, reply, payload) => {
    const { answerKey } = request;
    if (!answerKey) return payload;
    request.answerKey = null;
    const isDone = reply.statusCode < 300 && (payload === undefined || payload === null || typeof payload === 'string');
    if (!isDone) {
      await answeredRequests.forget(answerKey.hash);
      return payload;
    }
    const headers: Record<string, string> = {};
    for (const name of ['content-type', 'etag', 'location']) {
      const value = reply.getHeader(name);
      if (value !== undefined) headers[name] = String(value);
    }
    await answeredRequests.finish(answerKey.hash, {
      status: reply.statusCode,
      sealed: seal({ body: typeof payload === 'string' ? payload : '', headers }, answerKey.seal, work),
      expires_at: work.clock.now() + KEPT,
    });
    return payload;
  });
}

function fingerprintOf({ method, url, body, headers }: FastifyRequest): string {
  const text = Buffer.isBuffer(body) ? body.toString('base64') : JSON.stringify(body ?? null);
  return digest(`${method} ${url} ${headers['if-match'] ?? ''} ${text}`).toString('hex');
}

interface Answer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function seal(answer: Answer, key: Buffer, { random }: CentralWork): Uint8Array {
  const iv = random.bytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

function unseal(sealed: Uint8Array, key: Buffer): Answer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString('utf8'));
}
