/** A box's end of the line over TLS on a connection that stays open: makes, signs and sends reports, checks receipts. */
import assert from 'node:assert/strict';
import { createHash, sign } from 'node:crypto';
import { Agent, request } from 'node:https';
import { zstdCompressSync } from 'node:zlib';
import { parseEnrolmentAnswer, parseReceipt } from '@rsb/contract';
import { newBoxKey, receiptIsSigned } from '../test/box-peer.ts';

export interface BoxClient {
  /** How many of the items were stored, by the signed receipt. */
  report(items: readonly unknown[]): Promise<number>;
  end(): void;
}

export async function enrolClient(url: string, code: string, ca: string): Promise<BoxClient> {
  const key = newBoxKey();
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca });
  const post = (path: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<unknown> =>
    new Promise((done, fail) => {
      const asked = request(`${url}${path}`, { method: 'POST', agent, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done(JSON.parse(Buffer.concat(parts).toString())));
      });
      asked.on('error', fail);
      asked.end(body);
    });
  const json = { 'content-type': 'application/json' };
  const enrolment = parseEnrolmentAnswer(
    await post(
      '/api/v1/enrolments',
      json,
      Buffer.from(JSON.stringify({ contract: 1, code, publicKey: key.publicPem, version: '0.1.0' })),
    ),
  );
  assert.ok(enrolment.ok, JSON.stringify(enrolment));
  const { box, centralKey } = enrolment.value;
  return {
    async report(items) {
      const text = JSON.stringify({ contract: 1, box, sentAt: '2026-11-24T08:00:06Z', items });
      const body = zstdCompressSync(text);
      const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
      const parameters = `("@method" "@target-uri" "content-digest");created=1764000000;keyid="${box}"`;
      const base = [
        '"@method": POST',
        `"@target-uri": ${url}/api/v1/reports`,
        `"content-digest": ${digest}`,
        `"@signature-params": ${parameters}`,
      ].join('\n');
      const signature = sign(null, Buffer.from(base), key.privateKey).toString('base64');
      const receipt = parseReceipt(
        await post(
          '/api/v1/reports',
          {
            ...json,
            'content-encoding': 'zstd',
            'content-digest': digest,
            'signature-input': `sig=${parameters}`,
            signature: `sig=:${signature}:`,
          },
          body,
        ),
      );
      assert.ok(receipt.ok, JSON.stringify(receipt));
      assert.ok(receiptIsSigned(receipt.value, centralKey), 'the receipt is signed');
      return receipt.value.results.filter(({ result }) => result === 'stored').length;
    },
    end: () => agent.destroy(),
  };
}
