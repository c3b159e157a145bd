/** What each object is asked for is said in every language, on the page and in the data sheet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRIVERS, IDENTIFYING_OBJECTS, objectsOf } from '@rsb/drivers';
import { LOCALES } from '@rsb/messages';
import { hasWording, wordPurpose } from '@rsb/messages/purpose';

const asked = [...IDENTIFYING_OBJECTS, ...DRIVERS.flatMap(objectsOf)];
const purposes = [...new Set(asked.map(({ purpose }) => purpose))];

test('no purpose of a driver lacks its words', () => {
  assert.ok(purposes.length > 50, String(purposes.length));
  assert.deepEqual(
    purposes.filter((purpose) => !hasWording(purpose)),
    [],
  );
});

test('several purposes of one object are each said; what has no words stays as it is', () => {
  assert.equal(wordPurpose('serial number; firmware version', 'fr'), 'numéro de série; version du micrologiciel');
  assert.equal(wordPurpose('serial number; of another world', 'de'), 'Seriennummer; of another world');
  for (const locale of LOCALES)
    for (const purpose of purposes) assert.notEqual(wordPurpose(purpose, locale), '', purpose);
});
