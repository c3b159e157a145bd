/** What a printer's octets become as text: in its real charset, clean, short, and harmless. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { LONGEST_TEXT } from '@rsb/contract';
import fc from 'fast-check';
import { findCharset } from '../src/blocks/charsets.ts';
import { textOf } from '../src/blocks/text.ts';

const octets = (hex: string) => ({ type: 'octets', value: Uint8Array.from(Buffer.from(hex, 'hex')) }) as const;

/** The same French, German and Japanese words in the octets of different charsets. */
const CASES: readonly (readonly [name: string, hex: string, declared: number | null, text: string])[] = [
  ['ASCII', '4b4d42354631413120', null, 'KMB5F1A1'],
  ['Latin-1, declared', 'e974616765', 4, 'étage'],
  ['Latin-1, not declared', '42fc726f2032', null, 'Büro 2'],
  ['Latin-1 capital in front', 'c974616765', null, 'Étage'],
  ['UTF-8, declared', 'c3a974616765', 106, 'étage'],
  ['UTF-8 declared as roman8', '537461672e204b6f706965c3ab6e3a3031', 2004, 'Stag. Kopieën:01'],
  ['hp-roman8, declared', 'c574616765', 2004, 'étage'],
  ['hp-roman8, not declared', '72c5756e696f6e', null, 'réunion'],
  ['CP850, declared', '8274616765', 2009, 'étage'],
  ['CP850, not declared', '7282756e696f6e', null, 'réunion'],
  ['CP850 that Shift_JIS would swallow', '6d6f648a6c65', null, 'modèle'],
  ['Shift_JIS, declared', '83678369815b', 17, 'トナー'],
  ['Shift_JIS, not declared', '83678369815b', null, 'トナー'],
  ['Cyrillic, declared as ISO 8859-5', 'c2deddd5e0', 8, 'Тонер'],
  ['Latin-2', '50b1b3', 5, 'Pął'],
  ['NUL padding', '4d5000000000', null, 'MP'],
  ['NUL inside', '4d0050', null, 'MP'],
  ['new line at the end', '4d500d0a', null, 'MP'],
  ['several lines', '4d500d0a43', null, 'MP C'],
  ['PML prefix 01 15', '01154d3133306e77', null, 'M130nw'],
  ['blanks', '202020204d5020202043202020', null, 'MP C'],
  ['bidirectional override', '61e280ae62', 106, 'ab'],
  ['an unknown charset number', 'e974616765', 9999, 'étage'],
];

test('texts are read in their real charset', async (t) => {
  for (const [name, hex, declared, text] of CASES) {
    await t.test(name, () => assert.equal(textOf(octets(hex), declared), text));
  }
});

test('what says nothing is null', () => {
  for (const hex of ['', '00', '2020', '0d0a', '0115']) assert.equal(textOf(octets(hex), null), null, hex);
  assert.equal(textOf(undefined, null), null);
  assert.equal(textOf({ type: 'integer', value: 7 }, null), null);
});

test('the tables of our own cover every octet once', () => {
  const upper = Uint8Array.from({ length: 128 }, (_, index) => 128 + index);
  for (const number of [2004, 2009, 2011]) {
    const decoded = [...(findCharset(number)?.(upper) ?? '')];
    assert.equal(decoded.length, 128, String(number));
    const letters = decoded.filter((letter) => /\p{L}/u.test(letter));
    assert.equal(new Set(letters).size, letters.length, `${number} has a letter twice`);
  }
});

test('any octets in any charset become a short text without control characters', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 6000 }),
      fc.option(fc.oneof(fc.constantFrom(3, 4, 8, 17, 106, 1013, 1015, 2004, 2009, 2025, 2026), fc.integer())),
      (value, charset) => {
        const text = textOf({ type: 'octets', value }, charset);
        if (text === null) return;
        assert.ok(text.length > 0 && text.length <= LONGEST_TEXT);
        assert.ok(text.isWellFormed());
        assert.equal(text, text.trim());
        assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
      },
    ),
    { numRuns: 500 },
  );
});
