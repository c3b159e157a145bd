/** After the whole run: every object that a box, a scan or a read asked for is on the allow-list. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allowedObjects, captureObjects } from '@rsb/drivers';
import { isWithin, parseOid } from '@rsb/snmp';

const log = process.env['RSB_ASKED_READ'];

test('every object asked for during the test run is on the allow-list', {
  skip: log ? false : 'only after a whole run',
}, () => {
  const asked = new Set(
    readFileSync(log ?? '', 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
  assert.ok(asked.size > 100, `only ${asked.size} objects were recorded: the record is broken`);
  // The engine of a box has the first alone; a capture may ask the second, when a person wants it.
  const allowed = [...allowedObjects(), ...captureObjects()];
  const foreign = [...asked].filter((text) => {
    const object = parseOid(text);
    return object === undefined || !allowed.some((entry) => isWithin(entry, object));
  });
  assert.deepEqual(foreign, []);
});
