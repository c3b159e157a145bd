/** The whole first start in each language, light and dark, wide and narrow: sound at every step, to the last word. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { STEPS, type StepName, walkFirstStart } from './mock/first-start-walk.ts';
import { type Stage, skip, stage } from './mock/opened-page.ts';

let scene: Stage;
before(async () => {
  scene = await stage();
});
after(() => scene.close());

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const desk = { width: 1440, height: 900, reducedMotion: true };
const phone = { width: 390, height: 844, touch: true, reducedMotion: true };
const READERS = [
  { name: 'English, light, 1440', browser: { ...desk, locale: 'en-GB' } },
  { name: 'French, dark, phone', browser: { ...phone, locale: 'fr-FR', dark: true } },
  { name: 'German, light, phone', browser: { ...phone, locale: 'de-DE' } },
] as const;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Nothing serious by axe, nothing wider than the page, and everything in the page's own language. */
async function look(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      readonly axe: { run(on: Document, how: object): Promise<{ readonly violations: readonly Violation[] }> };
    };
    const { violations } = await axe.run(document, { resultTypes: ['violations'], selectors: false });
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`),
      ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px wider than the page`] : []),
    ];
  });
}

for (const { name, browser } of READERS) {
  test(`every step is sound: ${name}`, { skip }, async () => {
    const { page, box, faults } = await scene.open({ as: 'setup', path: '/start', browser });
    const seen: StepName[] = [];
    await walkFirstStart(page, box, async (step) => {
      seen.push(step);
      assert.deepEqual(await look(page), [], step);
      // What each hour costs is said once the machines are counted, and not guessed before.
      const hourly = page.getByText(/12\s?kB/);
      if (step === 'arrived') await hourly.waitFor();
      else assert.equal(await hourly.count(), 0, step);
    });
    assert.deepEqual(seen, STEPS);
    assert.equal(box.settings().ranges.length, 1);
    assert.deepEqual(faults, []);
    await page.close();
  });
}
