/** A serial number as on the label; null for padding, placeholders and counterfeits. */
import { cleanText, shorten } from './text.ts';

const PREFIX = /^(?:s\/?n|serial(?:[\s_-]*(?:no|number|nr|#))?)\s*[.:#=]+\s*/i;
const PLACEHOLDER =
  /^(?:unknown|undefined|none|null|n\/?a|not[\s_-]?(?:available|set|specified|supported)|no[\s_-]?serial.*|serial[\s_-]?(?:no|number|nr)?|default|invalid|empty|0?123456789\d*|x{3,}.*)$/i;

export function cleanSerial(text: string): string | null {
  const serial = shorten(
    cleanText(text)
      .replace(PREFIX, '')
      .replace(/^[\s*"'._-]+|[\s*"'._-]+$/g, ''),
  );
  if (serial.length < 3 || !/[\p{L}\p{N}]/u.test(serial)) return null;
  if (/^(.)\1*$/u.test(serial.replace(/[\s-]/g, ''))) return null;
  return PLACEHOLDER.test(serial) ? null : serial;
}

/** True where a serial number is only the hardware address again. */
export const isMacAgain = (serial: string, mac: string): boolean =>
  serial.replace(/[\s:.-]/g, '').toLowerCase() === mac.replaceAll(':', '');
