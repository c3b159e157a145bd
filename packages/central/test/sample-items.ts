/** Readings and other items as the contract's frozen examples have them, changed where a test needs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentReading } from '@rsb/contract';
import { item } from './box-peer.ts';

const examples = join(import.meta.dirname, '../../contract/examples/v1');

export function example(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8'));
}

type Sent = SentReading['reading'];
export type ReadingChange = { readonly [part in Exclude<keyof Sent, 'identity'>]?: Sent[part] | undefined } & {
  readonly identity?: Partial<NonNullable<Sent['identity']>> | undefined;
};

/** The example's Ricoh, under another local id or with parts of the reading changed; `undefined` takes a part away. */
export function sentReading(change: ReadingChange = {}, device = 'Ricoh:E153M930272'): SentReading {
  const body = example('item-reading')['body'] as SentReading;
  const reading: Record<string, unknown> = { ...body.reading, ...change };
  if (change.identity) reading['identity'] = { ...body.reading.identity, ...change.identity };
  for (const [part, value] of Object.entries(reading)) if (value === undefined) delete reading[part];
  return { device, plan: null, reading: reading as SentReading['reading'] };
}

export function counters(total: number | string, mono: number | null = null, color: number | null = null) {
  const none = { all: null, mono: null, color: null };
  return {
    life: total,
    lifeUnit: 'impressions' as const,
    vendorLife: null,
    billing: 'total' as const,
    total: { all: total, mono, color },
    print: none,
    copy: none,
    fax: none,
    scan: none,
    duplex: null,
    largeFormat: null,
    other: [],
  };
}

export function readingItem(seq: number, change: ReadingChange = {}, device?: string, epoch?: string) {
  return item({ seq, ...(epoch === undefined ? {} : { epoch }), body: sentReading(change, device) });
}
