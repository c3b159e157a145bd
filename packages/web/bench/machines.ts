/**
 * How fast the Machines page is in Chromium, on a mock box: until 250 machines can be used, and with 10,000 a keystroke in
 * the search, scrolling, and a stream of changes. `node packages/web/bench/machines.ts [--rounds 3] [--parts]` prints, for
 * each, the time by the clock on the wall and what the page took of the processor; `--parts` names the kinds of work.
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
import { report } from './machines/report.ts';
import { type Recorded, recorded, STEP } from './machines/trace.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1' }, parts: { type: 'boolean', default: false } },
});
const ROUNDS = Number(values.rounds);
const FEW = 250;
const MANY = 10_000;
const LOADS = 5;
const SEARCHES = ['kyocera', 'etage 2', 'RNP', '192.168', 'toner', 'q66', 'besancon', 'x'];
const SCROLL_FRAMES = 150;
const CHANGES = 400;

const root = mkdtempSync(join(tmpdir(), 'rsb-bench-'));
await buildApp('box', root);
const now = Date.now();

interface Figures {
  readonly wall: readonly number[];
  readonly recorded: Recorded;
}

async function traced(page: Page, run: () => Promise<readonly number[]>): Promise<Figures> {
  let wall: readonly number[] = [];
  const steps = await recorded(page, async () => {
    wall = await run();
  });
  return { wall, recorded: steps };
}

const line = (name: string, figures: Figures, bar: number): void =>
  report({ name, ...figures, bar, parts: values.parts });

async function opened(count: number) {
  const box = await startMockBox({ root, devices: manyDevices(count, now) });
  const browser = await openBrowser({ width: 1440, height: 900 });
  const page = await browser.context.newPage();
  await page.addInitScript((step) => performance.mark(step), STEP);
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

const loads = (page: Page, url: string, times: number): Promise<Figures> =>
  traced(page, async () => {
    const figures: number[] = [];
    for (let count = 0; count < times; count += 1) figures.push(await interactive(page, url));
    return figures;
  });

/** From the key to the frame that shows what it leaves, one key after the other. */
async function keystrokes(page: Page): Promise<readonly number[]> {
  await page.evaluate((step) => {
    const input = document.querySelector<HTMLInputElement>('input[type=search]');
    const figures: number[] = [];
    Object.assign(window, { figures });
    input?.addEventListener(
      'input',
      () => {
        performance.mark(step);
        const began = performance.now();
        requestAnimationFrame(() => setTimeout(() => figures.push(performance.now() - began)));
      },
      { capture: true },
    );
    input?.focus();
  }, STEP);
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
    ([frames, distance, step]) =>
      new Promise<number[]>((resolve) => {
        const list = document.querySelector('.table-scroll');
        const figures: number[] = [];
        let before = 0;
        const frame = (at: number) => {
          if (before > 0) figures.push(at - before);
          before = at;
          if (figures.length >= frames) resolve(figures);
          else {
            performance.mark(step);
            list?.scrollBy(0, distance);
            requestAnimationFrame(frame);
          }
        };
        if (list) list.scrollTop = 0;
        requestAnimationFrame(frame);
      }),
    [SCROLL_FRAMES, leap, STEP] as const,
  );
}

for (let round = 0; round < ROUNDS; round += 1) {
  const few = await opened(FEW);
  await interactive(few.page, few.box.url);
  line(`${FEW} machines, until they can be used`, await loads(few.page, few.box.url, LOADS), 1000);
  await few.close();

  const many = await opened(MANY);
  const { page, box } = many;
  line(`${MANY} machines, until they can be used`, await loads(page, box.url, 1), 3000);
  await page.locator('.pager select, .foot select').first().selectOption({ index: 4 });
  await page.locator(`[aria-rowcount="${MANY + 1}"]`).waitFor();
  line('keystroke in the search to paint', await traced(page, () => keystrokes(page)), 100);
  line('scrolling by a wheel, a frame', await traced(page, () => scrolled(page, 120)), 50);
  line('scrolling by half a screen a frame', await traced(page, () => scrolled(page, 450)), 50);
  const list = [...box.devices.values()];
  const whileChanging = await traced(page, async () => {
    const frames = scrolled(page, 120);
    for (let at = 0; at < CHANGES; at += 1) {
      const device = list[(at * 37) % list.length];
      if (device) box.put({ ...device, lastSeen: new Date(now + at).toISOString() });
      if (at % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return frames;
  });
  line(`scrolling while ${CHANGES} machines change in 2 s, a frame`, whileChanging, 50);
  await many.close();
}
rmSync(root, { recursive: true, force: true });
