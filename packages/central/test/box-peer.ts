/** The box's side of the line, written from the contract and not from the box's code. */
import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { type EnrolmentAnswer, parseEnrolmentAnswer, parseReceipt, type Receipt, receiptText } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';

export interface BoxKey {
  readonly publicPem: string;
  readonly privateKey: KeyObject;
}

export interface BoxPeer {
  readonly agent: string;
  readonly key: BoxKey;
  readonly enrolment: EnrolmentAnswer;
  /** Sends items as a report and checks the receipt: its signature, its box, a line for each item in order. */
  report(items: readonly unknown[]): Promise<Receipt['results']>;
  send(request?: SendOptions): Promise<{ status: number; body: unknown; headers: Headers }>;
}

/** What a test changes of an honest request. */
export interface SendOptions {
  readonly items?: readonly unknown[];
  /** Instead of a report made of `items`. */
  readonly json?: string;
  /** Instead of the zstd of that. */
  readonly bytes?: Uint8Array;
  readonly box?: string;
  readonly keyid?: string;
  readonly signer?: KeyObject;
  readonly signedUrl?: string;
  readonly path?: string;
  readonly method?: string;
  readonly covered?: readonly string[];
  readonly created?: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Where it is sent, when not to where it was enrolled. */
  readonly url?: string;
}

export function newBoxKey(): BoxKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey };
}

export async function enrolBox(url: string, code: string, key: BoxKey): Promise<BoxPeer> {
  const answer = await askEnrolment(url, { contract: 1, code, publicKey: key.publicPem, version: '0.1.0' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const enrolment = parseEnrolmentAnswer(answer.body);
  assert.ok(enrolment.ok);
  return boxPeer(url, enrolment.value, key);
}

export async function askEnrolment(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}/api/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

export function boxPeer(url: string, enrolment: EnrolmentAnswer, key: BoxKey): BoxPeer {
  const agent = enrolment.box;
  const send = (options: SendOptions = {}) => sendReport(options.url ?? url, agent, key, options);
  return {
    agent,
    key,
    enrolment,
    send,
    async report(items) {
      const { status, body } = await send({ items });
      assert.equal(status, 200, JSON.stringify(body));
      const receipt = parseReceipt(body);
      assert.ok(receipt.ok);
      assert.ok(receiptIsSigned(receipt.value, enrolment.centralKey), 'the receipt is signed by the pinned key');
      assert.equal(receipt.value.box, agent);
      assert.equal(receipt.value.results.length, items.length);
      return receipt.value.results;
    },
  };
}

export function receiptIsSigned(receipt: Receipt, centralKey: string): boolean {
  const signature = Buffer.from(receipt.signature, 'base64');
  return verify(null, Buffer.from(receiptText(receipt)), createPublicKey(centralKey), signature);
}

async function sendReport(url: string, agent: string, key: BoxKey, options: SendOptions) {
  const path = options.path ?? '/api/v1/reports';
  const method = options.method ?? 'POST';
  const sentAt = '2026-11-24T08:00:06Z';
  const json = options.json ?? JSON.stringify({ contract: 1, box: options.box ?? agent, sentAt, items: options.items });
  const body = options.bytes ?? zstdCompressSync(Buffer.from(json));
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const covered = options.covered ?? ['@method', '@target-uri', 'content-digest'];
  const parameters = `(${covered.map((name) => `"${name}"`).join(' ')});created=${options.created ?? 1_764_000_000};keyid="${options.keyid ?? agent}"`;
  const values: Readonly<Record<string, string>> = {
    '@method': method,
    '@target-uri': options.signedUrl ?? `${url}${path}`,
    'content-digest': digest,
  };
  // RFC 9421 §2.5: a line for each covered component, then the parameters.
  const base = [
    ...covered.map((name) => `"${name}": ${values[name] ?? ''}`),
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = sign(null, Buffer.from(base), options.signer ?? key.privateKey).toString('base64');
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-encoding': 'zstd',
    'content-digest': digest,
    'signature-input': `sig=${parameters}`,
    signature: `sig=:${signature}:`,
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  const answer = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(method !== 'GET' && { body: Buffer.from(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text) as unknown, headers: answer.headers };
}

export interface ItemParts {
  readonly epoch?: string;
  readonly seq: number;
  readonly kind?: string;
  readonly at?: string;
  readonly body: unknown;
}

export const EPOCH = '0123456789abcdef';

export function item({ epoch = EPOCH, seq, kind = 'reading', at = '2026-11-24T08:00:01Z', body }: ItemParts) {
  return { epoch, seq, kind, at, digest: digestOf(body), body };
}
