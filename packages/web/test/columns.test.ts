/** Columns as the reader wants them, by pointer and by keyboard, kept by this browser; and the list as a file. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readXlsx } from 'hucre/xlsx';
import type { Page } from 'playwright-core';
import { type Stage, skip, stage } from './mock/opened-page.ts';

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

const heads = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('th[data-column]')].map((th) => th.dataset['column']));
const widthOf = (page: Page, id: string) =>
  page.locator(`th[data-column="${id}"]`).evaluate((th) => Math.round(th.getBoundingClientRect().width));
const FIRST = [
  'name',
  'monitored',
  'state',
  'supply',
  'model',
  'serial',
  'location',
  'toner',
  'waste',
  'life',
  'total',
  'print',
];

test('a column is drawn to another place, and stands there after a reload', { skip }, async () => {
  const { page, faults } = await scene.open({});
  await page.locator('tr[data-id]').first().waitFor();
  assert.deepEqual(await heads(page), FIRST);
  const from = await page.locator('th[data-column="life"] button').boundingBox();
  const to = await page.locator('th[data-column="state"]').boundingBox();
  assert.ok(from && to);
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x - 40, from.y + 10, { steps: 3 });
  await page.mouse.move(to.x + 4, to.y + 10, { steps: 3 });
  assert.equal(await page.locator('th.drop-before').getAttribute('data-column'), 'state');
  await page.mouse.up();
  const moved = ['name', 'monitored', 'life', ...FIRST.slice(2).filter((id) => id !== 'life')];
  assert.deepEqual(await heads(page), moved);
  assert.equal(await page.locator('th[aria-sort]').getAttribute('data-column'), 'name', 'drawing sorts nothing');
  // Cells go with their heads.
  const cells = await page.evaluate(() =>
    [...(document.querySelector('tr[data-id]')?.children ?? [])].map((cell) => cell.className),
  );
  assert.ok(cells[3]?.includes('cell-life'), cells.join(' | '));
  await page.reload();
  await page.locator('tr[data-id]').first().waitFor();
  assert.deepEqual(await heads(page), moved);
  assert.deepEqual(faults, []);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('by keyboard: Alt moves a column, Shift makes it wider, both are remembered, and "as at first" forgets', {
  skip,
}, async () => {
  const { page } = await scene.open({});
  await page.locator('th[data-column="model"] button').focus();
  await page.keyboard.press('Alt+ArrowRight');
  assert.deepEqual((await heads(page)).slice(4, 6), ['serial', 'model']);
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest('th')?.dataset['column']),
    'model',
    'the focus goes along',
  );
  const before = await widthOf(page, 'model');
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Shift+ArrowRight');
  assert.equal(await widthOf(page, 'model'), before + 32);
  await page.reload();
  await page.locator('tr[data-id]').first().waitFor();
  assert.equal(await widthOf(page, 'model'), before + 32);
  // Nothing goes before the name.
  await page.locator('th[data-column="monitored"] button').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  assert.equal((await heads(page))[0], 'name');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitem', { name: 'As at first' }).click();
  assert.deepEqual(await heads(page), FIRST);
  await page.close();
});

test('the line between two heads makes a column wider; the menu moves and hides', { skip }, async () => {
  const { page } = await scene.open({});
  await page.locator('tr[data-id]').first().waitFor();
  const grip = await page.locator('th[data-column="location"] .head-grip').boundingBox();
  assert.ok(grip);
  const before = await widthOf(page, 'location');
  await page.mouse.move(grip.x + 4, grip.y + 20);
  await page.mouse.down();
  await page.mouse.move(grip.x + 64, grip.y + 20, { steps: 4 });
  await page.mouse.up();
  assert.equal(await widthOf(page, 'location'), before + 60);
  assert.equal(await page.locator('.table-wide').count(), 1, 'now the table is wider than the page and scrolls');
  await page.locator('th[data-column="location"] .head-grip').dblclick();
  assert.equal(await widthOf(page, 'location'), before);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitem', { name: /^Su, .* further left$/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'WL' }).click();
  const now = await heads(page);
  assert.deepEqual(now.slice(0, 4), ['name', 'monitored', 'supply', 'state']);
  assert.ok(!now.includes('waste'));
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('what the filters leave is saved as CSV and as a workbook, in the order of the list', { skip }, async () => {
  const { page, faults } = await scene.open({ path: '/?manufacturer=Ricoh' });
  await page.getByText('Displaying 1–4 of 4').waitFor();
  await page.locator('th[data-column="name"] button').click();
  const save = async (item: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const csv = await save('CSV');
  assert.match(csv.name, /^Machines .*\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\r\n');
  assert.deepEqual(
    lines.map((line) => line.split(',')[0]),
    ['Name', 'RNPEB7829', 'RNPE35736', 'RNP00257373D660', 'RNP0025735AS21B'],
  );
  const { sheets } = await readXlsx((await save('Excel')).bytes);
  assert.deepEqual(
    sheets[0]?.rows.map(([first]) => first),
    ['Name', 'RNPEB7829', 'RNPE35736', 'RNP00257373D660', 'RNP0025735AS21B'],
  );
  assert.deepEqual(faults, []);
  await page.close();
});
