/**
 * Serves the built pages from a box that is not there, to look at while they are made:
 * `node packages/web/test/mock/serve.ts [--port 8099] [--dist DIR] [--as normal|scanning|empty|setup|closed|away|many|viewing]`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startMockBox } from './mock-box.ts';
import { MOCK_STATES } from './mock-settings.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8099' },
    dist: { type: 'string', default: join(import.meta.dirname, '../../dist') },
    as: { type: 'string', default: 'normal' },
  },
});
const as = MOCK_STATES.find((state) => state === values.as);
if (as === undefined) throw new Error(`--as is one of ${MOCK_STATES.join(', ')}`);
const box = await startMockBox({ root: resolve(values.dist, 'box'), as, port: Number(values.port) });
setInterval(() => box.step(as === 'scanning' ? 0 : 90), 1000);
process.stdout.write(`${box.url}\n`);
