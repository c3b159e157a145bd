/** One report to central and its receipt: only a receipt by the key pinned at enrolment, for this box, counts. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { CONTRACT_VERSION, fault, parseReceipt, type Receipt, receiptText } from '@rsb/contract';
import { type Clock, failure, type Instant, isoInstant, type Outcome, success } from '@rsb/runtime';
import type { OutboxItem } from '../outbox/index.ts';
import { foreignAnswer, type LineFailure } from './answer.ts';
import type { Line } from './line.ts';
import { signRequest } from './signature.ts';

const compress = promisify(zstdCompress);

export interface ReportSender {
  readonly agent: string;
  readonly privateKey: KeyObject;
  /** Central's public key, SPKI in PEM. */
  readonly centralKey: string;
}

/** A report that central answered with a receipt: what left, byte for byte, and what came back. */
export interface AnsweredReport {
  readonly sentAt: Instant;
  readonly url: string;
  readonly body: Uint8Array;
  readonly jsonBytes: number;
  readonly receipt: Receipt;
}

export async function sendReport(
  line: Line,
  sender: ReportSender,
  items: readonly OutboxItem[],
  clock: Clock,
  signal?: AbortSignal,
): Promise<Outcome<AnsweredReport, LineFailure>> {
  const sentAt = clock.now();
  const head = JSON.stringify({ contract: CONTRACT_VERSION, box: sender.agent, sentAt: isoInstant(sentAt) });
  const text = `${head.slice(0, -1)},"items":[${items.map(({ json }) => json).join(',')}]}`;
  const body = await compress(text);
  const url = line.target('/api/v1/reports');
  const headers = await signRequest(
    { method: 'POST', url, headers: { 'content-type': 'application/json', 'content-encoding': 'zstd' }, body },
    { keyid: sender.agent, privateKey: sender.privateKey },
    sentAt,
  );
  const answer = await line.ask({ method: 'POST', url, headers, body, ...(signal ? { signal } : {}) });
  if (!answer.ok) return answer;
  const receipt = parseReceipt(answer.value);
  if (!receipt.ok) return failure(foreignAnswer(line.host));
  if (receipt.value.box !== sender.agent || !isSignedBy(receipt.value, sender.centralKey)) {
    return failure({ fault: fault('receiptInvalid'), status: 200, retryAfter: null });
  }
  return success({ sentAt, url, body, jsonBytes: Buffer.byteLength(text), receipt: receipt.value });
}

function isSignedBy(receipt: Receipt, centralKey: string): boolean {
  const key = parseCentralKey(centralKey);
  const signature = Buffer.from(receipt.signature, 'base64');
  return key !== null && verify(null, Buffer.from(receiptText(receipt)), key, signature);
}

/** Null where the text is no Ed25519 public key. */
export function parseCentralKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
