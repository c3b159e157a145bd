/** Each item of a report by itself: sound, or put aside with the reason. No database here. */
import { createHash } from 'node:crypto';
import { type ErrorCode, ITEM_KINDS, type Item, parseItem, parseItemHead } from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import type { ItemSlice } from './item-slices.ts';

/** What a receipt line needs to name an item, as far as the item says it. */
export interface ItemName {
  readonly epoch: string;
  readonly seq: number;
  readonly digest: string;
}

export interface SoundItem {
  readonly sound: true;
  readonly name: ItemName;
  readonly item: Item;
  readonly raw: Uint8Array;
}

export interface PoisonItem {
  readonly sound: false;
  readonly name: ItemName;
  readonly kind: string | null;
  readonly code: ErrorCode;
  readonly raw: Uint8Array;
}

export type JudgedItem = SoundItem | PoisonItem;

/** Items nest eight levels; far beyond that only to exhaust whoever walks through them. */
const DEEPEST_ITEM = 32;

/** `value`: what the slice says, as it was parsed with its report. */
export function judgeItem({ raw, depth }: ItemSlice, value: unknown = JSON.parse(raw.toString('utf8'))): JudgedItem {
  const poison = (code: ErrorCode, value?: unknown): PoisonItem => ({
    sound: false,
    name: nameOf(value),
    kind: textMember(value, 'kind'),
    code,
    raw,
  });
  if (depth > DEEPEST_ITEM) return poison('itemInvalid', value);
  const head = parseItemHead(value);
  if (!head.ok) return poison('itemInvalid', value);
  if (digestOf(head.value.body) !== head.value.digest) return poison('itemDigestMismatch', value);
  if (!(ITEM_KINDS as readonly string[]).includes(head.value.kind)) return poison('itemKindUnknown', value);
  const item = parseItem(value);
  if (!item.ok) return poison('itemInvalid', value);
  return { sound: true, name: nameOf(value), item: item.value, raw };
}

/** Bytes put aside are known by their digest, so that the same ones are kept once. */
export const rawDigest = (raw: Uint8Array): string => createHash('sha256').update(raw).digest('hex');

/** Printable and without spaces, else it could not stand in a receipt's signed text. */
const NAMEABLE = /^[\x21-\x7e]*$/;

function nameOf(value: unknown): ItemName {
  const epoch = textMember(value, 'epoch') ?? '';
  const digest = textMember(value, 'digest') ?? '';
  const seq = member(value, 'seq');
  return {
    epoch: epoch.length <= 64 && NAMEABLE.test(epoch) ? epoch : '',
    seq: typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : 0,
    digest: digest.length <= 100 && NAMEABLE.test(digest) ? digest : '',
  };
}

function textMember(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === 'string' ? found.slice(0, 300) : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
