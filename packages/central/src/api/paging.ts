/** Lists in pages: a cursor says behind which entry the next page begins, signed so that none can be made up. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';

export const MOST_ROWS = 1000;
export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
  limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$' })),
};

export interface Page<K> {
  readonly after: K | null;
  readonly limit: number;
}

export interface Paging {
  /** What a request asks of a list. `parse` takes the key that the list itself put into the cursor. */
  read<K>(
    list: string,
    query: { readonly cursor?: string; readonly limit?: string },
    parse: (key: unknown) => K | undefined,
  ): Outcome<Page<K>, Fault>;
  /** The cursor behind an entry, for answers that carry it themselves. */
  write(list: string, key: unknown): string;
  /** Says in the answer's Link header (RFC 8288) where the next page is; `rows` are one more than asked where there is one. */
  cut<R>(
    request: FastifyRequest,
    reply: FastifyReply,
    list: string,
    rows: readonly R[],
    limit: number,
    keyOf: (row: R) => unknown,
  ): readonly R[];
}

const SIGNATURE_BYTES = 12;

export function createPaging(secret: string): Paging {
  const signatureOf = (list: string, text: string): Buffer =>
    createHmac('sha256', `rsb-cursor-1 ${secret}`).update(`${list} ${text}`).digest().subarray(0, SIGNATURE_BYTES);
  const write = (list: string, key: unknown): string => {
    const text = Buffer.from(JSON.stringify(key)).toString('base64url');
    return `${text}.${signatureOf(list, text).toString('base64url')}`;
  };
  return {
    write,
    read(list, { cursor, limit }, parse) {
      const most = limit === undefined ? MOST_ROWS : Number(limit);
      if (most > MOST_ROWS)
        return failure(fault('fieldInvalid', { path: '/limit', detail: `1-${MOST_ROWS}` }, '/limit'));
      if (cursor === undefined) return success({ after: null, limit: most });
      const [text = '', signature = ''] = cursor.split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = signatureOf(list, text);
      const key =
        given.length === right.length && timingSafeEqual(given, right)
          ? parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
          : undefined;
      return key === undefined ? failure(fault('cursorInvalid', {}, '/cursor')) : success({ after: key, limit: most });
    },
    cut(request, reply, list, rows, limit, keyOf) {
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      if (rows.length > limit && last !== undefined) {
        const url = new URL(request.url, 'http://central.invalid');
        url.searchParams.set('cursor', write(list, keyOf(last)));
        reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
      }
      return shown;
    },
  };
}
