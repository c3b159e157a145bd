/** Builds the two browser apps: `node packages/web/build.ts OUT` → `OUT/box` and `OUT/central`, and prints their sizes. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AppName, buildApp } from './src/build/app.ts';
import { sizeLines } from './src/build/sizes.ts';

const out = resolve(process.argv[2] ?? join(import.meta.dirname, 'dist'));
const apps: readonly AppName[] = ['box', 'central'];

mkdirSync(out, { recursive: true });
for (const app of apps) {
  // An app whose entry is not written yet is left out, so that the other one can be built.
  if (!existsSync(join(import.meta.dirname, 'src', app, 'main.tsx'))) continue;
  const built = await buildApp(app, join(out, app));
  process.stdout.write(`${sizeLines(app, built).join('\n')}\n`);
}
