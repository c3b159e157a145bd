import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  fullWeek,
  type Hours,
  hoursText,
  isPermitted,
  PRESETS,
  parsedHours,
  runsOf,
  withHours,
} from '../src/box/settings/hours.ts';
import { type Stage, skip, stage } from './mock/opened-page.ts';

const lang = (locale: 'en' | 'fr' | 'de') => ({ locale }) as const;
const week = (day: (day: number) => number[]): Hours => [0, 1, 2, 3, 4, 5, 6].map(day);

test('permitted hours in words', () => {
  const table: readonly (readonly [Hours, string, string, string])[] = [
    [null, 'always', 'toujours', 'immer'],
    [week(() => []), 'never: nothing is asked', 'jamais\u00a0: rien n’est interrogé', 'nie: nichts wird gefragt'],
    [PRESETS.work, 'Mon–Fri 07:00–19:00', 'lun–ven 07:00–19:00', 'Mo–Fr 07:00–19:00'],
    [
      PRESETS.night,
      'Mon–Sun 00:00–06:00 20:00–24:00',
      'lun–dim 00:00–06:00 20:00–24:00',
      'Mo–So 00:00–06:00 20:00–24:00',
    ],
    [
      week((day) => (day === 5 ? [8, 9, 10, 11] : day < 5 ? [7] : [])),
      'Mon–Fri 07:00–08:00, Sat 08:00–12:00',
      'lun–ven 07:00–08:00, sam 08:00–12:00',
      'Mo–Fr 07:00–08:00, Sa 08:00–12:00',
    ],
  ];
  for (const [hours, en, fr, de] of table) {
    assert.equal(hoursText(hours, lang('en')), en);
    assert.equal(hoursText(hours, lang('fr')), fr);
    assert.equal(hoursText(hours, lang('de')), de);
    assert.deepEqual(parsedHours(JSON.stringify(hours)), hours);
  }
});

test('a week that is painted whole is no limit, and one hour less is one', () => {
  const without = withHours(null, [{ day: 2, hour: 23 }], false);
  assert.equal(isPermitted(without, 2, 23), false);
  assert.equal(isPermitted(without, 2, 22), true);
  assert.equal(withHours(without, [{ day: 2, hour: 23 }], true), null);
  assert.equal(withHours(fullWeek(), [], true), null);
  assert.deepEqual(runsOf([23, 0, 1, 5]), [
    [0, 2],
    [5, 6],
    [23, 24],
  ]);
  assert.equal(parsedHours('no json'), null);
});

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

test('hours are painted by keys and by pointer, the estimate follows the keys, the save bar says what changes', {
  skip,
}, async () => {
  const { page, faults, box } = await scene.open({
    path: '/settings/networks',
    browser: { width: 1440, height: 1400, locale: 'en-GB', reducedMotion: true },
  });
  await page
    .getByRole('button', { name: /192\.168\.7\.0\/24/ })
    .first()
    .click();
  await page.getByText('508', { exact: true }).waitFor();
  await page.getByLabel('Range', { exact: true }).fill('192.168.7.0/25');
  await page.getByText('252', { exact: true }).waitFor();
  assert.match((await page.locator('#estimate').textContent()) ?? '', /12 machines/);
  await page.getByText('Advanced').click();
  await page.getByRole('button', { name: 'Mon–Fri 7–19' }).click();
  const saturday = page.getByRole('button', { name: 'Saturday 08:00 to 09:00' });
  // By pointer, across four hours.
  const from = await saturday.boundingBox();
  const to = await page.getByRole('button', { name: 'Saturday 11:00 to 12:00' }).boundingBox();
  assert.ok(from && to);
  await page.mouse.move(from.x + 3, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(to.x + 3, to.y + 5, { steps: 6 });
  await page.mouse.up();
  await page.getByText('Mon–Fri 07:00–19:00, Sat 08:00–12:00').first().waitFor();
  // By keys: the hour after it, and one more while Shift is held.
  await page.getByRole('button', { name: 'Saturday 12:00 to 13:00' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('Mon–Fri 07:00–19:00, Sat 08:00–14:00').first().waitFor();
  assert.match(
    (await page.locator('.save-bar').textContent()) ?? '',
    /permitted hours always → Mon–Fri|→ Mon–Fri 07:00–19:00/,
  );
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.locator('.save-bar').waitFor({ state: 'detached' });
  assert.deepEqual(box.settings().ranges[1]?.hours?.[5], [8, 9, 10, 11, 12, 13]);
  assert.deepEqual(faults, []);
});

test('what the last scan found out of a range is told on Machines and at the range', { skip }, async () => {
  const { page, faults } = await scene.open({ path: '/', browser: { locale: 'en-GB' } });
  await page.getByText('Last scan, 192.168.7.0/24: pings are dropped on the way.').waitFor();
  await page.getByRole('link', { name: 'Open the range' }).click();
  await page.getByText('pings are dropped on the way').waitFor();
  await page
    .getByRole('button', { name: /192\.168\.7\.0\/24/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Ask without a ping' }).click();
  assert.equal(await page.getByRole('checkbox', { name: 'Ping first' }).isChecked(), false);
  assert.deepEqual(faults, []);
});
