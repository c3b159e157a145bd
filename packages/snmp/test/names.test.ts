/** Whatever was asked before, the names of a list are those of its own objects. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allowList, oid } from '../src/index.ts';
import { Names } from '../src/names.ts';

test('lists that begin alike, or are asked again, are told apart', () => {
  const object = fc.integer({ min: 1, max: 4 }).map((arc) => oid(`1.3.6.1.2.1.43.${arc}.1`));
  const lists = fc.array(fc.array(object, { maxLength: 4 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(lists, (asked) => {
      const names = new Names(allowList([oid('1.3.6.1.2.1.43.1')]));
      for (const objects of asked) {
        const told = names.list(objects);
        assert.deepEqual(
          told.names.map((name) => name.oid),
          objects,
        );
        for (const name of told.names) assert.equal(name.allowed, name.oid.startsWith('1.3.6.1.2.1.43.1.'));
        assert.equal(
          told.refused,
          told.names.find(({ allowed }) => !allowed),
        );
        assert.equal(names.list([...objects]), told);
      }
    }),
  );
});
