/** The box and a real central: enrolment through the page, delivery right after the first scan, outages. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { prepare, type RunningCentral, startCentral } from '@rsb/central';
import type { BoxView, SettingsView } from '@rsb/contract';
import { fastClock, openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createEngine } from '@rsb/snmp';
import { problem, startSiteBox, startTestBox, type TestBox, waitFor } from './box-at-work.ts';

const machines = seedSite({ gear: false }).slice(0, 3);

async function startTestCentral(t: TestContext, folder = mkdtempSync(join(tmpdir(), 'rsb-central-')), port = 0) {
  const opened = openDataFolder(folder);
  assert.ok(opened.ok);
  const started = await startCentral({
    folder: opened.value,
    host: '127.0.0.1',
    port,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
  });
  assert.ok(started.ok);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await started.value.close();
    opened.value.release();
  };
  t.after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    central: started.value,
    url: started.value.url,
    folder,
    port: Number(new URL(started.value.url).port),
    close,
  };
}

async function codeOf(central: RunningCentral): Promise<string> {
  const prepared = await prepare(central, {
    dealer: 'Dealer',
    user: 'admin',
    password: 'correct horse battery staple',
    customer: 'Customer SA',
  });
  assert.ok(prepared.ok);
  return prepared.value.code;
}

const state = (box: TestBox) => box.reader.ask<BoxView>('GET', '/state');
const delivered = (box: TestBox) =>
  waitFor(async () => {
    const view = await state(box);
    return view.central.waiting === 0 && view.central.state === 'reached' ? view : undefined;
  });

test('enrolled on the page, the first report goes right after the first scan', async (t) => {
  const { central, url } = await startTestCentral(t);
  const code = await codeOf(central);
  const { box } = await startSiteBox(t, machines);
  assert.equal((await state(box)).central.state, 'notSet');
  const view = await box.reader.ask<BoxView>('POST', '/enrolment', { url, code });
  assert.match(view.agent ?? '', /^\d{9}$/);
  assert.deepEqual([view.dealer?.name, view.customer, view.central.url], ['Dealer', 'Customer SA', url]);
  await box.scan();
  const after = await delivered(box);
  assert.equal(after.lastScan?.arrived, 3, 'three of three arrived');
  await box.restart();
  assert.equal((await state(box)).agent, view.agent, 'who it is survives a restart');
  const again = await box.reader.call('POST', '/enrolment', { url, code });
  assert.deepEqual([problem(again).code, problem(again).params['agent']], ['alreadyEnrolled', view.agent]);
  const settings = await box.reader.ask<SettingsView>('GET', '/settings');
  assert.equal(settings.central.url, url);
});

describe('enrolment that fails', () => {
  test('says why, at its field, and changes nothing', async (t) => {
    const { central, url, close } = await startTestCentral(t);
    const code = await codeOf(central);
    const box = await startTestBox(t);
    await box.setUp();
    const enrol = async (request: { url: string; code: string }) => {
      const answer = problem(await box.reader.call('POST', '/enrolment', request));
      return [answer.code, answer.errors?.[0]?.field];
    };
    assert.deepEqual(await enrol({ url: 'http://central.example', code }), ['urlInsecure', '/url']);
    assert.deepEqual(await enrol({ url: 'central', code }), ['urlInvalid', '/url']);
    assert.deepEqual(await enrol({ url, code: 'AAAA-AAAA-AAAA' }), ['codeUnknown', '/code']);
    const other = await startTestBox(t);
    await other.setUp();
    await other.reader.ask('POST', '/enrolment', { url, code });
    assert.deepEqual(await enrol({ url, code }), ['codeUsed', '/code']);
    await close();
    assert.deepEqual(await enrol({ url, code }), ['lineRefused', '/url']);
    const view = await state(box);
    assert.deepEqual([view.agent, view.central.url, view.central.state], [null, null, 'notSet']);
  });
});

test('while central is down readings wait, the page says why, and they arrive once it is back', async (t) => {
  const first = await startTestCentral(t);
  const code = await codeOf(first.central);
  // The wire keeps the real time: only the waits between two tries pass quickly.
  const { box } = await startSiteBox(t, machines, {
    clock: fastClock(systemClock(), 20),
    engine: ({ gate, allow }) => createEngine({ clock: systemClock(), random: systemRandom(), gate, allow }),
  });
  await box.reader.ask('POST', '/enrolment', { url: first.url, code });
  await first.close();
  await box.scan();
  const down = await waitFor(async () => {
    const view = await state(box);
    return view.central.state === 'notReached' ? view : undefined;
  });
  assert.equal(down.central.fault?.code, 'lineRefused');
  assert.ok(down.central.waiting >= 7, 'three plans, three readings, a scan');
  assert.equal(down.lastScan?.arrived, 0);
  await startTestCentral(t, first.folder, first.port);
  const up = await delivered(box);
  assert.equal(up.lastScan?.arrived, 3);
  assert.equal(up.central.fault, null);
});
