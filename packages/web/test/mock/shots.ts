/** Takes pictures of a running page: `node packages/web/test/mock/shots.ts URL FOLDER NAME:WIDTHxHEIGHT:light|dark:en|fr|de…`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../chromium.ts';

const [url = '', folder = '.', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const shot of wanted) {
  const [name = 'page', size = '1440x804', theme = 'light', locale = 'en', path = '/'] = shot.split(':');
  const [width = 1440, height = 804] = size.split('x').map(Number);
  const browser = await openBrowser({
    width,
    height,
    dark: theme === 'dark',
    locale,
    scale: width < 720 ? 2 : 1,
    touch: width < 720,
  });
  const page = await browser.context.newPage();
  page.on('console', (message) => process.stdout.write(`${name}: ${message.type()} ${message.text()}\n`));
  page.on('pageerror', (error) => process.stdout.write(`${name}: ${error.message}\n`));
  await page.goto(`${url}${path}`);
  await page.waitForSelector('#content');
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await browser.close();
}
