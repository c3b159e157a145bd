/** The built Device Manager on a mock box, opened in Chromium as on the LAN; every fault of the page is kept. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { type BrowserOptions, launchChromium, whyNoChromium } from '../chromium.ts';
import { type MockBox, type MockOptions, startMockBox } from './mock-box.ts';

const BUILT = join(import.meta.dirname, '../../dist/box');
const missing = whyNoChromium();
/** Skips where Chromium is not installed, and fails instead where everything is required. */
export const skip = missing !== null && process.env['RSB_REQUIRE_ALL'] !== '1' ? missing : false;

export interface Stage {
  /** Opens a page on a new box; `http://box.test` is no secure context, like an address on the LAN. */
  open(
    options: Omit<MockOptions, 'root'> & { readonly path?: string; readonly browser?: BrowserOptions },
  ): Promise<Opened>;
  close(): Promise<void>;
}

export interface Opened {
  readonly page: Page;
  readonly box: MockBox;
  /** Exceptions, refusals of the content security policy, requests to another host. */
  readonly faults: readonly string[];
  readonly url: string;
}

export async function stage(): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'rsb-stage-'));
  const readers = new Map<string, Promise<BrowserContext>>();
  const boxes: MockBox[] = [];
  // Built once for all files of a run. Copied: a build that another command makes meanwhile takes the old files away.
  if (!skip) {
    assert.ok(existsSync(join(BUILT, 'index.html')), 'npm run build makes the pages');
    cpSync(BUILT, root, { recursive: true });
  }
  const chromium = skip ? undefined : await launchChromium();
  return {
    open: async ({ path = '/', browser = {}, ...options }) => {
      if (!chromium) throw new Error(String(skip));
      const box = await startMockBox({ ...options, root });
      boxes.push(box);
      const key = JSON.stringify(browser);
      const reader = readers.get(key) ?? chromium.open(browser);
      readers.set(key, reader);
      const page = await (await reader).newPage();
      const faults: string[] = [];
      const url = box.url.replace('127.0.0.1', 'box.test');
      page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
      page.on('console', (message) => {
        // A refusal of the box is an answer, which the page words; the browser counts it as an error.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          faults.push(message.text());
      });
      page.on('request', (request) => {
        const to = new URL(request.url());
        if (to.protocol !== 'data:' && to.origin !== url) faults.push(`request to another host: ${request.url()}`);
      });
      await page.goto(`${url}${path}`);
      await page.waitForSelector('#content');
      return { page, box, faults, url };
    },
    close: async () => {
      await chromium?.close();
      await Promise.all(boxes.map((box) => box.close()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
