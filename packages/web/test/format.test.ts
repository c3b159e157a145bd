import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageOf, ageText, agoText, lengthAhead } from '../src/format/age.ts';
import { compareCounts, formatBytes, formatCount } from '../src/format/count.ts';
import { datesIn } from '../src/format/dates.ts';

const en = { locale: 'en' } as const;
const fr = { locale: 'fr' } as const;
const de = { locale: 'de' } as const;
const NARROW = '\u202f';

test('counters are written as each language writes numbers, beyond 2^53 to the last digit', () => {
  const table = [
    [28_536, '28,536', `28${NARROW}536`, '28.536'],
    [0, '0', '0', '0'],
    [419, '419', '419', '419'],
    [
      Number.MAX_SAFE_INTEGER,
      '9,007,199,254,740,991',
      '9 007 199 254 740 991'.replaceAll(' ', NARROW),
      '9.007.199.254.740.991',
    ],
    [
      '9007199254740993',
      '9,007,199,254,740,993',
      '9 007 199 254 740 993'.replaceAll(' ', NARROW),
      '9.007.199.254.740.993',
    ],
    [
      '18446744073709551615',
      '18,446,744,073,709,551,615',
      '18 446 744 073 709 551 615'.replaceAll(' ', NARROW),
      '18.446.744.073.709.551.615',
    ],
  ] as const;
  for (const [value, english, french, german] of table) {
    assert.deepEqual(
      [formatCount(value, en), formatCount(value, fr), formatCount(value, de)],
      [english, french, german],
    );
  }
});

test('counters are ordered exactly, numbers and decimal strings together', () => {
  const counter = fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }).map(String));
  fc.assert(
    fc.property(counter, counter, (a, b) => {
      const expected = BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;
      assert.equal(Math.sign(compareCounts(a, b)), expected);
    }),
  );
});

test('bytes go by thousands', () => {
  const table = [
    [0, '0\u00a0B'],
    [999, '999\u00a0B'],
    [1834, '1.8\u00a0kB'],
    [41_200, '41\u00a0kB'],
    [1_100_000, '1.1\u00a0MB'],
  ] as const;
  for (const [bytes, text] of table) assert.equal(formatBytes(bytes, en), text);
});

const NOW = Date.parse('2026-11-24T14:24:24Z');
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

test('an age is told in its largest fitting unit, then by the date', () => {
  const table = [
    [0, '0\u00a0s', '0\u00a0s', '0\u00a0s'],
    [59, '59\u00a0s', '59\u00a0s', '59\u00a0s'],
    [60, '1\u00a0min', '1\u00a0min', '1\u00a0min'],
    [22 * 60 + 40, '22\u00a0min', '22\u00a0min', '22\u00a0min'],
    [3600, '1\u00a0h', '1\u00a0h', '1\u00a0h'],
    [48 * 3600 - 1, '47\u00a0h', '47\u00a0h', '47\u00a0h'],
    [48 * 3600, '2\u00a0d', '2\u00a0j', '2\u00a0Tage'],
    [14 * 86_400 - 1, '13\u00a0d', '13\u00a0j', '13\u00a0Tage'],
    [14 * 86_400, '10 Nov', '10/11', '10.11.'],
  ] as const;
  for (const [seconds, english, french, german] of table) {
    const at = before(seconds);
    const texts = [en, fr, de].map((lang) => ageText(at, NOW, datesIn(lang.locale, 'Europe/Paris'), lang));
    assert.deepEqual(texts, [english, french, german]);
  }
});

test('a moment that lies ahead by a wrong clock is never a negative age', () => {
  assert.deepEqual(ageOf(before(-3600), NOW), { unit: 's', count: 0 });
});

test('"ago" is a sentence in each language, also once it is a date', () => {
  const texts = (seconds: number) =>
    [en, fr, de].map((lang) => agoText(before(seconds), NOW, datesIn(lang.locale, 'Europe/Paris'), lang));
  assert.deepEqual(texts(3 * 3600), ['3\u00a0h ago', 'il y a 3\u00a0h', 'vor 3\u00a0h']);
  assert.deepEqual(texts(20 * 86_400), ['on 4 Nov', 'le 04/11', 'am 04.11.']);
});

test('time that lies ahead is rounded up, so that nothing is promised too early', () => {
  assert.equal(lengthAhead(34.2, en), '35\u00a0s');
  assert.equal(lengthAhead(-3, en), '0\u00a0s');
  assert.equal(lengthAhead(121, en), '3\u00a0min');
  assert.equal(lengthAhead(7300, en), '3\u00a0h');
});

test('days and times stand in the zone of the site, through the hours of a clock change', () => {
  const table = [
    ['2026-11-24T14:24:24Z', 'Europe/Paris', '15:24', 'Tue 24 Nov 2026', 'mar. 24 nov. 2026', 'Di 24.11.2026'],
    // The night in which Paris goes back from summer time.
    ['2026-10-25T00:30:00Z', 'Europe/Paris', '02:30', 'Sun 25 Oct 2026', 'dim. 25 oct. 2026', 'So 25.10.2026'],
    ['2026-10-25T01:30:00Z', 'Europe/Paris', '02:30', 'Sun 25 Oct 2026', 'dim. 25 oct. 2026', 'So 25.10.2026'],
    ['2026-12-31T23:30:00Z', 'Europe/Paris', '00:30', 'Fri 1 Jan 2027', 'ven. 1 janv. 2027', 'Fr 01.01.2027'],
    ['2026-11-24T14:24:24Z', 'No/Where', '14:24', 'Tue 24 Nov 2026', 'mar. 24 nov. 2026', 'Di 24.11.2026'],
  ] as const;
  for (const [at, zone, time, english, french, german] of table) {
    assert.equal(datesIn('en', zone).time(at), time);
    const days = (['en', 'fr', 'de'] as const).map((locale) => datesIn(locale, zone).longDay(at));
    assert.deepEqual(days, [english, french, german]);
  }
});

test('a near moment of today is a time, another day says its day, another year its year', () => {
  const dates = datesIn('en', 'Europe/Paris');
  assert.equal(dates.near('2026-11-24T08:00:00Z', NOW), '09:00');
  assert.equal(dates.near('2026-11-25T08:00:00Z', NOW), '25 Nov 09:00');
  assert.equal(dates.near('2025-11-25T08:00:00Z', NOW), '25 Nov 2025 09:00');
});
