/** Ids of requests, which nobody can foresee: each is one of two billion, and all of them are equally likely. */
import type { Random } from '@rsb/runtime';

/** From here to 2^31 − 1 an INTEGER takes four octets: requests which differ by their id alone differ in four octets. */
const SMALLEST = 0x0100_0000;
const ID_BYTES = 4;
/** A call of the system's randomness for each id would cost as much as encoding the request. */
const IDS_AT_ONCE = 256;

export class RequestIds {
  readonly #random: Random;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  next(): number {
    for (;;) {
      if (this.#at === this.#bytes.length) {
        this.#bytes = this.#random.bytes(ID_BYTES * IDS_AT_ONCE);
        this.#at = 0;
      }
      const bytes = this.#bytes;
      const at = this.#at;
      this.#at += ID_BYTES;
      const id =
        (((bytes[at] as number) & 0x7f) << 24) |
        ((bytes[at + 1] as number) << 16) |
        ((bytes[at + 2] as number) << 8) |
        (bytes[at + 3] as number);
      // One of 128 is too small, and another one is drawn.
      if (id >= SMALLEST) return id;
    }
  }
}
