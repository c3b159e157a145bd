import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type BuiltFile, buildApp } from '../src/build/app.ts';
import { usedKeys } from '../src/build/languages.ts';
import { firstLoad } from '../src/build/sizes.ts';
import { ICONS } from '../src/look/icons.ts';

const folder = mkdtempSync(join(tmpdir(), 'rsb-web-'));
let files: readonly BuiltFile[] = [];
const text = (name: RegExp) => {
  const found = files.filter((file) => name.test(file.name));
  assert.equal(found.length, 1, `one file like ${name}`);
  return Buffer.from(found[0]?.bytes ?? []).toString();
};

before(async () => {
  files = await buildApp('box', folder);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the first load of Machines stays below 70 kB of script and style', () => {
  assert.ok(firstLoad(files) <= 70_000, `${firstLoad(files)} bytes`);
});

test('all styles together, the icons and the font keep their budgets', () => {
  const size = (name: RegExp) =>
    files
      .filter((file) => name.test(file.name))
      .reduce((sum, file) => sum + gzipSync(file.bytes, { level: 9 }).length, 0);
  assert.ok(size(/app-[^/]+\.css$/) <= 8_000, `styles of the first page ${size(/app-[^/]+\.css$/)}`);
  assert.ok(size(/\.css$/) <= 14_000, `styles ${size(/\.css$/)}`);
  assert.ok(size(/icons-/) <= 4_000, `icons ${size(/icons-/)}`);
  const font = files.find((file) => file.name.endsWith('.woff2'));
  assert.ok(font && font.bytes.length <= 25_000, `font ${font?.bytes.length}`);
});

test('the same sources make the same bytes', async () => {
  const again = mkdtempSync(join(tmpdir(), 'rsb-web-'));
  const second = await buildApp('box', again);
  rmSync(again, { recursive: true, force: true });
  assert.deepEqual(
    second.map((file) => file.name),
    files.map((file) => file.name),
  );
  for (const [at, file] of files.entries())
    assert.ok(Buffer.from(file.bytes).equals(second[at]?.bytes ?? Buffer.alloc(0)), file.name);
});

test('the page is served without inline script or style, and names files that exist', () => {
  const page = text(/index\.html$/);
  assert.doesNotMatch(page, /<style|style=|<script>|onclick|javascript:/);
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(named.length >= 5);
  for (const name of named)
    assert.ok(
      files.some((file) => file.name === name),
      name,
    );
});

/** Names of XML dialects that stand in pages and workbooks, and examples of addresses: none is ever asked. */
const NAMES =
  /^https?:\/\/(www\.w3\.org|schemas\.microsoft\.com|schemas\.openxmlformats\.org|purl\.org|www\.wps\.cn|central\.example|proxy\.example)\.?$/;

test('nothing is asked of another host', () => {
  for (const file of files.filter(({ name }) => /\.(js|css|html)$/.test(name))) {
    const urls =
      Buffer.from(file.bytes)
        .toString()
        .match(/https?:\/\/[a-z0-9.-]+/g) ?? [];
    const foreign = urls.filter((url) => !NAMES.test(url));
    assert.deepEqual(foreign, [], file.name);
  }
});

test('the sprite holds exactly the listed icons, and the sources use no other', () => {
  const symbols = [...text(/icons-/).matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(symbols, [...ICONS]);
});

test('each language has a chunk for the first page and one for the rest, with every message that is named', () => {
  const { first, rest } = usedKeys({
    app: 'box',
    others: ['central'],
    later: ['enrolment', 'export', 'first-start', 'health', 'machine', 'settings', 'sign-in', 'what-left'],
  });
  assert.ok(first.size > 100 && rest.size > 100);
  for (const locale of ['en', 'fr', 'de']) {
    const chunks = files.filter((file) => new RegExp(`assets/${locale}-[^/]+\\.js$`).test(file.name));
    assert.equal(chunks.length, 2, locale);
    const exported = chunks.flatMap((chunk) => {
      const list = /export\s*\{([^}]*)\}\s*;?\s*$/.exec(Buffer.from(chunk.bytes).toString())?.[1] ?? '';
      return list.split(',').map((entry) =>
        entry
          .replace(/^.* as /, '')
          .replaceAll('"', '')
          .trim(),
      );
    });
    const missing = [...first, ...rest].filter((key) => !exported.includes(key));
    assert.deepEqual(missing, [], locale);
    assert.ok(exported.includes('error_rangeInvalid'), 'errors are looked up by their code');
  }
});

test('the licences of what is bundled lie beside it', () => {
  const licences = text(/licences\.txt$/);
  for (const name of ['preact 11', '@tanstack/virtual-core', 'lucide-static', 'inter-ui'])
    assert.ok(licences.includes(name), name);
  assert.ok(readFileSync(join(folder, 'assets/inter-OFL.txt'), 'utf8').includes('SIL OPEN FONT LICENSE'));
});
