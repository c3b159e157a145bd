/** A closed month's items as one run of bytes, each to be had again byte for byte. No database here. */
import { createHash } from 'node:crypto';
import type { RawItem } from '../store/customer-items.ts';

export interface Block {
  readonly seqs: readonly number[];
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** Of one epoch, by seq, rising. First a line of JSON with what stands beside the bytes, then the bytes. */
export function encodeBlock(items: readonly RawItem[]): Block {
  const steps = (take: (item: RawItem) => number) =>
    items.map((item, index) => take(item) - (index === 0 ? 0 : take(items[index - 1] ?? item)));
  const head = {
    seq: steps(({ seq }) => seq),
    at: steps(({ at }) => at),
    receivedAt: steps(({ receivedAt }) => receivedAt),
    length: items.map(({ raw }) => raw.length),
  };
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...items.map(({ raw }) => raw)]);
  return { seqs: items.map(({ seq }) => seq), digest: digestOf(bytes), bytes };
}

/** Throws where the bytes are not those that the digest was made of: a damaged archive must not pass for readings. */
export function decodeBlock(bytes: Buffer, digest: string): RawItem[] {
  if (digestOf(bytes) !== digest) throw new Error('an archive block is damaged');
  const end = bytes.indexOf('\n');
  const head: { seq: number[]; at: number[]; receivedAt: number[]; length: number[] } = JSON.parse(
    bytes.toString('utf8', 0, end),
  );
  let [seq, at, receivedAt, start] = [0, 0, 0, end + 1];
  return head.length.map((length, index) => {
    seq += head.seq[index] ?? 0;
    at += head.at[index] ?? 0;
    receivedAt += head.receivedAt[index] ?? 0;
    const raw = bytes.subarray(start, start + length);
    start += length;
    return { seq, at, receivedAt, raw };
  });
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
