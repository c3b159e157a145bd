import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '../src/index.ts';

const secret = new Secret('hunter2');
const holder = { community: secret, nested: [secret] };

for (const [way, text] of [
  ['a template', `${secret}`],
  ['JSON', JSON.stringify(holder)],
  ['inspect', inspect(holder, { depth: 9, showHidden: true })],
  ['string concatenation', `value: ${String(secret)}`],
  ['own keys', Object.keys(secret).join()],
] as const) {
  test(`a secret does not leave by ${way}`, () => assert.doesNotMatch(text, /hunter2/));
}

test('the value is there for the one place that needs it', () => assert.equal(secret.reveal(), 'hunter2'));
