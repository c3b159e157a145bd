/** Sockets of our own on a real kernel, in network namespaces that the test makes itself. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { cable, findNamespaceMeans, testInNamespace } from '@rsb/simulator/wire/network-namespace';

const means = findNamespaceMeans();
const folder = mkdtempSync(join(tmpdir(), 'rsb-namespace-'));
after(() => rmSync(folder, { recursive: true, force: true }));
/** Every second address up to 60, our own side among them. */
const ALIVE = ['10.77.0.1', ...Array.from({ length: 30 }, (_, index) => `10.77.0.${2 * index + 2}`)];

describe('ICMP sockets in a network of their own', {
  skip: means ? false : 'no network namespace may be made here',
}, () => {
  const cases = [
    { file: 'loopback.ts', prepare: ':', tests: 10 },
    { file: 'dead-addresses.ts', prepare: cable(ALIVE.slice(1)), tests: 2 },
  ];
  for (const { file, prepare, tests } of cases) {
    it(file, async () => {
      assert.ok(means);
      process.env['RSB_ALIVE'] = ALIVE.join(' ');
      process.env['RSB_HOLD'] = join(folder, 'hold');
      const { code, output } = await testInNamespace(means, join(import.meta.dirname, 'in-namespace', file), prepare);
      assert.equal(code, 0, output);
      assert.match(output, new RegExp(`^# pass ${tests}$`, 'm'), output);
      assert.match(output, /^# skipped 0$/m, output);
    });
  }
});
