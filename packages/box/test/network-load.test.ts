/** What discovery and reading put onto a network, in a network namespace that the test makes itself. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findNamespaceMeans, testInNamespace, wireCable } from '@rsb/simulator/wire/network-namespace';

const means = findNamespaceMeans();
const NETWORK = '10.77.0';

describe('the load on a network', { skip: means ? false : 'no network namespace may be made here' }, () => {
  it('holds its bars', async () => {
    assert.ok(means);
    process.env['RSB_NETWORK'] = NETWORK;
    const file = join(import.meta.dirname, 'in-namespace', 'whole-range.ts');
    const { code, output } = await testInNamespace(means, file, wireCable(`${NETWORK}.254/24`));
    assert.equal(code, 0, output);
    assert.match(output, /^# skipped 0$/m, output);
  });
});
