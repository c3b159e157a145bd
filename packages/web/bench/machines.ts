/**
 * How fast the Machines page is in Chromium, on a mock box: until 250 machines can be used, and with 10,000 a keystroke in
 * the search, scrolling, and a stream of changes. `node packages/web/bench/machines.ts [--rounds 3]` prints a line for each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildApp } from '../src/build/app.ts';
import { openBrowser } from '../test/chromium.ts';
import { startMockBox } from '../test/mock/mock-box.ts';
import { manyDevices } from '../test/mock/seed-devices.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1' } } });
const ROUNDS = Number(values.rounds);
const FEW = 250;
const MANY = 10_000;
const SEARCHES = ['kyocera', 'etage 2', 'RNP', '192.168', 'toner', 'q66', 'besancon', 'x'];
const SCROLL_FRAMES = 150;
const CHANGES = 400;

const root = mkdtempSync(join(tmpdir(), 'rsb-bench-'));
await buildApp('box', root);
const now = Date.now();

function line(name: string, figures: readonly number[], bar: number): void {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const over = sorted.filter((each) => each > bar).length;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  process.stdout.write(
    `${name.padEnd(52)} median ${ms(at(0.5)).padStart(7)}  p95 ${ms(at(0.95)).padStart(7)}  worst ${ms(at(1)).padStart(7)}  over ${bar} ms: ${over} of ${sorted.length}\n`,
  );
}

async function opened(count: number) {
  const box = await startMockBox({ root, devices: manyDevices(count, now) });
  const browser = await openBrowser({ width: 1440, height: 900 });
  const page = await browser.context.newPage();
  const close = async () => {
    await browser.close();
    await box.close();
  };
  return { box, page, close };
}

/** Milliseconds from the start of the navigation until rows stand there and the page is free to answer. */
async function interactive(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector('[data-id]') === null) requestAnimationFrame(look);
          // A task after the frame runs only once the page has nothing more urgent to do.
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        };
        look();
      }),
  );
}

/** From the key to the frame that shows what it leaves, one key after the other. */
async function keystrokes(page: Page): Promise<readonly number[]> {
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('input[type=search]');
    const figures: number[] = [];
    Object.assign(window, { figures });
    input?.addEventListener(
      'input',
      () => {
        const began = performance.now();
        requestAnimationFrame(() => setTimeout(() => figures.push(performance.now() - began)));
      },
      { capture: true },
    );
    input?.focus();
  });
  let keys = 0;
  for (const search of SEARCHES) {
    for (const key of [...search, ...Array.from(search, () => 'Backspace')]) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      keys += 1;
      await page.waitForFunction((count) => (window as unknown as { figures: number[] }).figures.length >= count, keys);
    }
  }
  return page.evaluate(() => (window as unknown as { figures: number[] }).figures);
}

/** Lengths of the frames while the list is scrolled by a wheel's steps, then by the scrollbar's leaps. */
async function scrolled(page: Page, leap: number): Promise<readonly number[]> {
  return page.evaluate(
    ([frames, step]) =>
      new Promise<number[]>((resolve) => {
        const list = document.querySelector('.table-scroll');
        const figures: number[] = [];
        let before = 0;
        const frame = (at: number) => {
          if (before > 0) figures.push(at - before);
          before = at;
          if (figures.length >= (frames ?? 0)) resolve(figures);
          else {
            list?.scrollBy(0, step ?? 0);
            requestAnimationFrame(frame);
          }
        };
        if (list) list.scrollTop = 0;
        requestAnimationFrame(frame);
      }),
    [SCROLL_FRAMES, leap] as const,
  );
}

for (let round = 0; round < ROUNDS; round += 1) {
  const few = await opened(FEW);
  await interactive(few.page, few.box.url);
  const times: number[] = [];
  for (let count = 0; count < 5; count += 1) times.push(await interactive(few.page, few.box.url));
  line(`${FEW} machines, until they can be used`, times, 1000);
  await few.close();

  const many = await opened(MANY);
  const { page, box } = many;
  line(`${MANY} machines, until they can be used`, [await interactive(page, box.url)], 3000);
  await page.locator('.pager select, .foot select').first().selectOption({ index: 4 });
  await page.waitForFunction(() => document.querySelector('.table')?.getAttribute('aria-rowcount') === '10001');
  line('keystroke in the search to paint', await keystrokes(page), 100);
  line('scrolling by a wheel, a frame', await scrolled(page, 120), 50);
  line('scrolling by half a screen a frame', await scrolled(page, 450), 50);
  const list = [...box.devices.values()];
  const frames = scrolled(page, 120);
  for (let at = 0; at < CHANGES; at += 1) {
    const device = list[(at * 37) % list.length];
    if (device) box.put({ ...device, lastSeen: new Date(now + at).toISOString() });
    if (at % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  line(`scrolling while ${CHANGES} machines change in 2 s, a frame`, await frames, 50);
  await many.close();
}
rmSync(root, { recursive: true, force: true });
