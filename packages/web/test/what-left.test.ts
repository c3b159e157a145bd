/** What left, and health, as people use them: searching, reading, withholding, on a desk and in front of the machine. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hitsIn, readableJson } from '../src/box/what-left/json-text.ts';
import { loadChart, scaleTop } from '../src/box/what-left/load-days.ts';
import { type Stage, skip, stage } from './mock/opened-page.ts';
import { seedDevices } from './mock/seed-devices.ts';

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

const desk = { width: 1440, height: 900, reducedMotion: true, locale: 'en-GB' };
const phone = { width: 390, height: 844, touch: true, reducedMotion: true, locale: 'en-GB' };
const PAYLOADS = [
  '<script>window.ran=1</script>',
  '"><img src=x onerror=window.ran=1>',
  "'><svg onload=window.ran=1>",
  'javascript:window.ran=1',
  '</title><script>window.ran=1</script>',
  '{{constructor.constructor("window.ran=1")()}}',
  '\u202eevil\u0000<b onclick=window.ran=1>x</b>',
];

test('JSON is broken into lines without a word of it changing', () => {
  const value = { a: [1, null, { b: 'x'.repeat(120) }], 'c"d': true, e: {}, f: [] };
  assert.deepEqual(JSON.parse(readableJson(value)), value);
  assert.ok(readableJson(value).includes('\n'));
});

test('a search is marked wherever it stands, whatever the letter case', () => {
  assert.deepEqual(hitsIn('aXbxc', 'x'), ['a', 'X', 'b', 'x', 'c']);
  assert.deepEqual(hitsIn('abc', ' '), ['abc']);
  assert.deepEqual(hitsIn('x', 'x'), ['', 'x', '']);
  assert.equal(hitsIn('İstanbul x', 'x').join(''), 'İstanbul x');
});

test('the load chart has a place for every day, and the rest beyond three ranges together', () => {
  const day = (of: string, range: string, bytes: number) => ({
    day: of,
    range,
    sentPackets: 1,
    sentBytes: bytes,
    receivedPackets: 1,
    receivedBytes: 0,
    echoPackets: 0,
    peakPerSecond: 1,
  });
  const load = {
    hour: { packets: 0, bytes: 0 },
    packetsPerSecond: 25,
    kilobytesPerHour: null,
    scan: null,
    ranges: [],
    days: ['a', 'b', 'c', 'd'].map((range, at) => day('2026-11-24', range, 1000 * (at + 1))),
  };
  const chart = loadChart(load, '2026-11-25', 30);
  assert.deepEqual(chart.ranges, ['d', 'c', null]);
  assert.equal(chart.days.length, 30);
  assert.deepEqual(chart.most, { day: '2026-11-24', bytes: [4000, 3000, 3000], sum: 10_000 });
  assert.equal(chart.days.at(-1)?.sum, 0, 'a day without traffic is a day');
  for (const most of [1, 999, 1001, 692_000, 1e9]) assert.ok(scaleTop(most) >= most && scaleTop(most) <= most * 2);
});

test('a search finds payloads, marks the hit as sent and folds the rest', { skip }, async () => {
  const { page, faults } = await scene.open({ path: '/left', browser: desk });
  await page.getByText('20 of 40').waitFor();
  await page.getByRole('searchbox').fill('e153m930272');
  await page.getByText('that contain “e153m930272”').waitFor();
  const mark = page.locator('mark').first();
  await mark.waitFor();
  assert.equal(await mark.textContent(), 'E153M930272');
  const copy = page.getByRole('button', { name: 'Copy payload' });
  assert.equal(await copy.textContent(), 'Copy');
  // It is said for two seconds only: heard in the page, however late the test comes to ask.
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      for (const status of document.querySelectorAll('.left-payload [role=status]'))
        heard.push(status.textContent ?? '');
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await copy.click();
  await page.waitForFunction(() => (window as unknown as { readonly heard: string[] }).heard.includes('Copied'));
  await page
    .getByText(/\d+ items? without a match/)
    .first()
    .waitFor();
  await page.getByRole('searchbox').fill('nowhere');
  await page.getByText('No payload contains “nowhere”.').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('older payloads come when asked for, and each opens with its receipt', { skip }, async () => {
  const { page, faults } = await scene.open({ path: '/left', browser: desk });
  await page.getByRole('button', { name: 'Older' }).click();
  await page.getByText('40 of 40').waitFor();
  assert.equal(await page.locator('.left-row').count(), 40);
  await page.locator('.left-row[href="/left/5"]').click();
  await page.getByText('put aside The item does not have the agreed shape').waitFor();
  await page.locator('.left-row[href="/left/4"]').click();
  await page.getByText('does not match: what is stored here was changed').waitFor();
  await page.goBack();
  await page.getByText('put aside The item does not have the agreed shape').waitFor();
  assert.equal(await page.locator('.left-proof').getByText('valid, Ed25519').count(), 1);
  assert.deepEqual(faults, []);
  await page.close();
});

test('withholding is saved, said in the sentence, and not offered to who only looks', { skip }, async () => {
  const { page, box } = await scene.open({ path: '/left', browser: desk });
  await page.getByRole('switch', { name: 'MAC address' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('1 kind of data is withheld.').waitFor();
  assert.equal(box.settings().withhold.macAddress, true);
  assert.equal(box.settings().withhold.address, false);
  await page.close();
  const looking = await scene.open({ as: 'viewing', path: '/left', browser: desk });
  await looking.page.getByText('Sign in to change something').waitFor();
  assert.equal(await looking.page.getByRole('switch').count(), 0);
  await looking.page.close();
});

test('on a phone a payload is a page of its own', { skip }, async () => {
  const { page } = await scene.open({ path: '/left', browser: phone });
  await page.locator('.left-row').first().click();
  await page.getByRole('link', { name: 'All payloads' }).waitFor();
  assert.equal(await page.locator('.left-row').count(), 0);
  await page.getByRole('link', { name: 'All payloads' }).click();
  await page.locator('.left-row').first().waitFor();
  await page.close();
});

test('nothing that a printer sends runs on these pages', { skip }, async () => {
  const [first] = seedDevices(Date.now());
  assert.ok(first);
  const devices = PAYLOADS.map((text, at) => ({
    ...first,
    id: `poison ${at} ${text}`,
    manufacturer: text,
    model: text,
    serialNumber: text,
    hostName: text,
    location: text,
    alerts: {
      takenAt: first.lastSeen,
      value: [{ severity: 'critical' as const, group: text, code: text, text, location: null }],
    },
  }));
  const { page, faults, url } = await scene.open({ devices, path: '/left/39', browser: desk });
  await page.locator('.left-words').first().waitFor();
  await page.getByRole('button', { name: 'As sent' }).click();
  await page.locator('.left-json summary').first().waitFor();
  for (const summary of await page.locator('.left-json summary').all()) await summary.click();
  const text = (await page.locator('.left-json').textContent()) ?? '';
  assert.ok(text.includes('onerror=window.ran=1'), 'it is shown as it is');
  await page.goto(`${url}/health`);
  await page.locator('.log-lines').waitFor();
  assert.equal(await page.evaluate(() => 'ran' in window), false);
  assert.deepEqual(faults, []);
  await page.close();
});

test('health: the self-test runs at a press, and says what does not work', { skip }, async () => {
  const { page } = await scene.open({ path: '/health', browser: desk });
  await page.getByText('and nothing waits').waitFor();
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.getByText('/var/lib/rsb cannot be written to.').waitFor();
  assert.equal(await page.locator('.finding.crit').count(), 1);
  await page.close();
  const away = await scene.open({ as: 'away', path: '/health', browser: desk });
  await away.page.getByText('Nothing is lost').waitFor();
  await away.page.getByText('Little space is left').waitFor();
  await away.page.close();
});
