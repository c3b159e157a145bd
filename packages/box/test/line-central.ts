/** A small central for tests: checks what a report must be, keeps items by name, answers signed receipts or misbehaves. */
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { type ItemHead, parseItemHead, parseReport, type ReceiptLine, receiptText } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import { httpbis } from 'http-message-signatures';
import { serveHttp } from './line-servers.ts';

export const AGENT = '411223312';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/** What is wrong with a signed request, null = nothing. The library answers false, or throws for another reason. */
export async function signatureProblem(received: Received, url: string, boxKey: KeyObject): Promise<string | null> {
  const digest = `sha-256=:${createHash('sha256').update(received.body).digest('base64')}:`;
  if (received.headers['content-digest'] !== digest) return 'digest';
  const fine = await httpbis.verifyMessage(
    {
      keyLookup: async ({ keyid }) =>
        keyid === AGENT
          ? { id: AGENT, algs: ['ed25519'], verify: async (data, signature) => verify(null, data, boxKey, signature) }
          : null,
      requiredFields: ['@method', '@target-uri', 'content-digest'],
      requiredParams: ['created', 'keyid'],
      // Whatever the box's clock says.
      notAfter: Number.MAX_SAFE_INTEGER,
    },
    { method: received.method, url, headers: received.headers },
  );
  return fine === true ? null : 'signature';
}

export interface TestCentral {
  readonly url: string;
  readonly key: string;
  /** By name, in order of arrival: the JSON of each item that was stored. */
  readonly stored: Map<string, ItemHead>;
  readonly reports: { readonly items: number; readonly sentAt: string }[];
  readonly problems: string[];
  /** What to do with the next report, first come first served; afterwards all goes well. */
  readonly script: Behaviour[];
}

export type Behaviour = (handling: Handling) => void;

export interface Handling {
  readonly items: readonly ItemHead[];
  readonly response: ServerResponse;
  readonly request: IncomingMessage;
  /** Stores what is new, as a commit would. */
  store(): readonly ReceiptLine[];
  /** Signs and sends. */
  receipt(lines: readonly ReceiptLine[], change?: { box?: string; key?: KeyObject; signature?: string }): void;
  problem(status: number, code: string, headers?: Record<string, string>): void;
}

export async function serveCentral(t: TestContext, boxKey: () => KeyObject): Promise<TestCentral> {
  const keys = generateKeyPairSync('ed25519');
  const stored = new Map<string, ItemHead>();
  const reports: TestCentral['reports'] = [];
  const problems: string[] = [];
  const script: Behaviour[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const received = { method: request.method ?? '', path: request.url ?? '', headers: headersOf(request), body };
    const wrong = await signatureProblem(received, `${url}${received.path}`, boxKey());
    if (wrong) problems.push(wrong);
    const report = parseReport(JSON.parse(zstdDecompressSync(body).toString('utf8')));
    if (!report.ok) {
      problems.push(JSON.stringify(report.error));
      response.writeHead(400).end();
      return;
    }
    const items = report.value.items.flatMap((item) => {
      const head = parseItemHead(item);
      if (!head.ok) problems.push(JSON.stringify(head.error));
      else if (digestOf(head.value.body) !== head.value.digest) problems.push(`digest of ${head.value.seq}`);
      return head.ok ? [head.value] : [];
    });
    reports.push({ items: items.length, sentAt: report.value.sentAt });
    const handling: Handling = {
      items,
      request,
      response,
      store: () =>
        items.map((item) => {
          const name = `${item.epoch}/${item.seq}`;
          const known = stored.get(name);
          if (!known) stored.set(name, item);
          const result = !known ? 'stored' : known.digest === item.digest ? 'duplicate' : 'quarantined';
          return { ...lineFor(item), result, code: result === 'quarantined' ? 'itemConflict' : null };
        }),
      receipt: (lines, { box = AGENT, key = keys.privateKey, signature } = {}) => {
        const results = [...lines];
        const text = receiptText({ box, results });
        const signed = signature ?? sign(null, Buffer.from(text), key).toString('base64');
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ box, results, signature: signed }));
      },
      problem: (status, code, headers = {}) =>
        response
          .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
          .end(JSON.stringify({ type: `urn:rsb:${code}`, title: code, status, code, params: {} })),
    };
    (script.shift() ?? ((good) => good.receipt(good.store())))(handling);
  };
  const port = await serveHttp(t, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.destroy();
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const key = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { url, key, stored, reports, problems, script };
}

export const lineFor = ({ epoch, seq, digest }: ItemHead): ReceiptLine => ({
  epoch,
  seq,
  digest,
  result: 'stored',
  code: null,
});

function headersOf(request: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers[name] = value;
  return headers;
}
