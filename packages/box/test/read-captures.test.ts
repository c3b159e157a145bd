/** Real devices' answers over real UDP: every printer is read and polled alike, nothing else is taken for one. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PARTS, parseReading } from '@rsb/contract';
import { noSweep } from '@rsb/icmp';
import { millis, systemClock } from '@rsb/runtime';
import { capturesSite } from '@rsb/simulator';
import { createSendBudget, discover, type Found } from '../src/discover/index.ts';
import { parseRange } from '../src/range/index.ts';
import { type LearnedPlan, pollDevice, readDevice } from '../src/read/index.ts';
import { community, siteUnderTest } from './simulated-site.ts';

const folder = join(import.meta.dirname, '../../../../shared/captures');
const isThere = existsSync(folder);
if (!isThere) assert.notEqual(process.env['RSB_REQUIRE_ALL'], '1', `${folder} is missing`);
const skip = isThere ? false : 'the captures are not beside the project';

const clock = systemClock();
const gate = createSendBudget(clock, { packetsPerSecond: 0, ranges: [] });
const credentials = [community('public')];
const patience = { timeout: millis(1000), retries: 1 };

describe('captures', { skip }, () => {
  const loaded = (kind: 'printers' | 'nonprinters', network: string) =>
    capturesSite(join(folder, kind), { network }).machines;

  async function scanOf(machines: ReturnType<typeof loaded>) {
    const { snmp, port, requests } = await siteUnderTest(machines, gate);
    const range = parseRange(`${machines[0]?.address}-${machines.at(-1)?.address}`);
    if (!range.ok) assert.fail(JSON.stringify(range.error));
    const discovery = discover(
      { snmp, echo: noSweep(), gate, clock },
      [{ name: 'captures', range: range.value, credentials, ping: true, packetsPerSecond: 0 }],
      { port, packetsPerSecond: 0, patience },
    );
    const found: Found[] = [];
    for await (const each of discovery.found) found.push(each);
    return { found, summary: discovery.summary(), snmp, port, requests };
  }

  it('nothing of 446 other devices is taken for a printer, and each costs two packets, few a second look', async () => {
    const machines = loaded('nonprinters', '127.66');
    assert.ok(machines.length >= 446, `${machines.length}`);
    const { found, summary, requests } = await scanOf(machines);
    assert.deepEqual(
      found.map(({ address }) => machines.find((machine) => machine.address === address)?.name),
      [],
    );
    assert.equal(summary.ignored, machines.length);
    const looks = requests.filter(({ request }) => request.pdu !== 'get').length;
    assert.ok(looks <= machines.length / 20, `${looks} second looks`);
  });

  it('every one of 61 printers is found, read, and said the same of by a poll', async () => {
    const machines = loaded('printers', '127.67');
    assert.ok(machines.length >= 61, `${machines.length}`);
    const { found, snmp, port } = await scanOf(machines);
    assert.deepEqual(
      machines.filter(({ address }) => !found.some((each) => each.address === address)).map(({ name }) => name),
      [],
    );
    let polled = 0;
    for (const { address, attempt, driver, identification, gathered } of found) {
      const name = machines.find((machine) => machine.address === address)?.name ?? address;
      const target = { address, port, credentials, parts: PARTS, preferred: 0 };
      const identified = { attempt, driver, identification, gathered };
      const first = await readDevice({ snmp, clock }, { ...target, identified }, { patience });
      for (const reading of first.readings) {
        const parsed = parseReading(reading);
        assert.ok(parsed.ok, `${name}: ${parsed.ok ? '' : JSON.stringify(parsed.error)}`);
      }
      assert.ok(first.plan, `${name}: no plan`);
      const plan = JSON.parse(JSON.stringify(first.plan)) as LearnedPlan;
      const poll = await pollDevice({ snmp, clock }, { ...target, plan }, { patience });
      const said = ({ readings }: typeof poll) => readings.map(({ takenAt: _at, wire: _wire, ...rest }) => rest);
      assert.deepEqual(said(poll), said(first), name);
      polled += 1;
    }
    assert.equal(polled, machines.length);
  });
});
