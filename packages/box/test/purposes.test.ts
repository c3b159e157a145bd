/** What each object is asked for, and what a machine's alert says, in every language. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRIVERS, IDENTIFYING_OBJECTS, objectsOf } from '@rsb/drivers';
import { ALERT_CODES, ALERT_GROUPS } from '@rsb/drivers/blocks/alert-names';
import { LOCALES } from '@rsb/messages';
import { wordAlertCode, wordAlertPlace } from '@rsb/messages/alert-code';
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

test('codes and places of the Printer-MIB have their words; a vendor’s own code has none', () => {
  const named = (names: Readonly<Record<number, string>>) => Object.values(names).filter((name) => name !== 'other');
  const [codes, groups] = [named(ALERT_CODES), named(ALERT_GROUPS)];
  assert.ok(codes.length > 90 && groups.length > 15, `${codes.length}, ${groups.length}`);
  for (const locale of LOCALES) {
    assert.deepEqual(
      codes.filter((code) => !wordAlertCode(code, locale)),
      [],
    );
    assert.deepEqual(
      groups.filter((group) => !wordAlertPlace(group, 2, locale)),
      [],
    );
  }
  assert.deepEqual(
    [
      wordAlertCode('markerTonerAlmostEmpty', 'de'),
      wordAlertPlace('input', 3, 'fr'),
      wordAlertPlace('cover', null, 'en'),
    ],
    ['Toner fast leer', 'bac 3', 'cover'],
  );
  assert.deepEqual([wordAlertCode('40022', 'fr'), wordAlertPlace('other', 1, 'fr')], [null, null]);
});
