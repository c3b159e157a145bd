/** Ids that nobody can foresee, all of one length on the wire. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, systemRandom } from '@rsb/runtime';
import { BerWriter, TAG } from '../src/ber.ts';
import { RequestIds } from '../src/request-ids.ts';

test('every id takes four octets, and none comes twice soon', () => {
  const ids = new RequestIds(systemRandom());
  const drawn = Array.from({ length: 2000 }, () => ids.next());
  const lengths = new Set(
    drawn.map((id) => {
      const writer = new BerWriter();
      writer.integer(TAG.integer, id);
      return writer.size;
    }),
  );
  assert.deepEqual([...lengths], [6]);
  // Of two billion: two alike among 2,000 once in a thousand runs, ten never.
  assert.ok(new Set(drawn).size > 1990, `${new Set(drawn).size} of 2000`);
});

test('the bytes of chance are used in turn; what would be shorter is passed over', () => {
  const bytes = [
    [0, 0xff, 0xff, 0xff],
    [0x80, 1, 2, 3],
    [0xff, 0xff, 0xff, 0xff],
    [1, 0, 0, 0],
  ];
  let calls = 0;
  const random: Random = {
    below: () => assert.fail('not asked'),
    bytes(count) {
      calls += 1;
      return Uint8Array.from({ length: count }, (_, at) => bytes.flat()[at % 16] as number);
    },
  };
  const ids = new RequestIds(random);
  const drawn = Array.from({ length: 400 }, () => ids.next());
  assert.deepEqual(new Set(drawn), new Set([0x7fff_ffff, 0x0100_0000]));
  assert.deepEqual(drawn.slice(0, 3), [0x7fff_ffff, 0x0100_0000, 0x7fff_ffff]);
  assert.ok(calls > 1 && calls < 10, `${calls} calls`);
});
