/** What drivers and machines say in English or by codes has its words in every language. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DRIVERS, IDENTIFYING_OBJECTS, objectsOf } from '@rsb/drivers';
import { ALERT_CODES, ALERT_GROUPS } from '@rsb/drivers/blocks/alert-names';
import { LOCALES } from '@rsb/messages';
import { wordAlertCode, wordAlertPlace } from '@rsb/messages/alert-code';
import { wordCheck, wordRefusal } from '@rsb/messages/driver-words';
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
  const codes = Object.values(ALERT_CODES).filter((name) => name !== 'other');
  const groups = Object.values(ALERT_GROUPS);
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
  assert.deepEqual([wordAlertCode('40022', 'fr'), wordAlertPlace('tray', 1, 'fr')], [null, null]);
});

const drivers = join(import.meta.dirname, '../../drivers/src');
const sources = globSync('**/*.ts', { cwd: drivers }).map((name) => readFileSync(join(drivers, name), 'utf8'));

/** Words written in the sources; what a template fills in is a number there. */
const written = (pattern: RegExp): readonly string[] => [
  ...new Set(
    sources.flatMap((source) =>
      [...source.matchAll(pattern)].map(({ groups }) =>
        (groups?.['plain'] ?? groups?.['double'] ?? groups?.['filled'] ?? '').replaceAll(/\$\{[^}]*\}/g, '4711'),
      ),
    ),
  ),
];
const QUOTED = `(?:'(?<plain>[^']+)'|"(?<double>[^"]+)"|\`(?<filled>[^\`]+)\`)`;

test('why a value is believed, or is not used, has its words', () => {
  const checks = [
    ...written(new RegExp(`\\bcheck(?: =|:) ${QUOTED}`, 'g')),
    ...written(/[`'](?<plain>[a-z][a-z' +(){}$]* = [a-z][a-z (){}$]*)[`']/g),
  ].map((check) => check.replace('(4711)', '(mono)').replace('= 4711', '= life count'));
  const refusals = written(new RegExp(`\\.(?:reject|withdraw)\\([^;]*?${QUOTED},?\\s*\\);`, 'g'));
  assert.ok(checks.length > 15 && refusals.length > 15, `${checks.length}, ${refusals.length}`);
  for (const locale of ['fr', 'de'] as const) {
    // A French or German wording that reads as the English one is a wording that is missing.
    assert.deepEqual(
      checks.filter((check) => wordCheck(check, locale) === check),
      [],
    );
    assert.deepEqual(
      refusals.filter((why) => wordRefusal(why, locale) === why),
      [],
    );
  }
  assert.equal(wordCheck('mono + color = all', 'fr'), 'N&B + couleur = total');
  assert.equal(wordRefusal('mono and color do not add up to 4711', 'de'), 's/w und Farbe ergeben nicht 4711');
  assert.deepEqual(
    [wordCheck('a + b = c', 'de'), wordRefusal('of another world', 'de')],
    ['a + b = c', 'of another world'],
  );
});
