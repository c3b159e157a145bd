/**
 * Where each item stands in a report's text, so that what is archived or put aside is what was sent, byte for byte:
 * parsing and printing again would round numbers and lose repeated keys. The text is known to be valid JSON.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export interface ItemSlice {
  readonly raw: Buffer;
  /** Levels of objects and lists in it. */
  readonly depth: number;
}

/** The elements of the top-level member `items`; of several so named the last, as JSON.parse takes it. */
export function sliceItems(text: Buffer): ItemSlice[] {
  let slices: ItemSlice[] = [];
  let depth = 0;
  let key = '';
  let inItems = false;
  let start = 0;
  let deepest = 0;
  const close = (end: number) => {
    const raw = trimmed(text, start, end);
    if (raw.length > 0) slices.push({ raw, depth: deepest });
    deepest = 0;
    start = end + 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (depth === 1 && text[skipSpace(text, end + 1)] === COLON)
          key = JSON.parse(text.toString('utf8', at, end + 1));
        at = end;
        break;
      }
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        if (depth === 2 && text[at] === OPEN_LIST && key === 'items') {
          inItems = true;
          slices = [];
          start = at + 1;
          deepest = 0;
        } else {
          deepest = Math.max(deepest, depth - 2);
        }
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (inItems && depth === 2) {
          close(at);
          inItems = false;
        }
        depth -= 1;
        break;
      case COMMA:
        if (inItems && depth === 2) close(at);
        break;
      default:
    }
  }
  return slices;
}

function endOfString(text: Buffer, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at;
  }
  return text.length;
}

function skipSpace(text: Buffer, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

function trimmed(text: Buffer, from: number, to: number): Buffer {
  const first = skipSpace(text, from);
  let last = to;
  while (last > first && isSpace(text[last - 1])) last -= 1;
  return text.subarray(first, last);
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
