/** The first start from the code to "11 of 13 arrived", whatever the language: what stands at each step is looked at. */
import type { Page } from 'playwright-core';
import { ENROLMENT_CODE, type MockBox, SETUP_CODE } from './mock-box.ts';

export const STEPS = ['password', 'line', 'central', 'enrolled', 'networks', 'ready', 'scan', 'arrived'] as const;
export type StepName = (typeof STEPS)[number];

export async function walkFirstStart(page: Page, box: MockBox, look: (step: StepName) => Promise<void>): Promise<void> {
  const main = page.locator('.step-main');
  const onward = page.locator('.step-foot button').last();
  await main.locator('input').first().fill(SETUP_CODE);
  await main.locator('input[type=password]').fill('a sentence that is long');
  await look('password');
  await onward.click();
  await page.locator('.line-findings li').nth(5).waitFor();
  await page.locator('.line-findings .icon-turning').waitFor({ state: 'detached' });
  await look('line');
  await onward.click();
  await main.locator('input').last().waitFor();
  await main.locator('input').first().fill('https://central.example');
  await main.locator('input').last().fill(ENROLMENT_CODE);
  await look('central');
  await main.locator('button[type=submit]').click();
  await main.locator('.arrived').waitFor();
  await look('enrolled');
  await onward.click();
  await page.locator('.choices label').first().click();
  await look('networks');
  await onward.click();
  await page.locator('.found-list').first().waitFor();
  await look('ready');
  await onward.click();
  await page.getByRole('progressbar').waitFor();
  box.step(400);
  await page.locator('[role=progressbar]').first().waitFor();
  await look('scan');
  box.step(400);
  await page.locator('.arrived').waitFor();
  await look('arrived');
}
