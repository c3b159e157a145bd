/** What discovery and reading put onto a network, and a link that has IPv6 alone, in namespaces that the test makes itself. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { cable, findNamespaceMeans, testInNamespace, wireCable } from '@rsb/simulator/wire/network-namespace';

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

describe('a link that has IPv6 alone', { skip: means ? false : 'no network namespace may be made here' }, () => {
  it('is found, read and polled by a box', async (t) => {
    assert.ok(means);
    const alive = ['fd77::b:9', 'fd77::b:a', 'fe80::77'];
    const folder = mkdtempSync(join(tmpdir(), 'rsb-link-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    process.env['RSB_HOLD'] = join(folder, 'hold');
    process.env['RSB_ALIVE'] = alive.join(' ');
    const file = join(import.meta.dirname, 'in-namespace', 'ipv6-link.ts');
    const { code, output } = await testInNamespace(means, file, cable(alive));
    assert.equal(code, 0, output);
    assert.match(output, /^# tests 2$/m, output);
    assert.match(output, /^# skipped 0$/m, output);
  });
});
