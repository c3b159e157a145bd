/** What a person may type as a range, and what is said of what is none. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkOverlaps, parseRange } from '../src/range/index.ts';

function rangeOf(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) assert.fail(`${text}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

const GOOD: readonly (readonly [string, number, string, string, string?])[] = [
  ['192.168.1.0/24', 254, '192.168.1.1', '192.168.1.254'],
  ['192.168.1.7/24', 254, '192.168.1.1', '192.168.1.254', '192.168.1.0/24'],
  ['192.168.1.0/255.255.255.0', 254, '192.168.1.1', '192.168.1.254', '192.168.1.0/24'],
  ['192.168.1.0/30', 2, '192.168.1.1', '192.168.1.2'],
  ['192.168.1.0/31', 2, '192.168.1.0', '192.168.1.1'],
  ['192.168.1.9/32', 1, '192.168.1.9', '192.168.1.9', '192.168.1.9'],
  ['10.1.0.0/16', 65_534, '10.1.0.1', '10.1.255.254'],
  ['127.0.10.0/24', 254, '127.0.10.1', '127.0.10.254'],
  ['10.0.0.5', 1, '10.0.0.5', '10.0.0.5'],
  ['  10.0.0.5  ', 1, '10.0.0.5', '10.0.0.5', '10.0.0.5'],
  ['10.0.0.1-10.0.0.50', 50, '10.0.0.1', '10.0.0.50'],
  ['10.0.0.1 – 10.0.0.50', 50, '10.0.0.1', '10.0.0.50', '10.0.0.1-10.0.0.50'],
  ['10.0.0.1—50', 50, '10.0.0.1', '10.0.0.50', '10.0.0.1-10.0.0.50'],
  ['10.0.0.1-50', 50, '10.0.0.1', '10.0.0.50', '10.0.0.1-10.0.0.50'],
  ['10.0.0.250-10.0.1.5', 12, '10.0.0.250', '10.0.1.5'],
  ['10.0.0.7-10.0.0.7', 1, '10.0.0.7', '10.0.0.7', '10.0.0.7'],
  ['10.0.0.*', 254, '10.0.0.1', '10.0.0.254', '10.0.0.0/24'],
  ['10.3.*.*', 65_534, '10.3.0.1', '10.3.255.254', '10.3.0.0/16'],
  ['10.0.0.9, 10.0.0.5;10.0.0.7 10.0.0.5', 3, '10.0.0.5', '10.0.0.9', '10.0.0.9, 10.0.0.5, 10.0.0.7'],
  ['10.0.0.0/24 !10.0.0.5', 253, '10.0.0.1', '10.0.0.254', '10.0.0.0/24, !10.0.0.5'],
  ['10.0.0.0/24, ! 10.0.0.1 - 10.0.0.100', 154, '10.0.0.101', '10.0.0.254', '10.0.0.0/24, !10.0.0.1-10.0.0.100'],
  ['10.0.0.0/22 !10.0.1.0/24', 1022 - 256, '10.0.0.1', '10.0.3.254', '10.0.0.0/22, !10.0.1.0/24'],
  ['10.0.0.0/24 10.0.0.0', 255, '10.0.0.0', '10.0.0.254', '10.0.0.0/24, 10.0.0.0'],
  ['2001:db8::1', 1, '2001:db8::1', '2001:db8::1'],
  ['2001:DB8:0:0::0001', 1, '2001:db8::1', '2001:db8::1', '2001:db8::1'],
  ['fd00::/112', 65_536, 'fd00::', 'fd00::ffff'],
  ['fd00::10-fd00::1f', 16, 'fd00::10', 'fd00::1f'],
  ['::1', 1, '::1', '::1'],
  ['::ffff:10.0.0.5', 1, '10.0.0.5', '10.0.0.5', '10.0.0.5'],
  ['fd00::1, 10.0.0.1', 2, '10.0.0.1', 'fd00::1', 'fd00::1, 10.0.0.1'],
];

describe('a range as people write it', () => {
  for (const [text, count, first, last, normalized] of GOOD) {
    it(`${text} is ${count} addresses`, () => {
      const range = rangeOf(text);
      assert.deepEqual(
        { normalized: range.normalized, count: range.count, first: range.first, last: range.last },
        { normalized: normalized ?? text, count, first, last },
      );
      const listed = [...range.addresses()];
      assert.equal(listed.length, count);
      assert.equal(listed[0], first);
      assert.equal(listed.at(-1), last);
      assert.equal(new Set(listed).size, count);
      assert.deepEqual([...rangeOf(range.normalized).intervals], [...range.intervals]);
    });
  }
});

const BAD: readonly (readonly [string, string, Readonly<Record<string, string | number>>])[] = [
  ['10.0.0.0/40', 'rangeInvalid', { range: '10.0.0.0/40', detail: 'prefixAbove', value: 40, most: 32 }],
  ['fd00::/129', 'rangeInvalid', { range: 'fd00::/129', detail: 'prefixAbove', value: 129, most: 128 }],
  ['10.0.0.0/', 'rangeInvalid', { range: '10.0.0.0/', detail: 'prefixInvalid', value: '' }],
  ['10.0.0.0/-1', 'rangeInvalid', { range: '10.0.0.0/-1', detail: 'prefixInvalid', value: '-1' }],
  ['10.0.0.0/24/8', 'rangeInvalid', { range: '10.0.0.0/24/8', detail: 'prefixInvalid', value: '24' }],
  [
    '10.0.0.0/255.0.255.0',
    'rangeInvalid',
    { range: '10.0.0.0/255.0.255.0', detail: 'maskInvalid', value: '255.0.255.0' },
  ],
  ['192.168.300.1', 'rangeInvalid', { range: '192.168.300.1', detail: 'octetAbove', value: '300', most: 255 }],
  ['10.0.0.1-300', 'rangeInvalid', { range: '10.0.0.1-300', detail: 'octetAbove', value: '300', most: 255 }],
  ['192.168.001.010', 'rangeInvalid', { range: '192.168.001.010', detail: 'octetLeadingZero', value: '001' }],
  [
    '10.0.0.50-10.0.0.1',
    'rangeInvalid',
    { range: '10.0.0.50-10.0.0.1', detail: 'lastBeforeFirst', value: '10.0.0.1', first: '10.0.0.50' },
  ],
  ['10.0.0.1-fd00::1', 'rangeInvalid', { range: '10.0.0.1-fd00::1', detail: 'familiesMixed' }],
  ['10.0.0.1-', 'rangeInvalid', { range: '10.0.0.1-', detail: 'notAddress', value: '10.0.0.1-' }],
  ['10.0.0.1-2-3', 'rangeInvalid', { range: '10.0.0.1-2-3', detail: 'notAddress', value: '10.0.0.1-2-3' }],
  ['10.*.0.1', 'rangeInvalid', { range: '10.*.0.1', detail: 'wildcardPlace', value: '10.*.0.1' }],
  ['10.0.*', 'rangeInvalid', { range: '10.0.*', detail: 'wildcardPlace', value: '10.0.*' }],
  ['printer.example', 'rangeInvalid', { range: 'printer.example', detail: 'notAddress', value: 'printer.example' }],
  ['10.0.0.1, rubbish', 'rangeInvalid', { range: 'rubbish', detail: 'notAddress', value: 'rubbish' }],
  ['10.0.0', 'rangeInvalid', { range: '10.0.0', detail: 'notAddress', value: '10.0.0' }],
  ['0x0a000001', 'rangeInvalid', { range: '0x0a000001', detail: 'notAddress', value: '0x0a000001' }],
  ['fe80::1%eth0', 'rangeInvalid', { range: 'fe80::1%eth0', detail: 'zone', value: 'fe80::1%eth0' }],
  ['fe80::1', 'rangeInvalid', { range: 'fe80::1', detail: 'zone', value: 'fe80::1' }],
  ['224.0.0.1', 'rangeInvalid', { range: '224.0.0.1', detail: 'multicast', value: '224.0.0.1' }],
  [
    '223.255.255.250-224.0.0.5',
    'rangeInvalid',
    { range: '223.255.255.250-224.0.0.5', detail: 'multicast', value: '224.0.0.0' },
  ],
  ['ff02::1', 'rangeInvalid', { range: 'ff02::1', detail: 'multicast', value: 'ff02::1' }],
  ['0.0.0.1', 'rangeInvalid', { range: '0.0.0.1', detail: 'reserved', value: '0.0.0.1' }],
  ['255.255.255.255', 'rangeInvalid', { range: '255.255.255.255', detail: 'reserved', value: '255.255.255.255' }],
  ['!10.0.0.1', 'rangeInvalid', { range: '!10.0.0.1', detail: 'onlyExclusions' }],
  ['', 'rangeEmpty', {}],
  [' , ;', 'rangeEmpty', {}],
  ['10.0.0.1 !10.0.0.0/24', 'rangeEmpty', {}],
  ['10.0.0.0/8', 'rangeTooLarge', { range: '10.0.0.0/8', addresses: 16_777_214, most: 65_536 }],
  ['0.0.0.0/0', 'rangeTooLarge', { range: '0.0.0.0/0', addresses: 4_294_967_294, most: 65_536 }],
  ['10.0.0.0/16 10.1.0.0/16', 'rangeTooLarge', { range: '10.0.0.0/16 10.1.0.0/16', addresses: 131_068, most: 65_536 }],
  ['fd00::/64', 'rangeTooLarge', { range: 'fd00::/64', addresses: '18446744073709551616', most: 65_536 }],
];

describe('what is no range', () => {
  for (const [text, code, params] of BAD) {
    it(`"${text}": ${code} ${params['detail'] ?? ''}`, () => {
      const parsed = parseRange(text);
      assert.deepEqual(parsed, { ok: false, error: { code, params } });
    });
  }

  it('a text longer than the settings hold is refused without being read', () => {
    const parsed = parseRange('10.0.0.1,'.repeat(200));
    assert.equal(parsed.ok, false);
    assert.equal(!parsed.ok && parsed.error.params['detail'], 'tooLong');
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[0-9a-f.:/*!, –-]{0,60}$/)),
        (text) => typeof parseRange(text).ok === 'boolean',
      ),
      { numRuns: 2000 },
    );
  });
});

describe('membership', () => {
  const octet = fc.integer({ min: 0, max: 15 });
  const span = fc.tuple(octet, octet).map(([a, b]) => `10.0.0.${Math.min(a, b)}-10.0.0.${Math.max(a, b)}`);

  it('is the same as a list of the addresses says', () => {
    fc.assert(
      fc.property(
        fc.array(span, { minLength: 1, maxLength: 6 }),
        fc.array(span, { maxLength: 3 }),
        (inside, outside) => {
          const parsed = parseRange([...inside, ...outside.map((text) => `!${text}`)].join(' '));
          if (!parsed.ok) return parsed.error.code === 'rangeEmpty';
          const listed = new Set(parsed.value.addresses());
          for (let last = 0; last < 20; last += 1) {
            const address = `10.0.0.${last}`;
            assert.equal(parsed.value.has(address), listed.has(address), address);
          }
          return listed.size === parsed.value.count;
        },
      ),
    );
  });

  it('knows neither other families nor what is no address', () => {
    const range = rangeOf('10.0.0.0/24, fd00::1');
    const asked = ['10.0.0.77', 'fd00::1', 'FD00:0::1', '::ffff:10.0.0.7', 'fd00::2', '10.0.0.0', 'printer', ''];
    assert.deepEqual(
      asked.map((address) => range.has(address)),
      [true, true, true, true, false, false, false, false],
    );
  });
});

describe('overlaps', () => {
  it('names both ranges, at the later one', () => {
    const ranges = ['10.0.0.0/24', '10.0.1.0/24', '10.0.0.200-10.0.1.3', 'fd00::/120', '10.0.1.77, fd00::5'].map(
      rangeOf,
    );
    assert.deepEqual(checkOverlaps(ranges), [
      {
        code: 'rangeOverlap',
        params: { range: '10.0.0.200-10.0.1.3', other: '10.0.0.0/24' },
        field: '/ranges/2/range',
      },
      {
        code: 'rangeOverlap',
        params: { range: '10.0.0.200-10.0.1.3', other: '10.0.1.0/24' },
        field: '/ranges/2/range',
      },
      { code: 'rangeOverlap', params: { range: '10.0.1.77, fd00::5', other: '10.0.1.0/24' }, field: '/ranges/4/range' },
      { code: 'rangeOverlap', params: { range: '10.0.1.77, fd00::5', other: 'fd00::/120' }, field: '/ranges/4/range' },
    ]);
  });

  it('neighbours and holes do not overlap', () => {
    const ranges = ['10.0.0.0/25', '10.0.0.128/25', '10.0.2.0/24 !10.0.2.8-10.0.2.9', '10.0.2.8/31'].map(rangeOf);
    assert.deepEqual(checkOverlaps(ranges), []);
  });

  it('the same range twice is one overlap', () => {
    assert.equal(checkOverlaps([rangeOf('10.0.0.0/24'), rangeOf('10.0.0.9/24')]).length, 1);
  });
});
