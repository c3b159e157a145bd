/** HTTP message signatures (RFC 9421) with Ed25519 over method, target URI and the digest of the bytes as sent. */
import { createHash, type KeyObject, sign } from 'node:crypto';
import type { Instant } from '@rsb/runtime';
import { httpbis } from 'http-message-signatures';

export interface RequestToSign {
  readonly method: string;
  /** As configured: central knows its own public URL, also behind a reverse proxy. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SigningKey {
  /** The agent number. */
  readonly keyid: string;
  readonly privateKey: KeyObject;
}

const COVERED = ['@method', '@target-uri', 'content-digest'];

/** RFC 9530. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/**
 * The request's headers with digest and signature. `created` tells what this box's clock said, no more: there is no
 * `expires`, since a wrong clock must lock nobody out and repeats are harmless.
 */
export async function signRequest(
  request: RequestToSign,
  key: SigningKey,
  created: Instant,
): Promise<Record<string, string>> {
  const headers = { ...request.headers, 'content-digest': contentDigest(request.body) };
  const signed = await httpbis.signMessage(
    {
      key: { id: key.keyid, sign: async (data) => sign(null, data, key.privateKey) },
      fields: COVERED,
      params: ['created', 'keyid'],
      paramValues: { created: new Date(created) },
    },
    { method: request.method, url: request.url, headers },
  );
  return Object.fromEntries(
    Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  );
}
