/** Every decoder with the same bytes, and how many elements they opened: work must be bounded by what came. */
import { BerReader } from '../src/ber.ts';
import { decodeRequest, decodeResponse } from '../src/message.ts';
import { decodeEnvelope, decodeScopedFrame } from '../src/usm/message.ts';
import { failureIn } from '../src/usm/report.ts';

/** Each decoder sees each octet at most twice (list, then varbind), and an element takes two octets. */
const MOST_STEPS_AN_OCTET = 4;
const STEPS_AT_LEAST = 64;

export interface Codec {
  /** Throws where the work was more than the bytes allow. */
  decode(bytes: Uint8Array): void;
  readonly steps: number;
  restore(): void;
}

/** Counts by wrapping the reader's own method, in this process alone. */
export function countingCodec(): Codec {
  const original = BerReader.prototype.element;
  let steps = 0;
  BerReader.prototype.element = function element(this: BerReader): number {
    steps += 1;
    return original.call(this);
  };
  return {
    decode(bytes) {
      const before = steps;
      decodeResponse(bytes);
      decodeRequest(bytes);
      const envelope = decodeEnvelope(bytes);
      if (envelope.ok) {
        const { bytes: message, dataStart, dataEnd } = envelope.value;
        const scoped = decodeScopedFrame(message, dataStart, dataEnd);
        if (scoped.ok) failureIn(scoped.value);
      }
      const taken = steps - before;
      if (taken > STEPS_AT_LEAST + MOST_STEPS_AN_OCTET * bytes.length) {
        throw new Error(`${taken} steps for ${bytes.length} octets`);
      }
    },
    get steps() {
      return steps;
    },
    restore() {
      BerReader.prototype.element = original;
    },
  };
}
