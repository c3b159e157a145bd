/** Debian's Chromium through playwright-core: no background networking, names lead to loopback only, a fresh profile. */
import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';

/** Why browser tests cannot run here; null where they can. */
export function whyNoChromium(): string | null {
  return existsSync(CHROMIUM) ? null : `${CHROMIUM} is not installed (Debian package chromium)`;
}

export interface BrowserOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  readonly locale?: string;
  readonly dark?: boolean;
  readonly touch?: boolean;
  readonly reducedMotion?: boolean;
}

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** One Chromium for many readers, each with windows, cookies and storage of its own. */
export interface Chromium {
  open(options?: BrowserOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

export async function launchChromium(): Promise<Chromium> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * 127.0.0.1',
    ],
  });
  return {
    open: (options = {}) =>
      browser.newContext({
        viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
        deviceScaleFactor: options.scale ?? 1,
        locale: options.locale ?? 'en-GB',
        colorScheme: options.dark ? 'dark' : 'light',
        hasTouch: options.touch ?? false,
        reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      }),
    close: () => browser.close(),
  };
}

/** One window with a profile of its own. `http://box.test:PORT` leads to 127.0.0.1, as strict as an address on the LAN. */
export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const { open, close } = await launchChromium();
  return { context: await open(options), close };
}
