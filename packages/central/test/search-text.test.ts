/** By what a machine is found: beginnings of words, any end of a number, a MAC address as it is typed. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { askedWords, searchText, searchWords } from '../src/fleet/search-text.ts';

const words = searchWords(
  searchText({
    numbers: ['KMB5F1B3', 'Q663-894871', '10.126.4.20', '00:C0:EE:B5:F1:B3', null, undefined],
    words: ['Kyocera', 'TASKalfa 3554ci', 'Büro Süd, 2. Étage', 'Saint-Louis'],
  }),
);

const CASES: readonly (readonly [asked: string, isFound: boolean])[] = [
  ['kmb5', true],
  ['F1B3', true],
  ['b5f1', true],
  ['1b3', false],
  ['q663-894', true],
  ['894871', true],
  ['4871', true],
  ['10.126', true],
  ['126.4', true],
  ['4.20', true],
  ['00:c0:ee', true],
  ['00-C0-EE-B5-F1-B3', true],
  ['00c0eeb5f1b3', true],
  ['f1:b3', true],
  ['ee:b', true],
  ['kyo', true],
  ['ocera', false],
  ['3554', true],
  ['buro sud', true],
  ['BÜRO', true],
  ['etage', true],
  ['louis', true],
  ['saint-l', true],
  ['100%', false],
  ['  ', true],
  ['kyo süd 4871', true],
  ['kyo nord', false],
];

test('words are found by their beginning, numbers by any end of four signs or more', () => {
  for (const [asked, isFound] of CASES)
    assert.equal(
      askedWords(asked).every((each) => words.some((word) => word.startsWith(each))),
      isFound,
      asked,
    );
  assert.equal(CASES.length, 27);
});

test('what a machine tells of itself makes a bounded number of short words', () => {
  const long = `${'9'.repeat(5000)} ${Array.from({ length: 500 }, (_, at) => `w${at}`).join(' ')}`;
  const found = searchWords(searchText({ numbers: [long], words: [long] }));
  assert.ok(found.length <= 120 && found.every((word) => word.length <= 40));
  assert.equal(searchText({ numbers: [], words: ['', null] }), '');
  assert.equal(askedWords('a b c d e f g h').length, 6);
});
