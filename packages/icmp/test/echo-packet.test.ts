/** Echo replies out of untrusted bytes: only a whole reply is one, whatever comes, and nothing throws. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '@rsb/runtime';
import { decodeReply, ECHO_BYTES, encodeEcho, type IpFamily, TOKEN_BYTES } from '../src/echo-packet.ts';

const TOKEN = Uint8Array.from({ length: TOKEN_BYTES }, (_, index) => index + 1);
const REPLY: Readonly<Record<IpFamily, number>> = { 4: 0, 6: 129 };

function replyTo(family: IpFamily, sequence: number): Uint8Array {
  const bytes = encodeEcho(family, sequence, TOKEN);
  bytes[0] = REPLY[family];
  return bytes;
}

describe('an echo reply', () => {
  for (const family of [4, 6] as const) {
    it(`is read whole, IPv${family}`, () => {
      for (const sequence of [0, 1, 255, 256, 65_535]) {
        assert.deepEqual(decodeReply(family, replyTo(family, sequence)), { sequence, token: TOKEN });
      }
    });

    it(`is read from the middle of a larger buffer, IPv${family}`, () => {
      const whole = new Uint8Array(200).fill(0xee);
      whole.set(replyTo(family, 513), 77);
      assert.equal(decodeReply(family, whole.subarray(77, 77 + ECHO_BYTES))?.sequence, 513);
    });

    it(`is no other length, type or code, IPv${family}`, () => {
      const sound = replyTo(family, 7);
      let refused = 0;
      for (let length = 0; length < 64; length += 1) {
        if (length === ECHO_BYTES) continue;
        const other = new Uint8Array(length);
        other.set(sound.subarray(0, Math.min(length, ECHO_BYTES)));
        if (decodeReply(family, other) === undefined) refused += 1;
      }
      for (let value = 0; value < 256; value += 1) {
        for (const at of [0, 1]) {
          const other = sound.slice();
          if (other[at] === value) continue;
          other[at] = value;
          if (decodeReply(family, other) === undefined) refused += 1;
        }
      }
      assert.equal(refused, 63 + 2 * 255);
    });

    it(`is never taken for one by chance, nor does chance throw, IPv${family}`, () => {
      const random = seededRandom(family);
      let taken = 0;
      for (let count = 0; count < 50_000; count += 1) {
        const bytes = random.bytes(random.below(40));
        const reply = decodeReply(family, bytes);
        if (reply === undefined) continue;
        taken += 1;
        assert.ok(bytes.length === ECHO_BYTES && bytes[0] === REPLY[family] && bytes[1] === 0);
        assert.equal(reply.token.length, TOKEN_BYTES);
      }
      // A sequence and a token of 32 bits still have to fit.
      assert.ok(taken < 5, `${taken}`);
    });
  }
});
